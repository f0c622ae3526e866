//! Finds and reads the files that hold the input.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::arguments::Location;
use super::document::{Document, Syntax, documents};
use super::error::{InputError, Problem};
use super::place::Place;

/// The extensions of the files that are read in a folder.
const EXTENSIONS: [&str; 3] = ["json", "yaml", "yml"];

/// Reads files, folders and, once, standard input.
pub(super) struct Reader<'a> {
    standard_input: Option<&'a mut dyn Read>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(standard_input: &'a mut dyn Read) -> Self {
        Self {
            standard_input: Some(standard_input),
        }
    }

    /// Reads every document of a location. The files of a folder, with those of its subfolders,
    /// are read in the order of their names.
    pub(super) fn read(&mut self, location: &Location) -> Vec<Result<Document, InputError>> {
        match location {
            Location::StandardInput => self.read_standard_input(),
            Location::Path(path) => files(path)
                .into_iter()
                .flat_map(|file| match file {
                    Ok(file) => read_file(&file),
                    Err(error) => vec![Err(error)],
                })
                .collect(),
        }
    }

    fn read_standard_input(&mut self) -> Vec<Result<Document, InputError>> {
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
}

pub(super) fn read_file(path: &Path) -> Vec<Result<Document, InputError>> {
    let syntax = if extension(path) == Some("json") {
        Syntax::Json
    } else {
        Syntax::Any
    };
    match fs::read(path) {
        Ok(bytes) => documents(&path.to_string_lossy(), &bytes, syntax),
        Err(error) => vec![Err(unreadable(path, error))],
    }
}

fn files(path: &Path) -> Vec<Result<PathBuf, InputError>> {
    if !path.is_dir() {
        return vec![Ok(path.to_path_buf())];
    }
    let mut files = Vec::new();
    collect(path, &mut files);
    files
}

fn collect(folder: &Path, files: &mut Vec<Result<PathBuf, InputError>>) {
    let entries = match entries(folder) {
        Ok(entries) => entries,
        Err(error) => return files.push(Err(unreadable(folder, error))),
    };
    for (path, is_folder) in entries {
        if is_folder {
            collect(&path, files);
        } else if extension(&path).is_some_and(|extension| EXTENSIONS.contains(&extension)) {
            files.push(Ok(path));
        }
    }
}

/// The entries of a folder, by name, and whether each is a folder. Symbolic links to folders
/// are not followed, since they could form a circle; those to files are read.
fn entries(folder: &Path) -> io::Result<Vec<(PathBuf, bool)>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        let path = entry.path();
        let file_type = entry.file_type()?;
        let is_linked_folder = file_type.is_symlink() && path.is_dir();
        if !is_hidden && !is_linked_folder {
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
    InputError::new(
        Place::new(&path.to_string_lossy()),
        Problem::Unreadable(error),
    )
}
