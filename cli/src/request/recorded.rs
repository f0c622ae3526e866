//! Reads recorded admission requests.

use serde_json::{Map, Value};

use crate::input::document::Document;
use crate::input::error::{InputError, Problem};
use crate::input::position::Written;
use crate::input::yaml::type_name;
use crate::request::Request;
use crate::subject::Subject;

const OPERATIONS: [&str; 4] = ["CREATE", "UPDATE", "DELETE", "CONNECT"];

/// Whether a document is an AdmissionReview or an AdmissionRequest. The kind of the latter is an
/// object, where that of a Kubernetes object is a name.
pub(crate) fn is_request(value: &Value) -> bool {
    let kind = value.get("kind");
    kind.and_then(Value::as_str) == Some("AdmissionReview")
        || (kind.is_some_and(Value::is_object) && value.get("operation").is_some())
}

/// Reads an AdmissionRequest, or the one in an AdmissionReview.
///
/// The request goes to the policy unchanged. Only the fields are checked by which a host
/// tells requests apart.
pub(crate) fn request(document: Document) -> Result<Request, InputError> {
    let Document {
        place, value, text, ..
    } = document;
    let is_review = value.get("request").is_some();
    let written = Written::new(text);
    let written = match is_review {
        true => written.field("request").field("object"),
        false => written.field("object"),
    };
    let read = || {
        let entries = unwrap_review(value)?;
        let subject = subject(&entries)?;
        let uid = string(&entries, "uid")?.to_owned();
        let operation = string(&entries, "operation")?;
        if !OPERATIONS.contains(&operation) {
            return Err(Problem::Operation(operation.to_owned()));
        }
        Ok((subject, uid, Value::Object(entries)))
    };
    match read() {
        Ok((subject, uid, value)) => Ok(Request::new(place, subject, &uid, value, written)),
        Err(problem) => Err(InputError::new(place, problem)),
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
