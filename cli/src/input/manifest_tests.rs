#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::json;

use super::*;

/// Renders each object as subject, group and place, or as its error.
fn read(namespace: Option<&str>, value: Value) -> Vec<String> {
    let namespace = namespace.map(|text| text.parse().unwrap());
    let document = Document::of(Place::new("f"), value);
    let objects = ManifestReader::new(namespace).objects(document);
    objects
        .into_iter()
        .map(|object| match object {
            Ok(object) => format!("{} ({})", object.subject(), object.place),
            Err(error) => error.to_string(),
        })
        .collect()
}

fn pod(metadata: Value) -> Value {
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata})
}

#[test]
fn an_object_gets_the_namespace_that_kubectl_would_give_it() {
    let named = |namespace: &str| pod(json!({"name": "a", "namespace": namespace}));
    let node = json!({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "a"}});
    let cases = [
        (None, pod(json!({"name": "a"})), "Pod default/a (f)"),
        (None, named("web"), "Pod web/a (f)"),
        (None, named(""), "Pod default/a (f)"),
        (Some("web"), pod(json!({"name": "a"})), "Pod web/a (f)"),
        (Some("web"), named("web"), "Pod web/a (f)"),
        (Some("web"), named("db"), "Pod db/a (f)"),
        (None, node.clone(), "Node a (f)"),
        (Some("web"), node, "Node a (f)"),
        (
            None,
            pod(json!({"generateName": "a-"})),
            "Pod default/a-* (f)",
        ),
        (None, pod(json!(null)), "Pod default/(unnamed) (f)"),
    ];
    for (namespace, value, expected) in cases {
        assert_eq!(read(namespace, value.clone()), [expected], "{value}");
    }
}

#[test]
fn refuses_values_that_are_not_objects() {
    let cases = [
        (json!([]), "f: expected a Kubernetes object, found a list"),
        (
            json!("x"),
            "f: expected a Kubernetes object, found a string",
        ),
        (
            json!({"a": 1}),
            "f: \"kind\" is missing, so this is not a Kubernetes object (leave the file out, or name its folder, where such files are skipped)",
        ),
        (
            json!({"kind": "Pod"}),
            "f: \"apiVersion\" is missing, so this is not a Kubernetes object (leave the file out, or name its folder, where such files are skipped)",
        ),
        (
            json!({"kind": 1, "apiVersion": "v1"}),
            "f: \"kind\" must be a string",
        ),
        (
            json!({"kind": "Pod", "apiVersion": "a/b/c"}),
            "f: \"apiVersion\" is \"a/b/c\": it must be \"version\" or \"group/version\"",
        ),
        (pod(json!([])), "f: \"metadata\" must be a mapping"),
        (
            pod(json!({"name": 1})),
            "f: \"metadata.name\" must be a string",
        ),
        (
            pod(json!({"namespace": {}})),
            "f: \"metadata.namespace\" must be a string",
        ),
        (
            json!({"kind": "List", "apiVersion": "v1", "items": {}}),
            "f: \"items\" must be a list",
        ),
    ];
    for (value, expected) in cases {
        assert_eq!(read(None, value.clone()), [expected], "{value}");
    }
}

#[test]
fn reads_each_object_of_a_list() {
    let list = json!({"apiVersion": "v1", "kind": "List", "items": [
        pod(json!({"name": "a"})),
        {"apiVersion": "v1", "kind": "List", "items": [pod(json!({"name": "b"})), 7]},
        {"metadata": {"name": "c"}},
    ]});
    assert_eq!(
        read(None, list),
        [
            "Pod default/a (f, items[0])",
            "Pod default/b (f, items[1].items[0])",
            "f, items[1].items[1]: expected a Kubernetes object, found a number",
            "f, items[2]: \"kind\" is missing, so this is not a Kubernetes object (leave the file out, or name its folder, where such files are skipped)",
        ]
    );
    let typed = json!({"apiVersion": "apps/v1", "kind": "DeploymentList", "items": [{"metadata": {"name": "a"}}]});
    assert_eq!(read(None, typed), ["Deployment default/a (f, items[0])"]);
    let empty = json!({"apiVersion": "v1", "kind": "List", "items": null});
    assert!(read(None, empty).is_empty());
    let called_list = json!({"apiVersion": "example.com/v1", "kind": "AllowList", "spec": {}});
    assert_eq!(read(None, called_list), ["AllowList default/(unnamed) (f)"]);
}

#[test]
fn an_item_of_a_typed_list_is_completed() {
    let document = Document::of(
        Place::new("f"),
        json!({"apiVersion": "apps/v1", "kind": "DeploymentList", "items": [{"spec": {}}]}),
    );
    let object = ManifestReader::default()
        .objects(document)
        .remove(0)
        .unwrap();
    assert_eq!(
        object.value,
        json!({
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": {"namespace": "default"},
            "spec": {},
        })
    );
}
