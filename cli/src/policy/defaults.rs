//! The file `.mutable-tags.yaml` of a repository, with the defaults of its checks.
//!
//! A change to the repository can change the file. So the file is ignored if the command line has
//! settings: a change must not be able to leave out its own manifests.

use std::env;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::PolicyArguments;
use super::remark::Remark;
use crate::input::document::{Syntax, documents};
use crate::input::error::{InputError, Problem};
use crate::input::exclude::{CONFIGURATION, Exclude};
use crate::input::repeated::RepeatedKey;
use crate::input::yaml::type_name;
use crate::place::Place;

/// A name that is easily mistaken for the name of the file.
const OTHER_NAME: &str = ".mutable-tags.yml";

/// The defaults of a repository; none without the file.
#[derive(Debug, Default)]
pub(crate) struct Defaults {
    file: Option<Configuration>,
    pub(crate) remarks: Vec<Remark>,
}

/// The content of the file, and where it stands.
#[derive(Debug)]
struct Configuration {
    place: Place,
    /// Its folder, as an absolute path.
    folder: PathBuf,
    content: Content,
}

#[derive(Debug, Default, PartialEq)]
struct Content {
    /// The path of a policy's manifest, from the folder of the file.
    policy: Option<String>,
    settings: Option<Value>,
    exclude: Vec<String>,
}

/// The settings of a configuration file.
pub(super) enum DefaultSettings<'d> {
    /// The path of a policy's manifest, and the file that names it.
    Policy(PathBuf, &'d Place),
    Settings(&'d Place, &'d Value),
}

impl Defaults {
    /// Reads the file in the current folder, or in the nearest folder around it up to the root of
    /// the Git repository. It is not used if the command line has settings. A remark names those of
    /// the fields that the command uses.
    pub(crate) fn find(arguments: &PolicyArguments, used: &[&str]) -> Result<Self, InputError> {
        let mut defaults = Self::default();
        if arguments.no_config {
            return Ok(defaults);
        }
        let current = env::current_dir().unwrap_or_default();
        for (depth, folder) in folders(&current).enumerate() {
            let place = |name| Place::new(&format!("{}{name}", "../".repeat(depth)));
            let file = folder.join(CONFIGURATION);
            if !file.is_file() {
                if folder.join(OTHER_NAME).is_file() {
                    defaults.remarks.push(Remark::Misnamed(place(OTHER_NAME)));
                }
                continue;
            }
            let place = place(CONFIGURATION);
            if arguments.has_settings() {
                defaults.remarks.push(Remark::NotUsed(place));
            } else {
                defaults.read(place, folder, &file, used)?;
            }
            break;
        }
        Ok(defaults)
    }

    fn read(
        &mut self,
        place: Place,
        folder: &Path,
        file: &Path,
        used: &[&str],
    ) -> Result<(), InputError> {
        let refuse = |problem| InputError::new(place.clone(), problem);
        let bytes = std::fs::read(file).map_err(|error| refuse(Problem::Unreadable(error)))?;
        let mut found = documents(place.source(), &bytes, Syntax::Any);
        let content = match (found.pop(), found.len()) {
            (None, _) => Content::default(),
            (Some(document), 0) => {
                let document = document?;
                let repeated = RepeatedKey::all([&document]).into_iter();
                self.remarks.extend(repeated.map(Remark::RepeatedKey));
                Content::of(document.value)
                    .map_err(|problem| refuse(Problem::Configuration(problem)))?
            }
            (Some(_), others) => {
                return Err(refuse(Problem::DocumentCount {
                    expected: "policy, settings and exclude",
                    found: others + 1,
                }));
            }
        };
        let mut fields = content.fields();
        fields.retain(|field| used.contains(field));
        if !fields.is_empty() {
            self.remarks.push(Remark::Used(place.clone(), fields));
        }
        self.file = Some(Configuration {
            place,
            // Globs are compared with paths of which every link is followed.
            folder: folder.canonicalize().unwrap_or_else(|_| folder.to_owned()),
            content,
        });
        Ok(())
    }

    /// The settings of the file, or of the policy that it names.
    pub(super) fn settings(&self) -> Option<DefaultSettings<'_>> {
        let Configuration { place, content, .. } = self.file.as_ref()?;
        match (&content.policy, &content.settings) {
            (Some(policy), _) => Some(DefaultSettings::Policy(
                Path::new(place.source()).with_file_name(policy),
                place,
            )),
            (None, Some(settings)) => Some(DefaultSettings::Settings(place, settings)),
            (None, None) => None,
        }
    }

    /// The files that a check leaves out, by the command line and by the file.
    pub(crate) fn exclude(&self, globs: &[String]) -> Result<Exclude, InputError> {
        let exclude = Exclude::new(globs)
            .map_err(|problem| InputError::new(Place::new("--exclude"), Problem::Glob(problem)))?;
        let Some(Configuration {
            place,
            folder,
            content,
        }) = &self.file
        else {
            return Ok(exclude);
        };
        let exclude = exclude.with_defaults(folder.clone(), &content.exclude);
        exclude.map_err(|problem| {
            let problem = Problem::Configuration(format!("\"exclude\": {problem}"));
            InputError::new(place.clone(), problem)
        })
    }
}

