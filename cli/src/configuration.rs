//! The file `.mutable-tags.yaml` of a repository, with the defaults of its checks.

use std::env;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::arguments::CheckArguments;
use crate::error::{InputError, Problem};
use crate::input::document::{Document, Syntax, documents};
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

/// The arguments of a check, with the defaults of the repository.
pub(crate) struct Configuration {
    pub(crate) arguments: CheckArguments,
    /// The folder of the file.
    pub(crate) folder: Option<PathBuf>,
}

impl Configuration {
    /// Reads the file in the current folder, or in the nearest folder around it up to the root of
    /// the repository. What the command line says counts before it.
    pub(crate) fn find(arguments: &CheckArguments) -> Result<Self, InputError> {
        let current = env::current_dir().unwrap_or_default();
        Self::find_from(&current, arguments)
    }

    fn find_from(current: &Path, arguments: &CheckArguments) -> Result<Self, InputError> {
        let mut arguments = arguments.clone();
        let Some(folder) = folder_with_file(current) else {
            let folder = None;
            return Ok(Self { arguments, folder });
        };
        let content = read(&folder.join(NAME))?;
        let has_settings = arguments.policy.is_some()
            || arguments.settings_path.is_some()
            || arguments.settings_json.is_some();
        if !has_settings {
            arguments.policy = content.policy.map(|path| folder.join(path));
            arguments.settings_json = content.settings.map(|settings| settings.to_string());
        }
        arguments.exclude.extend(content.exclude);
        let folder = Some(folder);
        Ok(Self { arguments, folder })
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
