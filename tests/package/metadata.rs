//! Checks metadata.yml, which `kwctl annotate` writes into the module.

use mutable_tags_policy::policy::Capability;
use mutable_tags_policy::workload::Kind;
use serde_json::{Value, json};

use crate::{read, yaml};

/// Group, kind and the plural of the API server, which cannot be derived from the kind.
const CORE_KINDS: [(&str, &str, &str); 10] = [
    ("", "Pod", "pods"),
    ("", "PodTemplate", "podtemplates"),
    ("", "ReplicationController", "replicationcontrollers"),
    ("apps", "ControllerRevision", "controllerrevisions"),
    ("apps", "DaemonSet", "daemonsets"),
    ("apps", "Deployment", "deployments"),
    ("apps", "ReplicaSet", "replicasets"),
    ("apps", "StatefulSet", "statefulsets"),
    ("batch", "CronJob", "cronjobs"),
    ("batch", "Job", "jobs"),
];
const CLOUDNATIVE_PG_KINDS: [(&str, &str, &str); 4] = [
    ("postgresql.cnpg.io", "Cluster", "clusters"),
    (
        "postgresql.cnpg.io",
        "ClusterImageCatalog",
        "clusterimagecatalogs",
    ),
    ("postgresql.cnpg.io", "ImageCatalog", "imagecatalogs"),
    ("postgresql.cnpg.io", "Pooler", "poolers"),
];

fn texts(rule: &Value, field: &str) -> Vec<String> {
    let list = rule.get(field).unwrap().as_array().unwrap();
    list.iter()
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}

/// Group, resource and operations of everything that the rules match.
fn asked(rules: &Value) -> Vec<(String, String, Vec<String>)> {
    let mut asked: Vec<_> = rules
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|rule| {
            let groups = texts(rule, "apiGroups");
            assert_eq!(groups.len(), 1, "a rule for each group: {rule}");
            assert_eq!(texts(rule, "apiVersions"), ["v1"]);
            texts(rule, "resources").into_iter().map(move |resource| {
                let operations = texts(rule, "operations");
                (groups.concat(), resource, operations)
            })
        })
        .collect();
    asked.sort();
    asked
}

/// Group, resource and operations that the rules must match for `kinds` to be judged.
fn needed(kinds: &[(&str, &str, &str)]) -> Vec<(String, String, Vec<String>)> {
    kinds
        .iter()
        .map(|(group, kind, resource)| {
            let known = Kind::new((*group).into(), (*kind).into());
            // Of a ControllerRevision other shapes are searched too.
            assert!(
                !known.is_searched() || *kind == "ControllerRevision",
                "{kind}"
            );
            let operations = ["CREATE", "UPDATE"].map(str::to_owned).to_vec();
            ((*group).to_owned(), (*resource).to_owned(), operations)
        })
        .collect()
}

#[test]
fn the_rules_match_every_core_kind_and_ephemeral_containers() {
    let mut expected = needed(&CORE_KINDS);
    expected.push((
        String::new(),
        "pods/ephemeralcontainers".to_owned(),
        vec!["UPDATE".to_owned()],
    ));
    expected.sort();
    assert_eq!(asked(yaml("metadata.yml").get("rules").unwrap()), expected);
}

#[test]
fn a_separate_policy_matches_the_kinds_of_cloudnative_pg() {
    let policy = yaml("examples/policies/cloudnative-pg.yaml");
    let mut expected = needed(&CLOUDNATIVE_PG_KINDS);
    expected.sort();
    assert_eq!(asked(policy.pointer("/spec/rules").unwrap()), expected);
}

#[test]
fn artifact_hub_lists_the_kinds_that_are_read() {
    let mut kinds = CORE_KINDS.map(|(_, kind, _)| kind);
    kinds.sort_unstable();
    let metadata = yaml("metadata.yml");
    let listed = metadata.pointer("/annotations/io.artifacthub.resources");
    let mut listed: Vec<_> = listed.unwrap().as_str().unwrap().split(", ").collect();
    listed.sort_unstable();
    assert_eq!(listed, kinds);
}

#[test]
fn the_metadata_names_every_host_capability_that_is_used() {
    let used = [
        Capability::GetResource,
        Capability::ListResourcesByNamespace,
        Capability::ManifestDigest,
        Capability::Manifest,
    ];
    let used = used.map(|capability| {
        let (namespace, operation) = capability.call();
        json!(format!("{namespace}/{operation}"))
    });
    assert_eq!(
        yaml("metadata.yml").get("hostCapabilities"),
        Some(&json!(used))
    );
}

#[test]
fn the_policy_is_a_wapc_module_that_does_not_mutate() {
    let metadata = yaml("metadata.yml");
    for (field, value) in [
        ("executionMode", json!("kubewarden-wapc")),
        ("policyType", json!("kubernetes")),
        ("mutating", json!(false)),
        ("backgroundAudit", json!(true)),
    ] {
        assert_eq!(metadata.get(field), Some(&value), "{field}");
    }
}

/// Kubewarden compares major and minor alone. A policy server that is older does not start
/// with the policy, and kwctl does not run it (1.36.0-beta.1, both).
#[test]
fn the_metadata_and_the_documents_need_the_same_kubewarden() {
    let metadata = yaml("metadata.yml");
    let minimum = metadata.get("minimumKubewardenVersion").unwrap();
    let (version, patch) = minimum.as_str().unwrap().rsplit_once('.').unwrap();
    assert_eq!(patch, "0", "Kubewarden does not read it");
    for (file, says) in [
        (
            "README.md",
            format!("It needs Kubewarden {version} or newer"),
        ),
        ("CONTRIBUTING.md", format!("({version} or newer)")),
    ] {
        let text: Vec<_> = read(file).split_whitespace().map(str::to_owned).collect();
        assert!(
            text.join(" ").contains(&says),
            "{file} does not say: {says}"
        );
    }
}
