//! Finds and reads the files that hold the input.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::document::{Document, Syntax, documents};
use super::exclude::{Entry, Exclude};
use super::kustomization::{is_kustomization, kustomizations_in, normalised, parts_of};
use crate::input::error::{InputError, Problem};
use crate::input::location::Location;
use crate::place::{Place, STANDARD_INPUT};

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

/// The reason to read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The user named the file.
    Named,
    /// The user named a folder in which the file was found.
    Found,
}

/// The reason not to judge a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SkipReason {
    /// The document is not a Kubernetes object.
    NoObject,
    /// The document cannot be read, and does not look like a Kubernetes object.
    Broken,
    /// The file is a template of the chart in this folder.
    ChartTemplate(PathBuf),
    /// The file is the kustomization in this folder, or a patch of it.
    Kustomization(PathBuf),
    /// The document is a template of some other kind.
    Template,
}

/// A document that was read, an error, or the reason to skip a document.
pub(crate) enum ReadResult {
    Document(Document),
    Error(InputError),
    Skipped(SkipReason, Place),
}

impl ReadResult {
    fn of(origin: Origin, document: Result<Document, InputError>) -> Self {
        let is_found = origin == Origin::Found;
        match document {
            Ok(document) if is_found && !document.is_meant_as_object() => {
                Self::Skipped(SkipReason::NoObject, document.place)
            }
            Ok(document) => Self::Document(document),
            Err(error) if is_found && error.is_template() => {
                Self::Skipped(SkipReason::Template, error.place().clone())
            }
            Err(error) if is_found && !error.looks_like_an_object() => {
                Self::Skipped(SkipReason::Broken, error.place().clone())
            }
            Err(error) => Self::Error(error),
        }
    }
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

    /// The files and folders that are left out.
    pub(crate) fn exclude(&self) -> &Exclude {
        &self.exclude
    }

    /// Finds the files of a location, in the order of their names.
    pub(crate) fn find(&mut self, location: &Location) -> Found {
        match location {
            Location::StandardInput => Found::StandardInput,
            Location::Path(path) => Found::Files(files_of(path, &mut self.exclude)),
        }
    }

    /// Finds the files of a location that a hook names. A hook names every changed file; those that
    /// would not be read in a folder are left out.
    pub(crate) fn find_changed(&mut self, location: &Location) -> Found {
        match location {
            Location::Path(path) if !path.is_dir() => {
                let is_read = is_input(path) && !self.leaves_out(path);
                let file = File {
                    path: path.clone(),
                    origin: Origin::Found,
                };
                Found::Files(is_read.then_some(Ok(file)).into_iter().collect())
            }
            other => self.find(other),
        }
    }

    /// Whether a file, or a folder around it, is left out.
    fn leaves_out(&mut self, path: &Path) -> bool {
        let mut folders = path.ancestors().skip(1);
        folders.any(|folder| is_git(folder) || self.exclude.leaves_out(None, folder, Entry::Folder))
            || self.exclude.leaves_out(None, path, Entry::File)
    }

    /// Reads every document of a location, whatever the globs for manifests leave out. Those without
    /// an object are skipped in a folder.
    pub(crate) fn read(&mut self, location: &Location) -> Vec<Result<Document, InputError>> {
        let read: Vec<_> = match location {
            Location::StandardInput => self.read_standard_input(),
            Location::Path(path) => {
                let files = files_of(path, &mut self.exclude.without_globs());
                let reader = FileReader::of(&files);
                let read = files.into_iter().flat_map(|file| match file {
                    Ok(file) => reader.read(&file),
                    Err(error) => vec![ReadResult::Error(error)],
                });
                read.collect()
            }
        };
        let documents = read.into_iter().filter_map(|read| match read {
            ReadResult::Document(document) => Some(Ok(document)),
            ReadResult::Error(error) => Some(Err(error)),
            ReadResult::Skipped(..) => None,
        });
        documents.collect()
    }

    pub(crate) fn read_standard_input(&mut self) -> Vec<ReadResult> {
        let refuse = |problem| {
            let place = Place::new(STANDARD_INPUT);
            vec![ReadResult::Error(InputError::new(place, problem))]
        };
        let Some(standard_input) = self.standard_input.take() else {
            return refuse(Problem::InputTaken);
        };
        let mut bytes = Vec::new();
        match standard_input.read_to_end(&mut bytes) {
            Ok(_) => {
                let documents = documents(STANDARD_INPUT, &bytes, Syntax::Any).into_iter();
                let read = documents.map(|document| ReadResult::of(Origin::Named, document));
                read.collect()
            }
            Err(error) => refuse(Problem::Unreadable(error)),
        }
    }
}

/// The file that a path names, or the files in the folder, in the order of their names.
fn files_of(path: &Path, exclude: &mut Exclude) -> Vec<Result<File, InputError>> {
    if path.is_dir() {
        return files_below(path, path, exclude);
    }
    vec![Ok(File {
        path: path.to_owned(),
        origin: Origin::Named,
    })]
}

