//! Finds the Kubernetes objects in documents.

use serde_json::{Map, Value};

use crate::input::document::Document;
use crate::input::error::{InputError, Problem};
use crate::input::kind::Kind;
use crate::input::namespace::Namespace;
use crate::input::position::SourceValue;
use crate::input::yaml::type_name;
use crate::place::Place;
use crate::subject::Subject;

/// Reads objects, and completes what a manifest leaves to `kubectl`.
#[derive(Clone, Debug, Default)]
pub(crate) struct ManifestReader {
    namespace: Option<Namespace>,
}

impl ManifestReader {
    /// A reader that gives objects without a namespace this one or, as `kubectl` does, `default`.
    pub(crate) fn new(namespace: Option<Namespace>) -> Self {
        Self { namespace }
    }

    /// Reads the objects of a document, and those in a list one by one.
    pub(crate) fn objects(&self, document: Document) -> Vec<Result<Object, InputError>> {
        let Document {
            place, value, text, ..
        } = document;
        self.objects_in(place, value, &SourceValue::new(text), None)
    }

    fn objects_in(
        &self,
        place: Place,
        value: Value,
        written: &SourceValue,
        in_list: Option<&Kind>,
    ) -> Vec<Result<Object, InputError>> {
        let refuse = |place, problem| {
            let error = InputError::new(place, problem).within(written.clone());
            vec![Err(error)]
        };
        let entries = match value {
            Value::Object(entries) => entries,
            other => {
                let problem = Problem::Unexpected {
                    expected: "a Kubernetes object",
                    found: type_name(&other),
                };
                return refuse(place, problem);
            }
        };
        let kind = match read_kind(&entries, in_list) {
            Ok(kind) => kind,
            Err(problem) => return refuse(place, problem),
        };
        match into_items(&kind, entries) {
            Entries::List(items) => {
                let of = item_kind(&kind);
                let items = items.into_iter().enumerate().flat_map(|(index, item)| {
                    let written = written.field("items").item(index);
                    let place = place.clone().item(index);
                    self.objects_in(place, item, &written, of.as_ref())
                });
                items.collect()
            }
            Entries::Object(entries) => match self.identity(kind, &entries) {
                Ok(identity) => vec![Ok(Object::new(place, identity, entries, written.clone()))],
                Err(problem) => refuse(place, problem),
            },
            Entries::Broken(problem) => refuse(place, problem),
        }
    }

    fn identity(&self, kind: Kind, entries: &Map<String, Value>) -> Result<Identity, Problem> {
        let empty = Map::new();
        let metadata = match entries.get("metadata") {
            None | Some(Value::Null) => &empty,
            Some(Value::Object(metadata)) => metadata,
            Some(_) => {
                return Err(Problem::Field {
                    field: "metadata",
                    expected: "a mapping",
                });
            }
        };
        let own = text(metadata, "namespace", "metadata.namespace")?;
        let namespace = if kind.is_cluster_scoped() {
            None
        } else {
            let given = self.namespace.clone().unwrap_or_default();
            Some(own.map_or(given.to_string(), str::to_owned))
        };
        Ok(Identity {
            name: text(metadata, "name", "metadata.name")?.map(str::to_owned),
            generate_name: text(metadata, "generateName", "metadata.generateName")?
                .map(str::to_owned),
            kind,
            namespace,
        })
    }
}

/// The identity of an object in a cluster. All versions of a kind share it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    group: String,
    kind: String,
    namespace: Option<String>,
    name: String,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Object {
    pub(crate) place: Place,
    pub(crate) identity: Identity,
    pub(crate) value: Value,
    pub(crate) written: SourceValue,
}

impl Object {
    /// Reads an object, and refuses a list of objects.
    pub(crate) fn read(place: Place, value: Value) -> Result<Self, InputError> {
        let document = Document::of(place.clone(), value);
        let mut objects = ManifestReader::default().objects(document).into_iter();
        match (objects.next(), objects.next()) {
            (Some(object), None) => object,
            _ => Err(InputError::new(
                place,
                Problem::Unexpected {
                    expected: "one Kubernetes object",
                    found: "a list",
                },
            )),
        }
    }