/// The folders in which the file can stand, the nearest first. Outside of a Git repository there is
/// only the current one, since others around it may belong to anybody.
fn folders(current: &Path) -> impl Iterator<Item = &Path> {
    let mut ancestors = current.ancestors();
    let depth = ancestors.position(|folder| folder.join(".git").exists());
    current.ancestors().take(depth.unwrap_or_default() + 1)
}

impl Content {
    fn of(value: Value) -> Result<Self, String> {
        let fields = match value {
            Value::Object(fields) => fields,
            other => {
                return Err(format!(
                    "must be a mapping with \"policy\", \"settings\" or \"exclude\", not {}",
                    type_name(&other)
                ));
            }
        };
        for field in fields.keys() {
            if !["policy", "settings", "exclude"].contains(&field.as_str()) {
                return Err(format!(
                    "{field:?} is unknown: use \"policy\", \"settings\" or \"exclude\""
                ));
            }
        }
        let content = Self {
            policy: policy(&fields)?,
            settings: settings(&fields)?,
            exclude: exclude(&fields)?,
        };
        if content.policy.is_some() && content.settings.is_some() {
            return Err("has both \"policy\" and \"settings\": leave one of them out".to_owned());
        }
        Ok(content)
    }

    /// The names of the fields that are given.
    fn fields(&self) -> Vec<&'static str> {
        let policy = self.policy.as_ref().map(|_| "policy");
        let settings = self.settings.as_ref().map(|_| "settings");
        let exclude = (!self.exclude.is_empty()).then_some("exclude");
        [policy, settings, exclude].into_iter().flatten().collect()
    }
}

fn policy(fields: &Map<String, Value>) -> Result<Option<String>, String> {
    match fields.get("policy") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(path)) if !path.is_empty() => Ok(Some(path.clone())),
        Some(Value::String(_)) => Err("\"policy\" is empty: name a file".to_owned()),
        Some(other) => Err(must_be("policy", "the path of a policy's manifest", other)),
    }
}

fn settings(fields: &Map<String, Value>) -> Result<Option<Value>, String> {
    match fields.get("settings") {
        None | Some(Value::Null) => Ok(None),
        Some(settings @ Value::Object(_)) => Ok(Some(settings.clone())),
        Some(other) => Err(must_be("settings", "a mapping", other)),
    }
}

fn exclude(fields: &Map<String, Value>) -> Result<Vec<String>, String> {
    let globs = match fields.get("exclude") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(globs)) => globs,
        Some(other) => return Err(must_be("exclude", "a list of globs", other)),
    };
    let globs = globs.iter().enumerate().map(|(index, glob)| match glob {
        Value::String(glob) => Ok(glob.clone()),
        other => Err(must_be(&format!("exclude[{index}]"), "a glob", other)),
    });
    globs.collect()
}

fn must_be(field: &str, expected: &str, found: &Value) -> String {
    format!("{field:?} must be {expected}, not {}", type_name(found))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn looks_around_the_current_folder_in_a_repository_only() {
        let outer = tempfile::TempDir::new().unwrap();
        let root = outer.path().join("root");
        let current = root.join("a/b");
        std::fs::create_dir_all(&current).unwrap();
        assert_eq!(folders(&current).collect::<Vec<_>>(), [&current]);
        std::fs::create_dir(root.join(".git")).unwrap();
        let around = [current.as_path(), &root.join("a"), &root];
        assert_eq!(folders(&current).collect::<Vec<_>>(), around);
    }

    #[test]
    fn reads_what_the_file_gives() {
        let content = Content::of(json!({
            "policy": "a/policy.yaml",
            "settings": null,
            "exclude": ["test/**"],
        }));
        let expected = Content {
            policy: Some("a/policy.yaml".to_owned()),
            settings: None,
            exclude: vec!["test/**".to_owned()],
        };
        assert_eq!(content, Ok(expected));
        let content = Content::of(json!({"settings": {}})).unwrap();
        assert_eq!(content.fields(), ["settings"]);
    }

    #[test]
    fn names_the_field_that_it_does_not_understand() {
        for (content, error) in [
            (
                json!([]),
                r#"must be a mapping with "policy", "settings" or "exclude", not a list"#,
            ),
            (
                json!({"excludes": []}),
                r#""excludes" is unknown: use "policy", "settings" or "exclude""#,
            ),
            (
                json!({"policy": ["a"]}),
                r#""policy" must be the path of a policy's manifest, not a list"#,
            ),
            (json!({"policy": ""}), r#""policy" is empty: name a file"#),
            (
                json!({"settings": [1]}),
                r#""settings" must be a mapping, not a list"#,
            ),
            (
                json!({"exclude": "x"}),
                r#""exclude" must be a list of globs, not a string"#,
            ),
            (
                json!({"exclude": ["x", 5]}),
                r#""exclude[1]" must be a glob, not a number"#,
            ),
            (
                json!({"policy": "a", "settings": {}}),
                r#"has both "policy" and "settings": leave one of them out"#,
            ),
        ] {
            assert_eq!(Content::of(content), Err(error.to_owned()));
        }
    }
}