/// The files in a folder of `root`, and in the folders in it.
fn files_below(root: &Path, folder: &Path, exclude: &mut Exclude) -> Vec<Result<File, InputError>> {
    let entries = match entries(folder) {
        Ok(entries) => entries.into_iter(),
        Err(error) => return vec![Err(unreadable(folder, error))],
    };
    let files = entries.flat_map(|(path, entry)| {
        let is_read = match entry {
            Entry::Folder => !is_git(&path),
            Entry::File => is_input(&path),
        };
        if !is_read || exclude.leaves_out(Some(root), &path, entry) {
            return Vec::new();
        }
        match entry {
            Entry::Folder => files_below(root, &path, exclude),
            Entry::File => vec![Ok(File {
                path,
                origin: Origin::Found,
            })],
        }
    });
    files.collect()
}

/// Reads files, and skips those that must be rendered first.
pub(crate) struct FileReader {
    /// The files that kustomizations patch objects with, and the folder of the kustomization; both
    /// are absolute.
    patches: BTreeMap<PathBuf, PathBuf>,
}

impl FileReader {
    /// A reader for some files. It reads the kustomizations in all folders on the way to them.
    pub(crate) fn of(files: &[Result<File, InputError>]) -> Self {
        let files = files.iter().flatten();
        let files = files.filter(|file| file.origin == Origin::Found);
        let files = files.map(|file| absolute(&file.path));
        let folders: BTreeSet<_> = files
            .flat_map(|file| {
                file.ancestors()
                    .skip(1)
                    .map(Path::to_owned)
                    .collect::<Vec<_>>()
            })
            .collect();
        let kustomizations = folders.iter().flat_map(|folder| kustomizations_in(folder));
        let patches = kustomizations.flat_map(|path| {
            let parts = parts_of(&path).into_iter();
            let folder = path.parent().unwrap_or(&path).to_owned();
            parts.map(move |part| (part, folder.clone()))
        });
        Self {
            patches: patches.collect(),
        }
    }

    /// Reads a file. A file that the user named is not skipped.
    pub(crate) fn read(&self, file: &File) -> Vec<ReadResult> {
        let reason = match file.origin {
            Origin::Named => None,
            Origin::Found => self.skip_reason(&file.path),
        };
        if let Some(reason) = reason {
            return vec![ReadResult::Skipped(
                reason,
                Place::new(&display(&file.path)),
            )];
        }
        let documents = read_file(&file.path).into_iter();
        let read = documents.map(|document| ReadResult::of(file.origin, document));
        read.collect()
    }

    fn skip_reason(&self, path: &Path) -> Option<SkipReason> {
        let path = absolute(path);
        if let Some(chart) = chart_of_template(&path) {
            return Some(SkipReason::ChartTemplate(relative(chart)));
        }
        let kustomization = match is_kustomization(&path) {
            true => path.parent(),
            false => self.patches.get(&path).map(PathBuf::as_path),
        };
        kustomization.map(|folder| SkipReason::Kustomization(relative(folder)))
    }
}

/// An absolute path without `.` and `..`. Links are not followed.
fn absolute(path: &Path) -> PathBuf {
    normalised(&std::env::current_dir().unwrap_or_default().join(path))
}

/// A path as it is seen from the current folder, if it is below that.
fn relative(path: &Path) -> PathBuf {
    let current = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(current).unwrap_or(path).to_owned()
}

/// The folder of the chart that a file is a template of, by its absolute path: the current folder can
/// be inside of the chart.
fn chart_of_template(path: &Path) -> Option<&Path> {
    let folders = path.ancestors().skip(1);
    let mut templates =
        folders.filter(|folder| folder.file_name() == Some(OsStr::new("templates")));
    templates.find_map(|folder| {
        let chart = folder.parent()?;
        let is_chart = chart.join("Chart.yaml").is_file();
        is_chart.then_some(chart)
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

/// The files and folders in a folder, by name. Symbolic links to files are read. Links to folders are
/// not followed, since they could form a circle. Other entries are left out: a pipe could keep the
/// program waiting for ever.
fn entries(folder: &Path) -> io::Result<Vec<(PathBuf, Entry)>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let file_type = entry.file_type()?;
        let is_file = match fs::metadata(&path) {
            Ok(target) => target.is_file(),
            // A broken link is reported when the file is read.
            Err(_) => !file_type.is_dir(),
        };
        if file_type.is_dir() {
            entries.push((path, Entry::Folder));
        } else if is_file {
            entries.push((path, Entry::File));
        }
    }
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(entries)
}

fn is_git(path: &Path) -> bool {
    path.file_name() == Some(OsStr::new(".git"))
}

/// Whether a file in a folder is read.
fn is_input(path: &Path) -> bool {
    extension(path).is_some_and(|extension| EXTENSIONS.contains(&extension))
        || is_kustomization(path)
}

fn extension(path: &Path) -> Option<&str> {
    path.extension().and_then(OsStr::to_str)
}

fn unreadable(path: &Path, error: io::Error) -> InputError {
    InputError::new(Place::new(&display(path)), Problem::Unreadable(error))
}
