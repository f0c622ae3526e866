//! Reads the settings, or the manifest that has them.

use std::path::Path;

use serde_json::{Map, Value};

use super::PolicyArguments;
use super::grants::Grants;
use super::scope::Scope;
use crate::input::document::{Document, Syntax, documents};
use crate::input::error::{InputError, Problem};
use crate::input::source::read_file;
use crate::input::yaml::type_name;
use crate::place::Place;

const POLICY_GROUP: &str = "policies.kubewarden.io/";
const POLICY_KINDS: [&str; 2] = ["ClusterAdmissionPolicy", "AdmissionPolicy"];

/// The settings of the policy, and what its manifest says beside them.
pub(crate) struct PolicyConfiguration {
    /// The settings, empty by default.
    pub(crate) settings: Value,
    pub(crate) grants: Grants,
    /// The fields of the manifest that are not looked at here, with their places.
    pub(crate) scopes: Vec<(Place, Scope)>,
}

impl PolicyConfiguration {
    /// Reads the settings, or the manifest, that the arguments name.
    pub(crate) fn read(arguments: &PolicyArguments) -> Result<Self, InputError> {
        match &arguments.policy {
            Some(path) => of_policy(path),
            None => Ok(Self {
                settings: settings_alone(arguments)?,
                grants: Grants::Everything,
                scopes: Vec::new(),
            }),
        }
    }
}

fn settings_alone(arguments: &PolicyArguments) -> Result<Value, InputError> {
    if let Some(text) = &arguments.settings_json {
        let found = documents("--settings-json", text.as_bytes(), Syntax::Json);
        return mapping(one(found, "--settings-json")?);
    }
    if let Some(path) = &arguments.settings_path {
        return mapping(one(read_file(path), &path.to_string_lossy())?);
    }
    Ok(Value::Object(Map::new()))
}

/// The only document of a file.
fn one(found: Vec<Result<Document, InputError>>, source: &str) -> Result<Document, InputError> {
    let count = found.len();
    let mut found = found.into_iter();
    let place = Place::new(source);
    match (found.next(), count) {
        (None, _) => Ok(Document::of(place, Value::Null)),
        (Some(document), 1) => document,
        (Some(_), _) => Err(InputError::new(
            place,
            Problem::DocumentCount {
                expected: "settings",
                found: count,
            },
        )),
    }
}

fn mapping(document: Document) -> Result<Value, InputError> {
    match document.value {
        Value::Null => Ok(Value::Object(Map::new())),
        policy @ Value::Object(_) if is_policy(&policy) => {
            Err(InputError::new(document.place, Problem::APolicy))
        }
        settings @ Value::Object(_) => Ok(settings),
        other => Err(InputError::new(
            document.place,
            Problem::Unexpected {
                expected: "a mapping of settings",
                found: type_name(&other),
            },
        )),
    }
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn is_policy(value: &Value) -> bool {
    POLICY_KINDS.contains(&text(value, "kind"))
        && text(value, "apiVersion").starts_with(POLICY_GROUP)
}

fn of_policy(path: &Path) -> Result<PolicyConfiguration, InputError> {
    let Document {
        place, mut value, ..
    } = one(read_file(path), &path.to_string_lossy())?;
    if !is_policy(&value) {
        let kind = text(&value, "kind").to_owned();
        return Err(InputError::new(place, Problem::NotAPolicy(kind)));
    }
    let grants = Grants::of(value.get("spec").unwrap_or(&Value::Null));
    let scopes = Scope::of(&value).into_iter();
    let scopes = scopes.map(|scope| (place.clone(), scope)).collect();
    let settings = value
        .pointer_mut("/spec/settings")
        .map(Value::take)
        .unwrap_or_default();
    let settings = mapping(Document::of(place, settings))?;
    Ok(PolicyConfiguration {
        settings,
        grants,
        scopes,
    })
}
