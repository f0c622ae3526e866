//! Selects the parts of a payload that are kept while it is parsed: fields that lead to
//! images, and the requesting user.

use std::borrow::Cow;

use crate::document::{Field, Keep, Value};
use crate::workload::{Kind, leads_to_images};

/// The rule for the fields of a value in a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeepRule {
    Payload,
    Request,
    Everything,
    /// An object of a built-in kind, of which only the fields that lead to images are kept.
    KnownObject,
    /// The root of any other object, of which every field that may lead to an image is kept.
    SearchedObject,
    /// The metadata of an object that is searched.
    Metadata,
}

impl Keep for KeepRule {
    fn field(self, name: &str, before: &[Field<'_>]) -> Option<Self> {
        match (self, name) {
            (Self::Payload, "settings") | (Self::Everything, _) => Some(Self::Everything),
            (Self::Payload, "request") => Some(Self::Request),
            (Self::Request, "kind" | "namespace" | "operation" | "subResource" | "userInfo") => {
                Some(Self::Everything)
            }
            (Self::Request, "object") => Some(Self::of_object(before)),
            (Self::KnownObject, _) if leads_to_images(name) => Some(self),
            (Self::SearchedObject, "metadata") => Some(Self::Metadata),
            (Self::SearchedObject, "status") => None,
            (Self::SearchedObject, _) => Some(Self::Everything),
            (Self::Metadata, "annotations" | "ownerReferences") => Some(Self::Everything),
            (Self::Payload | Self::Request | Self::KnownObject | Self::Metadata, _) => None,
        }
    }
}

impl KeepRule {
    /// The rule for an object, by the request's fields before it. An object that comes before its
    /// kind is kept whole.
    fn of_object(before: &[Field<'_>]) -> Self {
        let mut before = before.iter().rev();
        match before.find(|(name, _)| name == "kind") {
            Some((_, kind)) => Self::of_kind(&kind_of(kind)),
            None => Self::Everything,
        }
    }

    /// The rule for objects of a kind.
    pub(super) fn of_kind(kind: &Kind<'_>) -> Self {
        match kind.has_known_fields() {
            true => Self::KnownObject,
            false => Self::SearchedObject,
        }
    }
}

/// The kind that a request names.
pub(super) fn kind_of<'a>(kind: &Value<'a>) -> Kind<'a> {
    let text = |name| match kind.get(name) {
        Some(Value::String(text)) => text.clone(),
        _ => Cow::Borrowed(""),
    };
    Kind::new(text("group"), text("kind"))
}

#[cfg(test)]
mod tests {
    // `#[test]` is an alias, so that these tests run natively and, for wasm32, under Node.
    #[cfg(not(target_arch = "wasm32"))]
    use core::prelude::v1::test;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::document::case;
    use crate::workload::{ReadPlan, locate};

    /// Checks the payload of every readable case, parsed in part and whole.
    fn each_payload(mut check: impl FnMut(&str, &Value<'_>, &Value<'_>)) {
        let files = case::FILES.iter().map(|(_, file)| *file);
        let mut count = 0;
        for case in files.flat_map(case::cases) {
            let json = case::payload(&case);
            if let Ok(whole) = Value::parse(&json) {
                let kept = Value::parse_kept(&json, KeepRule::Payload).unwrap().value;
                check(&json, &kept, &whole);
                count += 1;
            }
        }
        assert!(count > 500, "{count}");
    }

    fn request_of<'v, 'a>(payload: &'v Value<'a>) -> &'v Value<'a> {
        payload.get("request").unwrap()
    }

    /// Whether `whole` has every value of `kept` at the same path.
    fn is_part_of(kept: &Value<'_>, whole: &Value<'_>) -> bool {
        match (kept, whole) {
            (Value::Array(kept), Value::Array(whole)) => {
                kept.len() == whole.len()
                    && kept
                        .iter()
                        .zip(whole)
                        .all(|(own, other)| is_part_of(own, other))
            }
            (Value::Object(kept), Value::Object(whole)) => kept.iter().all(|(name, own)| {
                let other = whole.get(name);
                other.is_some_and(|other| is_part_of(own, other))
            }),
            _ => kept == whole,
        }
    }

    #[test]
    fn keeps_what_the_payload_has_at_the_same_paths() {
        each_payload(|json, kept, whole| {
            assert!(is_part_of(kept, whole), "{json}");
            assert_eq!(kept.get("settings"), whole.get("settings"), "{json}");
            let [kept, whole] = [kept, whole].map(request_of);
            for name in ["kind", "namespace", "operation", "subResource", "userInfo"] {
                assert_eq!(kept.get(name), whole.get(name), "{name} of {json}");
            }
        });
    }

    #[test]
    fn skips_what_names_no_image() {
        let object = r#"{"metadata":{"labels":{},"annotations":{"a":"b"}},"spec":{"nodeName":"a"},"status":{}}"#;
        for (kind, expected) in [
            ("Pod", r#"{"metadata":{"annotations":{}},"spec":{}}"#),
            (
                "Web",
                r#"{"metadata":{"annotations":{"a":"b"}},"spec":{"nodeName":"a"}}"#,
            ),
        ] {
            let json = format!(
                r#"{{"request":{{"kind":{{"kind":"{kind}"}},"object":{object},"oldObject":{object}}},"more":1}}"#
            );
            let kept = Value::parse_kept(&json, KeepRule::Payload).unwrap().value;
            let expected =
                format!(r#"{{"request":{{"kind":{{"kind":"{kind}"}},"object":{expected}}}}}"#);
            assert_eq!(Ok(kept), Value::parse(&expected), "{kind}");
        }
    }

    #[test]
    fn locates_the_same_in_the_kept_and_the_whole_object() {
        each_payload(|json, kept, whole| {
            let request = request_of(kept);
            let kind = request.get("kind").map(kind_of).unwrap();
            let plan = ReadPlan::of(kind);
            let object = |payload| request_of(payload).get("object").unwrap();
            let [kept, whole] = [kept, whole].map(object);
            assert_eq!(locate(kept, &plan), locate(whole, &plan), "{json}");
        });
    }
}
