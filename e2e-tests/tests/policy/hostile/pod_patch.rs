//! Patches of the Pods of a Cluster that make many images of a short text.

use serde_json::json;

use super::cost::answer_to;
use crate::answer::{ACCEPTED, Expected, Finding};

const PATCH: &str = "metadata.annotations[cnpg.io/podPatch]";

/// The payload for a Cluster with a patch, and so many extensions with images.
fn cluster(patch: &str, extensions: usize) -> String {
    let extensions: Vec<_> = (0..extensions)
        .map(|index| json!({"name": format!("e{index}"), "image": {"reference": "acme/e:1.2.3"}}))
        .collect();
    let object = json!({
        "metadata": {"annotations": {"cnpg.io/podPatch": patch}},
        "spec": {"imageName": "acme/pg:1.2.3", "postgresql": {"extensions": extensions}},
    });
    json!({
        "request": {
            "kind": {"group": "postgresql.cnpg.io", "kind": "Cluster"},
            "operation": "CREATE",
            "object": object,
        },
        "settings": {},
    })
    .to_string()
}

fn operations(operation: &str, count: usize) -> String {
    format!("[{}]", vec![operation; count].join(","))
}

#[test]
fn many_pull_policies_of_many_images_are_judged_within_limits() {
    for value in ["\"Always\"", "\"Never\"", "null"] {
        let operation =
            format!(r#"{{"op":"add","path":"/spec/volumes/0/image/pullPolicy","value":{value}}}"#);
        let payload = cluster(&operations(&operation, 2_900), 4_000);
        assert_eq!(answer_to("pull policies", payload.as_bytes()), ACCEPTED);
    }
}

#[test]
fn many_images_of_one_patch_are_judged_within_limits() {
    let containers = vec![r#"{"image":"acme/a:1.2.3"}"#; 9_500].join(",");
    let patch = format!(r#"[{{"op":"add","path":"/spec/containers","value":[{containers}]}}]"#);
    assert_eq!(answer_to("images", cluster(&patch, 0).as_bytes()), ACCEPTED);
}

#[test]
fn refuses_a_path_that_no_pod_has_and_a_patch_that_no_server_takes() {
    let long = "x".repeat(120_000);
    let path = format!(r#"[{{"op":"add","path":"{long}/spec/containers","value":[]}}]"#);
    let label =
        format!(r#"[{{"op":"add","path":"/metadata/labels/a","value":"{long}{long}{long}"}}]"#);
    for patch in [path, label] {
        assert_eq!(
            answer_to("long", cluster(&patch, 0).as_bytes()),
            Expected::strict([]).unreadable([PATCH]).rejected(400)
        );
    }
}

#[test]
fn many_operations_on_one_container_are_judged_within_limits() {
    let operation = r#"{"op":"add","path":"/spec/containers/0/image","value":"acme/a:main"}"#;
    let payload = cluster(&operations(operation, 3_500), 0);
    let finding = Finding::at(PATCH, "acme/a:main");
    // They are one image at one path.
    assert_eq!(
        answer_to("operations", payload.as_bytes()),
        Expected::strict([finding]).rejected(403)
    );
}
