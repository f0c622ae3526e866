//! Reads recorded admission requests.

use serde_json::{Map, Value};

use crate::input::document::Document;
use crate::input::error::{InputError, Problem};
use crate::input::manifest::Object;
use crate::input::position::SourceValue;
use crate::input::yaml::type_name;
use crate::place::Place;
use crate::request::Request;
use crate::subject::Subject;

const OPERATIONS: [&str; 4] = ["CREATE", "UPDATE", "DELETE", "CONNECT"];

/// Reads an AdmissionRequest, or the one in an AdmissionReview.
///
/// The request goes to the policy unchanged. Only the fields by which a host tells requests apart
/// are checked.
pub(crate) fn request(document: Document) -> Result<Request, InputError> {
    let Document {
        place, value, text, ..
    } = document;
    read(place, value, &SourceValue::new(text))
}

/// Reads an item of a list, as [`request`] does.
pub(crate) fn item(item: Object) -> Result<Request, InputError> {
    let Object {
        place,
        value,
        written,
        ..
    } = item;
    read(place, value, &written)
}

fn read(place: Place, value: Value, document: &SourceValue) -> Result<Request, InputError> {
    let is_review = value.get("request").is_some();
    let written = match is_review {
        true => document.field("request").field("object"),
        false => document.field("object"),
    };
    let parts = || {
        let entries = unwrap_review(value)?;
        let subject = subject(&entries)?;
        let uid = string(&entries, "uid")?.to_owned();
        let operation = string(&entries, "operation")?;
        if !OPERATIONS.contains(&operation) {
            return Err(Problem::Operation(operation.to_owned()));
        }
        Ok((subject, uid, Value::Object(entries)))
    };
    match parts() {
        Ok((subject, uid, value)) => Ok(Request::new(place, subject, &uid, value, written)),
        Err(problem) => Err(InputError::new(place, problem).within(document.clone())),
    }
}

fn unwrap_review(value: Value) -> Result<Map<String, Value>, Problem> {
    let unexpected = |found: &Value| Problem::Unexpected {
        expected: "an AdmissionRequest or an AdmissionReview",
        found: type_name(found),
    };
    let Value::Object(mut entries) = value else {
        return Err(unexpected(&value));
    };
    match entries.get("kind").and_then(Value::as_str) {
        None => Ok(entries),
        Some("AdmissionReview") => match entries.remove("request") {
            Some(Value::Object(request)) => Ok(request),
            _ => Err(Problem::Field {
                field: "request",
                expected: "a mapping: an AdmissionReview without a request has nothing to judge",
            }),
        },
        Some(kind) => Err(Problem::NotARequest {
            kind: kind.to_owned(),
        }),
    }
}

fn subject(entries: &Map<String, Value>) -> Result<Subject, Problem> {
    let kind = entries
        .get("kind")
        .and_then(|kind| kind.get("kind"))
        .and_then(Value::as_str)
        .ok_or(Problem::Field {
            field: "kind",
            expected: "a mapping with \"group\", \"version\" and \"kind\", as in an AdmissionRequest",
        })?;
    let object = ["object", "oldObject"]
        .iter()
        .filter_map(|field| entries.get(*field))
        .find(|object| object.is_object());
    let metadata = object.and_then(|object| object.get("metadata"));
    let text = |field: &str| {
        [
            entries.get(field),
            metadata.and_then(|metadata| metadata.get(field)),
        ]
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .find(|text| !text.is_empty())
    };
    Ok(Subject::new(kind, text("namespace"), text("name")))
}

fn string<'a>(entries: &'a Map<String, Value>, field: &'static str) -> Result<&'a str, Problem> {
    entries
        .get(field)
        .and_then(Value::as_str)
        .ok_or(Problem::Field {
            field,
            expected: "a string, as in an AdmissionRequest",
        })
}

#[cfg(test)]
#[path = "recorded_tests.rs"]
mod tests;
