#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

fn deployment(replicas: u32) -> Value {
    json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"replicas": replicas},
    })
}

fn object(replicas: u32) -> Object {
    Object::read(Place::new("f"), deployment(replicas)).unwrap()
}

fn expected(operation: &str, object: Value, old_object: Value) -> Value {
    let kind = json!({"group": "apps", "version": "v1", "kind": "Deployment"});
    let resource = json!({"group": "apps", "version": "v1", "resource": "deployments"});
    json!({
        "uid": "00000000-0000-4000-8000-00000000000a",
        "kind": kind,
        "resource": resource,
        "requestKind": kind,
        "requestResource": resource,
        "name": "web",
        "namespace": "shop",
        "operation": operation,
        "userInfo": {},
        "object": object,
        "oldObject": old_object,
        "dryRun": false,
        "options": null,
    })
}

#[test]
fn a_request_is_what_an_api_server_would_send() {
    let new = object(2).value;
    let old = object(1).value;
    let cases = [
        (
            Change::Of(Operation::Create),
            expected("CREATE", new.clone(), json!(null)),
        ),
        (
            Change::Of(Operation::Update),
            expected("UPDATE", new.clone(), json!(null)),
        ),
        (
            Change::Of(Operation::Delete),
            expected("DELETE", json!(null), new.clone()),
        ),
        (
            Change::From(Box::new(object(1))),
            expected("UPDATE", new, old),
        ),
    ];
    for (change, expected) in cases {
        let request = Request::for_object(10, object(2), change);
        assert_eq!(request.value(), &expected);
        assert_eq!(request.uid(), "00000000-0000-4000-8000-00000000000a");
        assert_eq!(request.subject().to_string(), "Deployment shop/web");
    }
}

#[test]
fn a_deletion_has_no_object() {
    let deletion = Request::for_object(1, object(1), Change::Of(Operation::Delete));
    assert_eq!(deletion.object(), None);
    let created = Request::create(deployment(1)).unwrap();
    assert_eq!(created.object(), Some(&deployment(1)));
}

#[test]
fn refuses_a_list_in_place_of_an_object() {
    let list = json!({"apiVersion": "v1", "kind": "List", "items": []});
    assert_eq!(
        Request::update(deployment(1), list)
            .unwrap_err()
            .to_string(),
        "old object: expected one Kubernetes object, found a list"
    );
}

#[test]
fn a_name_cannot_steer_the_terminal() {
    let subject = Subject::new("Pod", Some("a"), Some("\u{1b}[2Jb"));
    assert_eq!(subject.to_string(), "Pod a/\\u001b[2Jb");
}
