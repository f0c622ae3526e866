//! Finds and reads the files that hold the input.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::document::{Document, Syntax, documents};
use super::exclude::Exclude;
use super::kustomization::{is_kustomization, parts_of};
use crate::input::error::{InputError, Problem};
use crate::input::location::Location;
use crate::place::Place;

/// The extensions of the files that are read in a folder.
const EXTENSIONS: [&str; 3] = ["json", "yaml", "yml"];

/// Reads files, folders and, once, standard input.
pub(crate) struct Reader<'a> {
    standard_input: Option<&'a mut dyn Read>,
    exclude: Exclude,
}

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) origin: Origin,
}

/// Why a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The user named it.
    Named,
    /// It stands in a folder that the user named.
    Found,
}

/// What is not judged, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Skipped {
    /// A document that is no Kubernetes object.
    NoObject,
    /// A template in the chart in this folder.
    ChartTemplate(PathBuf),
    /// A file of the kustomization in this folder: itself, or a patch of it.
    Kustomization(PathBuf),
    /// A template of some other kind.
    Template(PathBuf),
}

/// A file or a stream, with its documents, or the reason not to judge it.
pub(crate) struct Source {
    pub(crate) origin: Origin,
    pub(crate) content: Result<Vec<Result<Document, InputError>>, Skipped>,
}

/// The input that a location names.
pub(crate) enum Found {
    StandardInput,
    Files(Vec<Result<File, InputError>>),
}

impl<'a> Reader<'a> {
    pub(crate) fn new(standard_input: &'a mut dyn Read, exclude: Exclude) -> Self {
        Self {
            standard_input: Some(standard_input),
            exclude,
        }
    }

    /// Finds the files of a location, in the order of their names.
    pub(crate) fn find(&self, location: &Location) -> Found {
        match location {
            Location::StandardInput => Found::StandardInput,
            Location::Path(path) if path.is_dir() => {
                let mut files = Vec::new();
                self.collect(path, path, &mut files);
                Found::Files(files)
            }
            Location::Path(path) => Found::Files(vec![Ok(File {
                path: path.clone(),
                origin: Origin::Named,
            })]),
        }
    }

    /// Reads every document of a location.
    pub(crate) fn read(&mut self, location: &Location) -> Vec<Result<Document, InputError>> {
        match self.find(location) {
            Found::StandardInput => self.read_standard_input(),
            Found::Files(files) => files
                .into_iter()
                .flat_map(|file| match file {
                    Ok(file) => read_file(&file.path),
                    Err(error) => vec![Err(error)],
                })
                .collect(),
        }
    }

    pub(crate) fn read_standard_input(&mut self) -> Vec<Result<Document, InputError>> {
        const NAME: &str = "standard input";
        let refuse = |problem| vec![Err(InputError::new(Place::new(NAME), problem))];
        let Some(standard_input) = self.standard_input.take() else {
            return refuse(Problem::InputTaken);
        };
        let mut bytes = Vec::new();
        match standard_input.read_to_end(&mut bytes) {
            Ok(_) => documents(NAME, &bytes, Syntax::Any),
            Err(error) => refuse(Problem::Unreadable(error)),
        }
    }

    fn collect(&self, root: &Path, folder: &Path, files: &mut Vec<Result<File, InputError>>) {
        let entries = match entries(folder) {
            Ok(entries) => entries,
            Err(error) => return files.push(Err(unreadable(folder, error))),
        };
        for (path, is_folder) in entries {
            let is_git = path.file_name() == Some(OsStr::new(".git"));
            if is_git || self.exclude.matches(root, &path) {
                continue;
            }
            if is_folder {
                self.collect(root, &path, files);
            } else if extension(&path).is_some_and(|extension| EXTENSIONS.contains(&extension)) {
                let origin = Origin::Found;
                files.push(Ok(File { path, origin }));
            }
        }
    }
}

/// The files that kustomizations use among some files: their own, and their patches.
pub(crate) struct Parts(BTreeSet<PathBuf>);

impl Parts {
    pub(crate) fn of(files: &[Result<File, InputError>]) -> Self {
        let files = files.iter().flatten().map(|file| &file.path);
        let kustomizations = files.filter(|path| is_kustomization(path));
        Self(kustomizations.flat_map(|path| parts_of(path)).collect())
    }

    /// Reads a file, unless it was found and is a part of something that has to be rendered.
    pub(crate) fn source(&self, file: &File) -> Source {
        let skipped = match file.origin {
            Origin::Named => None,
            Origin::Found => self.skipped(&file.path),
        };
        Source {
            origin: file.origin,
            content: match skipped {
                Some(skipped) => Err(skipped),
                None => Ok(read_file(&file.path)),
            },
        }
    }

    fn skipped(&self, path: &Path) -> Option<Skipped> {
        if let Some(chart) = chart_of_template(path) {
            let chart = chart.strip_prefix(".").unwrap_or(chart);
            return Some(Skipped::ChartTemplate(chart.to_owned()));
        }
        let folder = path.parent().unwrap_or(path);
        let folder = folder.strip_prefix(".").unwrap_or(folder);
        let is_part = is_kustomization(path) || self.0.contains(path);
        is_part.then(|| Skipped::Kustomization(folder.to_owned()))
    }
}

/// The folder of the chart that a file is a template of.
fn chart_of_template(path: &Path) -> Option<&Path> {
    let folders = path.ancestors().skip(1);
    let mut templates =
        folders.filter(|folder| folder.file_name() == Some(OsStr::new("templates")));
    templates.find_map(|folder| {
        let chart = folder.parent()?;
        chart.join("Chart.yaml").is_file().then_some(chart)
    })
}

pub(crate) fn read_file(path: &Path) -> Vec<Result<Document, InputError>> {
    let syntax = if extension(path) == Some("json") {
        Syntax::Json
    } else {
        Syntax::Any
    };
    match fs::read(path) {
        Ok(bytes) => documents(&display(path), &bytes, syntax),
        Err(error) => vec![Err(unreadable(path, error))],
    }
}

/// A path as it is written in reports: without a leading `./`.
fn display(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    path.to_string_lossy().into_owned()
}

/// The entries of a folder, by name, and whether each is a folder. Symbolic links to folders
/// are not followed, since they could form a circle; those to files are read.
fn entries(folder: &Path) -> io::Result<Vec<(PathBuf, bool)>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let file_type = entry.file_type()?;
        let is_linked_folder = file_type.is_symlink() && path.is_dir();
        if !is_linked_folder {
            entries.push((path, file_type.is_dir()));
        }
    }
    entries.sort();
    Ok(entries)
}

fn extension(path: &Path) -> Option<&str> {
    path.extension().and_then(OsStr::to_str)
}

fn unreadable(path: &Path, error: io::Error) -> InputError {
    InputError::new(Place::new(&display(path)), Problem::Unreadable(error))
}