    /// Adds the namespace to the object, as the API server does before it calls a webhook.
    fn new(
        place: Place,
        identity: Identity,
        mut entries: Map<String, Value>,
        written: SourceValue,
    ) -> Self {
        let metadata = entries
            .entry("metadata")
            .or_insert_with(|| Value::Object(Map::new()));
        if metadata.is_null() {
            *metadata = Value::Object(Map::new());
        }
        if let (Value::Object(metadata), Some(namespace)) = (metadata, &identity.namespace) {
            metadata.insert("namespace".to_owned(), Value::String(namespace.clone()));
        }
        for (field, text) in [
            ("apiVersion", identity.kind.api_version()),
            ("kind", identity.kind.name.clone()),
        ] {
            entries.entry(field).or_insert_with(|| Value::String(text));
        }
        Self {
            place,
            identity,
            value: Value::Object(entries),
            written,
        }
    }

    /// The identity of the object in a cluster; `None` where it has no name yet.
    pub(crate) fn key(&self) -> Option<Key> {
        let Identity {
            kind,
            name,
            namespace,
            ..
        } = &self.identity;
        Some(Key {
            group: kind.group.clone(),
            kind: kind.name.clone(),
            namespace: namespace.clone(),
            name: name.clone()?,
        })
    }

    /// The name in the report.
    pub(crate) fn subject(&self) -> Subject {
        let Identity {
            name,
            generate_name,
            ..
        } = &self.identity;
        let name = name
            .clone()
            .or_else(|| generate_name.as_ref().map(|prefix| format!("{prefix}*")));
        Subject::new(
            &self.identity.kind.name,
            self.identity.namespace.as_deref(),
            name.as_deref(),
        )
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) kind: Kind,
    pub(crate) namespace: Option<String>,
    pub(crate) name: Option<String>,
    generate_name: Option<String>,
}

enum Entries {
    Object(Map<String, Value>),
    List(Vec<Value>),
    Broken(Problem),
}

/// Tells a list from an object. `List` is a list. Another kind is a list if its name ends in
/// `List` and it has items, since `AllowList` could be an object.
fn into_items(kind: &Kind, mut entries: Map<String, Value>) -> Entries {
    if !kind.name.ends_with("List") {
        return Entries::Object(entries);
    }
    let is_list = kind.is_any_list();
    match entries.remove("items") {
        Some(Value::Array(items)) => Entries::List(items),
        None | Some(Value::Null) if is_list => Entries::List(Vec::new()),
        Some(_) if is_list => Entries::Broken(Problem::Field {
            field: "items",
            expected: "a list",
        }),
        items => {
            entries.extend(items.map(|items| ("items".to_owned(), items)));
            Entries::Object(entries)
        }
    }
}

/// The kind of the items of a typed list, which need not have it themselves.
fn item_kind(list: &Kind) -> Option<Kind> {
    let name = list
        .name
        .strip_suffix("List")
        .filter(|_| !list.is_any_list())?;
    Some(Kind {
        name: name.to_owned(),
        ..list.clone()
    })
}

fn read_kind(entries: &Map<String, Value>, in_list: Option<&Kind>) -> Result<Kind, Problem> {
    let name = text(entries, "kind", "kind")?;
    let api_version = text(entries, "apiVersion", "apiVersion")?;
    match (name, api_version, in_list) {
        (None, None, Some(kind)) => Ok(kind.clone()),
        (Some(name), Some(api_version), _) => Kind::new(api_version, name),
        (None, _, _) => Err(Problem::NoObject { missing: "kind" }),
        (Some(_), None, _) => Err(Problem::NoObject {
            missing: "apiVersion",
        }),
    }
}

/// A string that is not empty.
fn text<'a>(
    entries: &'a Map<String, Value>,
    key: &str,
    field: &'static str,
) -> Result<Option<&'a str>, Problem> {
    match entries.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.is_empty() => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Problem::Field {
            field,
            expected: "a string",
        }),
    }
}

#[cfg(test)]
#[path = "manifest_tests.rs"]
mod tests;
