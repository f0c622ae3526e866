//! The file `.mutable-tags.yaml` of a repository, with the defaults of its checks.

use std::env;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use super::PolicyArguments;
use crate::input::document::{Document, Syntax, documents};
use crate::input::error::{InputError, Problem};
use crate::input::exclude::Exclude;
use crate::place::Place;

const NAME: &str = ".mutable-tags.yaml";

/// The content of the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Content {
    /// The path of a policy's manifest, from the folder of the file.
    policy: Option<PathBuf>,
    settings: Option<Value>,
    #[serde(default)]
    exclude: Vec<String>,
}

/// The defaults of a repository; none without the file.
#[derive(Debug, Default)]
pub(crate) struct Defaults {
    /// The folder of the file.
    folder: Option<PathBuf>,
    content: Content,
}

impl Defaults {
    /// Reads the file in the current folder, or in the nearest folder around it up to the root of
    /// the repository.
    pub(crate) fn find() -> Result<Self, InputError> {
        let current = env::current_dir().unwrap_or_default();
        Ok(match folder_with_file(&current) {
            None => Self::default(),
            Some(folder) => Self {
                content: read(&folder.join(NAME))?,
                folder: Some(folder),
            },
        })
    }

    /// The arguments, or where none is given, those of the file.
    pub(crate) fn complete(&self, arguments: &PolicyArguments) -> PolicyArguments {
        if !arguments.is_empty() {
            return arguments.clone();
        }
        let folder = self.folder.as_deref().unwrap_or(Path::new(""));
        let content = &self.content;
        PolicyArguments {
            policy: content.policy.as_ref().map(|path| folder.join(path)),
            settings_path: None,
            settings_json: content.settings.as_ref().map(Value::to_string),
        }
    }

    /// The files that a check leaves out: those of the command line, and those of the file.
    pub(crate) fn exclude(self, globs: &[String]) -> Result<Exclude, InputError> {
        let globs = [globs, &self.content.exclude].concat();
        let exclude = Exclude::new(&globs, self.folder);
        exclude.map_err(|problem| InputError::new(Place::new("--exclude"), Problem::Glob(problem)))
    }
}

/// The nearest folder with the file, up to one with a `.git`.
fn folder_with_file(current: &Path) -> Option<PathBuf> {
    for folder in current.ancestors() {
        if folder.join(NAME).is_file() {
            return folder.canonicalize().ok();
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}

fn read(path: &Path) -> Result<Content, InputError> {
    let place = Place::new(&path.to_string_lossy());
    let refuse = |problem| InputError::new(place.clone(), problem);
    let bytes = std::fs::read(path).map_err(|error| refuse(Problem::Unreadable(error)))?;
    let mut found = documents(&path.to_string_lossy(), &bytes, Syntax::Any);
    let value = match (found.pop(), found.len()) {
        (None, _) => return Ok(Content::default()),
        (Some(document), 0) => document.map(|Document { value, .. }| value)?,
        (Some(_), others) => {
            return Err(refuse(Problem::DocumentCount {
                expected: "policy, settings and exclude",
                found: others + 1,
            }));
        }
    };
    let content: Content = serde_json::from_value(value)
        .map_err(|error| refuse(Problem::Configuration(error.to_string())))?;
    if content.policy.is_some() && content.settings.is_some() {
        let problem = "has both policy and settings: leave one of them out".to_owned();
        return Err(refuse(Problem::Configuration(problem)));
    }
    Ok(content)
}
