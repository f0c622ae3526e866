//! Tests lookups among the objects of a cluster.

use mutable_tags_cli::host::{Capabilities, Context};
use serde_json::{Value, json};

use crate::call_host;

fn pod(namespace: &str, name: &str, image: &str) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "name": name,
            "namespace": namespace,
            "labels": {"app": "web"},
            "managedFields": [{}],
            "annotations": {
                "kubectl.kubernetes.io/last-applied-configuration": "{}",
                "note": "n",
            },
        },
        "spec": {"nodeName": "one", "containers": [{"name": "web", "image": image}]},
        "status": {"containerStatuses": [{"name": "web", "imageID": image, "ready": true}]},
    })
}

fn context() -> Context {
    Context::new(vec![
        pod("shop", "b", "b:1"),
        pod("shop", "a", "a:1"),
        pod("test", "a", "a:2"),
        json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}),
        json!({"apiVersion": "example.com/v1", "kind": "Pod", "metadata": {"name": "a", "namespace": "shop"}}),
    ])
}

fn get(request: &Value) -> Result<Value, String> {
    let payload = request.to_string();
    call_host(context(), &[("kubernetes", "get_resource", &payload)])
}

fn list(request: &Value) -> Result<Value, String> {
    let payload = request.to_string();
    call_host(
        context(),
        &[("kubernetes", "list_resources_by_namespace", &payload)],
    )
}

#[test]
fn finds_an_object_by_version_kind_namespace_and_name() {
    let found = get(
        &json!({"api_version": "v1", "kind": "Pod", "name": "a", "namespace": "test", "disable_cache": false}),
    );
    assert_eq!(found, Ok(pod("test", "a", "a:2")));
    // A cluster-scoped object is found even if the call names a namespace.
    for namespace in [Value::Null, json!("shop")] {
        let found = get(
            &json!({"api_version": "v1", "kind": "Namespace", "name": "shop", "namespace": namespace, "disable_cache": true}),
        );
        assert_eq!(
            found,
            Ok(json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}))
        );
    }
}

#[test]
fn a_missing_object_is_an_error_that_names_it() {
    let cases = [
        (
            json!({"api_version": "v1", "kind": "Namespace", "name": "x", "namespace": null, "disable_cache": false}),
            "Callback evaluation failure: Cannot find v1/Namespace named 'x' inside of namespace 'None'",
        ),
        (
            json!({"api_version": "v1", "kind": "Pod", "name": "b", "namespace": "test", "disable_cache": false}),
            "Callback evaluation failure: Cannot find v1/Pod named 'b' inside of namespace 'Some(\"test\")'",
        ),
        (
            json!({"api_version": "v1", "kind": "Pod", "name": "b", "disable_cache": false}),
            "Callback evaluation failure: Resource v1/Pod is namespaced, but no namespace was provided",
        ),
        (
            json!({"api_version": "v1", "kind": "Pod", "disable_cache": false}),
            "missing field `name` at line 1 column 55",
        ),
    ];
    for (request, expected) in cases {
        assert_eq!(get(&request), Err(expected.to_owned()));
    }
}

#[test]
fn a_mask_also_keeps_the_identity_of_an_object() {
    assert_eq!(
        get(
            &json!({"api_version": "v1", "kind": "Pod", "name": "b", "namespace": "shop", "disable_cache": false, "field_masks": ["spec.containers.image"]})
        ),
        Ok(json!({
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": pod("shop", "b", "b:1")["metadata"],
            "spec": {"containers": [{"image": "b:1"}]},
        }))
    );
}

#[test]
fn lists_the_objects_of_a_namespace_in_file_order() {
    let item = |name: &str, image: &str| {
        json!({
            "metadata": {"name": name, "namespace": "shop", "labels": {"app": "web"}, "annotations": {"note": "n"}},
            "status": {"containerStatuses": [{"imageID": image}]},
        })
    };
    assert_eq!(
        list(
            &json!({"api_version": "v1", "kind": "Pod", "namespace": "shop", "field_masks": ["status.containerStatuses.imageID"]})
        ),
        Ok(json!({
            "apiVersion": "v1",
            "kind": "PodList",
            "metadata": {},
            "items": [item("b", "b:1"), item("a", "a:1")],
        }))
    );
    assert_eq!(
        list(&json!({"api_version": "v1", "kind": "Secret", "namespace": "shop"})),
        Ok(json!({"apiVersion": "v1", "kind": "SecretList", "metadata": {}, "items": []}))
    );
}

#[test]
fn a_list_that_files_cannot_give_is_refused() {
    let cases = [
        (
            json!({"api_version": "v1", "kind": "Pod", "namespace": "shop", "label_selector": "app=web"}),
            "Callback evaluation failure: \"label_selector\" is \"app=web\": objects read from files are listed without selectors",
        ),
        (
            json!({"api_version": "v1", "kind": "Pod", "namespace": "shop", "field_selector": "spec.nodeName=one"}),
            "Callback evaluation failure: \"field_selector\" is \"spec.nodeName=one\": objects read from files are listed without selectors",
        ),
        (
            json!({"api_version": "v1", "kind": "Namespace", "namespace": "shop"}),
            "Callback evaluation failure: resource v1/Namespace is cluster wide. Cannot search for it inside of a namespace",
        ),
    ];
    for (request, expected) in cases {
        assert_eq!(list(&request), Err(expected.to_owned()));
    }
}

#[test]
fn lookups_without_a_source_are_refused() {
    let get = r#"{"api_version":"v1","kind":"Pod","name":"a","disable_cache":false}"#;
    for (call, error) in [
        (
            ("oci", "v1/manifest_digest", "\"a\""),
            "no registry is asked unless --registry is given",
        ),
        (
            ("kubernetes", "get_resource", get),
            "no object of the cluster is known unless --context is given",
        ),
        (
            ("net", "v1/dns_lookup_host", "\"a\""),
            "unknown namespace: net",
        ),
    ] {
        let answer = call_host(Capabilities::default(), &[call]);
        assert_eq!(answer, Err(error.to_owned()));
    }
    assert_eq!(
        call_host(context(), &[("kubernetes", "can_i", "{}")]),
        Err("unknown operation: can_i".to_owned())
    );
    assert_eq!(
        call_host(context(), &[("net", "v1/dns_lookup_host", "\"a\"")]),
        Err("unknown namespace: net".to_owned())
    );
}
