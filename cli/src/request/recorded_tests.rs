#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

use serde_json::json;

use super::*;
use crate::place::Place;

/// Renders the request as uid, subject and value, or as its error.
fn read(value: Value) -> Result<(String, String, Value), String> {
    let document = Document::of(Place::new("f"), value);
    match request(document) {
        Ok(request) => Ok((
            request.uid().to_owned(),
            request.subject().to_string(),
            request.value().clone(),
        )),
        Err(error) => Err(error.to_string()),
    }
}

fn pod_request() -> Value {
    json!({
        "uid": "u-1",
        "kind": {"group": "", "version": "v1", "kind": "Pod"},
        "operation": "CREATE",
        "namespace": "shop",
        "object": {"metadata": {"name": "web"}},
        "unknown": [1],
    })
}

#[test]
fn requests_stay_unchanged_with_and_without_a_review() {
    let expected = Ok(("u-1".to_owned(), "Pod shop/web".to_owned(), pod_request()));
    assert_eq!(read(pod_request()), expected);
    let review = json!({
        "apiVersion": "admission.k8s.io/v1",
        "kind": "AdmissionReview",
        "request": pod_request(),
    });
    assert_eq!(read(review), expected);
}

#[test]
fn a_deletion_is_named_after_its_old_object() {
    let mut value = pod_request();
    value["operation"] = json!("DELETE");
    value["object"] = json!(null);
    value["oldObject"] = json!({"metadata": {"name": "old"}});
    assert_eq!(
        read(value).map(|(_, subject, _)| subject),
        Ok("Pod shop/old".to_owned())
    );
}

#[test]
fn refuses_values_that_are_not_requests() {
    let without = |field: &str| {
        let mut value = pod_request();
        value[field] = Value::Null;
        value
    };
    let mut odd = pod_request();
    odd["operation"] = json!("PATCH");
    let cases = [
        (
            json!(7),
            "f: expected an AdmissionRequest or an AdmissionReview, found a number",
        ),
        (
            json!({"apiVersion": "apps/v1", "kind": "Deployment"}),
            "f: is an object of kind \"Deployment\", not an admission request",
        ),
        (
            json!({"kind": "AdmissionReview", "response": {}}),
            "f: \"request\" must be a mapping: an AdmissionReview without a request has nothing to judge",
        ),
        (
            without("kind"),
            "f: \"kind\" must be a mapping with \"group\", \"version\" and \"kind\", as in an AdmissionRequest",
        ),
        (
            without("uid"),
            "f: \"uid\" must be a string, as in an AdmissionRequest",
        ),
        (
            without("operation"),
            "f: \"operation\" must be a string, as in an AdmissionRequest",
        ),
        (
            odd,
            "f: \"operation\" is \"PATCH\": it must be CREATE, UPDATE, DELETE or CONNECT",
        ),
    ];
    for (value, expected) in cases {
        assert_eq!(read(value), Err(expected.to_owned()));
    }
}
