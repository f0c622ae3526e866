//! Builds the admission requests that an API server would send.

mod operation;
pub(crate) mod recorded;

use serde_json::{Value, json};

pub(crate) use operation::Operation;

use crate::input::error::InputError;
use crate::input::kind::Kind;
use crate::input::manifest::Object;
use crate::input::position::SourceValue;
use crate::place::{Place, Position};
use crate::subject::Subject;

/// An admission request, and its names in a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    place: Place,
    subject: Subject,
    uid: String,
    value: Value,
    /// The object, as it was written.
    written: SourceValue,
}

impl Request {
    /// The request that creates an object.
    ///
    /// ```
    /// # use mutable_tags_cli::Request;
    /// # use serde_json::json;
    /// let pod = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}});
    /// let request = Request::create(pod)?;
    /// assert_eq!(request.value()["resource"]["resource"], "pods");
    /// assert_eq!(request.value()["namespace"], "default");
    /// # Ok::<(), mutable_tags_cli::InputError>(())
    /// ```
    pub fn create(object: Value) -> Result<Self, InputError> {
        let object = Object::read(Place::new("object"), object)?;
        Ok(Self::for_object(1, object, Change::Of(Operation::Create)))
    }

    /// The request that updates an object.
    pub fn update(object: Value, old_object: Value) -> Result<Self, InputError> {
        let old_object = Object::read(Place::new("old object"), old_object)?;
        let object = Object::read(Place::new("object"), object)?;
        Ok(Self::for_object(
            1,
            object,
            Change::From(Box::new(old_object)),
        ))
    }

    pub(crate) fn new(
        place: Place,
        subject: Subject,
        uid: &str,
        value: Value,
        written: SourceValue,
    ) -> Self {
        Self {
            written,
            place,
            subject,
            uid: uid.to_owned(),
            value,
        }
    }

    /// Builds the request that an API server would send for an object.
    ///
    /// The number determines the uid, so that the same input always gives the same requests. No
    /// user is named, since there is none.
    pub(crate) fn for_object(number: usize, object: Object, change: Change) -> Self {
        let uid = format!("00000000-0000-4000-8000-{number:012x}");
        let subject = object.subject();
        let Object {
            place,
            identity,
            value,
            written,
        } = object;
        let operation = change.operation();
        let (object, old_object) = match change {
            Change::Of(Operation::Delete) => (Value::Null, value),
            Change::Of(Operation::Create | Operation::Update) => (value, Value::Null),
            Change::From(old) => (value, old.value),
        };
        let kind = group_version(&identity.kind, "kind", &identity.kind.name);
        let resource = group_version(&identity.kind, "resource", &identity.kind.resource());
        let mut request = json!({
            "uid": uid,
            "kind": kind,
            "resource": resource,
            "requestKind": kind,
            "requestResource": resource,
            "operation": operation.name(),
            "userInfo": {},
            "object": object,
            "oldObject": old_object,
            "dryRun": false,
            "options": null,
        });
        // An API server leaves out empty names.
        if let Value::Object(request) = &mut request {
            for (field, text) in [("name", identity.name), ("namespace", identity.namespace)] {
                request.extend(text.map(|text| (field.to_owned(), Value::String(text))));
            }
        }
        Self::new(place, subject, &uid, request, written)
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    pub(crate) fn subject(&self) -> &Subject {
        &self.subject
    }

    /// The position of the object, or of its document.
    pub(crate) fn start(&self) -> Option<Position> {
        self.written.start().or_else(|| self.place.start())
    }

    /// The position of the image at a path in the object; where that is not known, the object's.
    pub(crate) fn position(&self, path: &str, image: Option<&str>) -> Option<Position> {
        let position = self.written.position(path, image);
        position.or_else(|| self.start())
    }

    /// The identifier that the response repeats.
    pub(crate) fn uid(&self) -> &str {
        &self.uid
    }

    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The object that is created or updated; a deletion has none.
    pub(crate) fn object(&self) -> Option<&Value> {
        self.value.get("object").filter(|object| !object.is_null())
    }
}

/// The change to an object.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Change {
    /// An operation on the object, without an old object.
    Of(Operation),
    /// An update of this old object.
    From(Box<Object>),
}

impl Change {
    fn operation(&self) -> Operation {
        match self {
            Self::Of(operation) => *operation,
            Self::From(_) => Operation::Update,
        }
    }
}

fn group_version(kind: &Kind, field: &str, name: &str) -> Value {
    json!({"group": kind.group, "version": kind.version, field: name})
}

#[cfg(test)]
mod tests;
