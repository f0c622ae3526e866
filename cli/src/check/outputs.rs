//! Finds the files that a check writes, and refuses to write over its inputs.

use std::path::{Path, PathBuf};

use super::CheckArguments;
use crate::input::document::Document;
use crate::input::error::{InputError, Problem};
use crate::input::location::{Location, absolute_path};
use crate::input::source::read_file;
use crate::place::Place;

/// The files that a check writes, by their absolute paths.
///
/// # Errors
///
/// A file, or standard output, that is written twice. A file that is read too, or that holds
/// Kubernetes objects: to write it would be a mistake that loses a manifest.
pub(super) fn output_files(arguments: &CheckArguments) -> Result<Vec<PathBuf>, InputError> {
    let outputs = arguments.output.iter();
    let on_standard_output = outputs.clone().filter(|output| output.file.is_none());
    if on_standard_output.count() > 1 {
        let place = Place::new("standard output");
        return Err(InputError::new(place, Problem::WrittenTwice));
    }
    let outputs = outputs.filter_map(|output| output.file.as_deref());
    let inputs: Vec<PathBuf> = inputs(arguments).filter_map(identity).collect();
    let mut files = Vec::new();
    for path in outputs.chain(arguments.record.as_deref()) {
        let place = Place::new(&path.to_string_lossy());
        let refuse = |problem| Err(InputError::new(place, problem));
        // An invalid path fails when it is opened. A device can be written more than once.
        let Some(file) = identity(path).filter(|file| !file.exists() || file.is_file()) else {
            continue;
        };
        if files.contains(&file) {
            return refuse(Problem::WrittenTwice);
        }
        if inputs.contains(&file) {
            return refuse(Problem::ReadToo);
        }
        if holds_objects(&file) {
            return refuse(Problem::HoldsObjects);
        }
        files.push(file);
    }
    Ok(files)
}

/// The files that the arguments name to be read.
fn inputs(arguments: &CheckArguments) -> impl Iterator<Item = &Path> {
    let CheckArguments {
        paths,
        context,
        old,
        policy,
        module,
        replay,
        ..
    } = arguments;
    let locations = paths
        .iter()
        .chain(context)
        .chain(old)
        .chain(&policy.policy)
        .chain(&policy.settings_path);
    let paths = module.iter().chain(replay).map(PathBuf::as_path);
    locations.filter_map(Location::as_path).chain(paths)
}

/// The absolute path of a file, which need not exist, with all links followed.
fn identity(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok().or_else(|| absolute_path(path))
}

fn holds_objects(path: &Path) -> bool {
    let is_object = Document::is_meant_as_object;
    path.exists() && read_file(path).iter().flatten().any(is_object)
}
