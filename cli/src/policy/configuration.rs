//! Reads the settings, from a file of their own or from a policy's manifest.

use serde_json::{Map, Value};

use super::PolicyArguments;
use super::defaults::{DefaultSettings, Defaults};
use super::grants::Grants;
use super::remark::Remark;
use super::scope::Scope;
use crate::input::document::{Document, Syntax, documents};
use crate::input::error::{InputError, Problem};
use crate::input::location::Location;
use crate::input::repeated::RepeatedKey;
use crate::input::source::{Reader, read_file};
use crate::input::yaml::text_at;
use crate::input::yaml::type_name;
use crate::place::Place;

const POLICY_GROUP: &str = "policies.kubewarden.io/";
const POLICY_KINDS: [&str; 2] = ["ClusterAdmissionPolicy", "AdmissionPolicy"];

/// The settings of the policy, and what its manifest says beside them.
pub(crate) struct PolicyConfiguration {
    /// The settings, empty by default.
    pub(crate) settings: Value,
    /// The place of the settings; `None` where there are none.
    pub(crate) place: Option<Place>,
    pub(crate) grants: Grants,
    pub(crate) remarks: Vec<Remark>,
}

/// The documents of a source, and what its errors call it.
struct Source {
    place: Place,
    documents: Vec<Result<Document, InputError>>,
}

impl PolicyConfiguration {
    /// Reads the settings, or the manifest, that the arguments name, or else the defaults.
    pub(crate) fn read(
        arguments: &PolicyArguments,
        defaults: &Defaults,
        reader: &mut Reader<'_>,
    ) -> Result<Self, InputError> {
        if let Some(location) = &arguments.policy {
            let policy = Source::read(location, reader);
            return Self::of_policy(policy).map_err(|error| error.named_by("--policy"));
        }
        if let Some(location) = &arguments.settings_path {
            let settings = Source::read(location, reader);
            let settings = Self::of_settings(settings);
            return settings.map_err(|error| error.named_by("--settings-path"));
        }
        if let Some(text) = &arguments.settings_json {
            return Self::of_json(text);
        }
        match defaults.settings() {
            Some(DefaultSettings::Policy(path, file)) => {
                let policy = Self::of_policy(Source::read(&Location::Path(path), reader));
                policy.map_err(|error| error.named_by(format!("\"policy\" of {file}:")))
            }
            Some(DefaultSettings::Settings(place, settings)) => {
                Self::of_document(Document::of(place.clone(), settings.clone()))
            }
            None => Ok(Self {
                settings: Value::Object(Map::new()),
                place: None,
                grants: Grants::Everything,
                remarks: Vec::new(),
            }),
        }
    }

    fn of_policy(source: Source) -> Result<Self, InputError> {
        let policy = source.policy()?;
        let mut remarks = repeated_keys(&policy);
        let Document {
            place, mut value, ..
        } = policy;
        let scopes = Scope::of(&value).into_iter();
        remarks.extend(scopes.map(|scope| Remark::Scope(place.clone(), scope)));
        let grants = Grants::of(value.get("spec").unwrap_or(&Value::Null));
        let settings = value.pointer_mut("/spec/settings").map(Value::take);
        if settings.is_none() {
            remarks.push(Remark::NoSettings(place.clone()));
        }
        let settings = Document::of(place, settings.unwrap_or_default());
        let configuration = Self::of_document(settings)?;
        Ok(Self {
            grants,
            remarks,
            ..configuration
        })
    }

    fn of_settings(source: Source) -> Result<Self, InputError> {
        Self::of_document(source.only("settings")?)
    }

    fn of_json(text: &str) -> Result<Self, InputError> {
        let place = Place::new("--settings-json");
        // The variable of a script may not be set.
        if text.trim().is_empty() {
            return Err(InputError::new(place, Problem::EmptySettings));
        }
        let documents = documents(place.source(), text.as_bytes(), Syntax::Json);
        Self::of_settings(Source { place, documents })
    }

    /// The settings that are the value of a document.
    fn of_document(document: Document) -> Result<Self, InputError> {
        let remarks = repeated_keys(&document);
        let Document { place, value, .. } = document;
        let refuse = |problem| Err(InputError::new(place.clone(), problem));
        let settings = match value {
            Value::Null => Map::new(),
            policy @ Value::Object(_) if is_policy(&policy) => return refuse(Problem::APolicy),
            Value::Object(settings) => match (settings.get("apiVersion"), settings.get("kind")) {
                (Some(Value::String(_)), Some(Value::String(kind))) => {
                    return refuse(Problem::AnObject(kind.clone()));
                }
                _ => settings,
            },
            other => {
                return refuse(Problem::Unexpected {
                    expected: "a mapping of settings",
                    found: type_name(&other),
                });
            }
        };
        Ok(Self {
            settings: Value::Object(settings),
            place: Some(place),
            grants: Grants::Everything,
            remarks,
        })
    }
}

impl Source {
    fn read(location: &Location, reader: &mut Reader<'_>) -> Self {
        let place = Place::new(&location.to_string());
        let documents = match location {
            Location::StandardInput => reader.read(location),
            Location::Path(path) => read_file(path),
        };
        Self { place, documents }
    }

    /// The only document, or an empty one. `expected` names it for the error.
    fn only(self, expected: &'static str) -> Result<Document, InputError> {
        let Self { place, documents } = self;
        let found = documents.len();
        let mut documents = documents.into_iter();
        match (documents.next(), found) {
            (None, _) => Ok(Document::of(place, Value::Null)),
            (Some(document), 1) => document,
            (Some(_), _) => {
                let problem = Problem::DocumentCount { expected, found };
                Err(InputError::new(place, problem))
            }
        }
    }

    /// The only policy, perhaps beside other objects, such as its PolicyServer.
    fn policy(self) -> Result<Document, InputError> {
        let Self { place, documents } = self;
        let is_wanted = |document: &Result<Document, InputError>| {
            let document = document.as_ref();
            document.is_ok_and(|document| is_policy(&document.value))
        };
        let (mut policies, others): (Vec<_>, Vec<_>) = documents.into_iter().partition(is_wanted);
        match (policies.pop(), policies.len()) {
            (Some(policy), 0) => policy,
            (Some(_), others) => Err(InputError::new(
                place,
                Problem::DocumentCount {
                    expected: "a policy",
                    found: others + 1,
                },
            )),
            (None, _) => {
                let other = others.into_iter().next().transpose()?;
                let kind = other.as_ref().map(|other| text_at(&other.value, "kind"));
                let problem = Problem::NotAPolicy(kind.unwrap_or_default().to_owned());
                Err(InputError::new(place, problem))
            }
        }
    }
}

fn repeated_keys(document: &Document) -> Vec<Remark> {
    let keys = RepeatedKey::all([document]).into_iter();
    keys.map(Remark::RepeatedKey).collect()
}

fn is_policy(value: &Value) -> bool {
    POLICY_KINDS.contains(&text_at(value, "kind"))
        && text_at(value, "apiVersion").starts_with(POLICY_GROUP)
}
