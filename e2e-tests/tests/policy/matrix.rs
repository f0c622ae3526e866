//! Tests every built-in kind, with every list of containers, and with images of every sort and
//! pull policy.

use serde_json::{Value, json};

use crate::answer;
use crate::answer::{ACCEPTED, Expected, Finding};
use crate::request::{MOVING, PINNED, VERSION, create, with};

const KINDS: [(&str, &str, &str); 10] = [
    ("v1", "Pod", "spec"),
    ("v1", "PodTemplate", "template.spec"),
    ("v1", "ReplicationController", "spec.template.spec"),
    ("apps/v1", "Deployment", "spec.template.spec"),
    ("apps/v1", "ReplicaSet", "spec.template.spec"),
    ("apps/v1", "StatefulSet", "spec.template.spec"),
    ("apps/v1", "DaemonSet", "spec.template.spec"),
    ("apps/v1", "ControllerRevision", "data.spec.template.spec"),
    ("batch/v1", "Job", "spec.template.spec"),
    ("batch/v1", "CronJob", "spec.jobTemplate.spec.template.spec"),
];

/// Other versions that these kinds have had or may get.
const OTHER_VERSIONS: [(&str, &str, &str); 8] = [
    ("apps/v1beta1", "Deployment", "spec.template.spec"),
    ("apps/v1beta2", "StatefulSet", "spec.template.spec"),
    ("apps/v1beta2", "DaemonSet", "spec.template.spec"),
    (
        "apps/v1beta1",
        "ControllerRevision",
        "data.spec.template.spec",
    ),
    (
        "batch/v1beta1",
        "CronJob",
        "spec.jobTemplate.spec.template.spec",
    ),
    (
        "batch/v2alpha1",
        "CronJob",
        "spec.jobTemplate.spec.template.spec",
    ),
    ("batch/v2", "Job", "spec.template.spec"),
    ("v2", "Pod", "spec"),
];

/// The lists of a PodSpec that hold images.
const LISTS: [&str; 4] = [
    "containers",
    "initContainers",
    "ephemeralContainers",
    "volumes",
];

const LATEST_IMAGE: &str = "registry.example.com/shop/web:latest";

/// An image, its declared pull policy, and whether that is a finding.
const CASES: [(&str, Option<&str>, bool); 9] = [
    (MOVING, Some("Always"), true),
    (MOVING, Some("IfNotPresent"), false),
    (MOVING, Some("Never"), false),
    (VERSION, Some("Always"), false),
    (PINNED, Some("Always"), false),
    (MOVING, None, false),
    (MOVING, Some(""), false),
    (LATEST_IMAGE, None, true),
    (LATEST_IMAGE, Some(""), true),
];

/// An object with an immutable tag in every list, and the image of the case after it in one of
/// them.
fn object(kind: (&str, &str, &str), list: &str, image: &str, policy: Option<&str>) -> Value {
    let (api_version, kind, path) = kind;
    let mut spec = json!({});
    for name in LISTS {
        spec[name] = json!([item(name, "first", VERSION, Some("Always"))]);
    }
    let items = spec[list].as_array_mut().unwrap();
    items.push(item(list, "second", image, policy));
    let mut object = path
        .rsplit('.')
        .fold(spec, |inner, field| json!({field: inner}));
    object["apiVersion"] = json!(api_version);
    object["kind"] = json!(kind);
    object["metadata"] = json!({"name": "web", "namespace": "shop"});
    // As Kubernetes' own controllers write it. Another patch keeps the pull policy that was there.
    if let Some(template) = object.pointer_mut("/data/spec/template") {
        template["$patch"] = json!("replace");
    }
    object
}

fn item(list: &str, name: &str, image: &str, policy: Option<&str>) -> Value {
    if list == "volumes" {
        let mut source = json!({"reference": image});
        if let Some(policy) = policy {
            source["pullPolicy"] = json!(policy);
        }
        json!({"name": name, "image": source})
    } else {
        let mut container = json!({"name": name, "image": image});
        if let Some(policy) = policy {
            container["imagePullPolicy"] = json!(policy);
        }
        container
    }
}

fn finding(path: &str, list: &str, image: &str) -> Finding {
    let field = match list {
        "volumes" => "image.reference",
        _ => "image",
    };
    let reason = match image {
        LATEST_IMAGE => "latest",
        _ => "channel",
    };
    Finding::at(&format!("{path}.{list}[1].{field}"), image).with_reason(reason)
}

/// Calls `check` with the name, the request, the list and the finding of each case.
fn each_case(
    kinds: &[(&str, &str, &str)],
    mut check: impl FnMut(&str, &Value, &str, Option<Finding>),
) {
    for &kind in kinds {
        for list in LISTS {
            for (image, policy, is_found) in CASES {
                let case = format!("{} {} {} {image} {policy:?}", kind.0, kind.1, list);
                let request = create(object(kind, list, image, policy));
                let finding = is_found.then(|| finding(kind.2, list, image));
                check(&case, &request, list, finding);
            }
        }
    }
}

/// The answer with default settings. A finding rejects, except in an ephemeral container.
fn expected(list: &str, finding: Option<Finding>) -> Expected {
    match finding {
        None => ACCEPTED,
        Some(finding) if list == "ephemeralContainers" => Expected::strict([finding]).accepted(),
        Some(finding) => Expected::strict([finding]).rejected(403),
    }
}

#[test]
fn judges_every_kind_and_list_by_tag_and_pull_policy() {
    let mut count = 0;
    each_case(&KINDS, |case, request, list, finding| {
        assert_eq!(
            answer(case, request, &json!({})),
            expected(list, finding),
            "{case}"
        );
        count += 1;
    });
    assert_eq!(count, 10 * 4 * 9);
}

#[test]
fn an_update_is_judged_as_a_creation_is() {
    each_case(&KINDS, |case, request, list, finding| {
        let update = with(request, "/operation", json!("UPDATE"));
        assert_eq!(
            answer(case, &update, &json!({})),
            expected(list, finding),
            "{case}"
        );
    });
}

#[test]
fn every_version_of_a_group_is_judged_alike() {
    each_case(&OTHER_VERSIONS, |case, request, list, finding| {
        assert_eq!(
            answer(case, request, &json!({})),
            expected(list, finding),
            "{case}"
        );
    });
}

/// Unknown kinds, some of which have the name of a known one.
const SEARCHED: [(&str, &str, &str); 7] = [
    ("extensions/v1beta1", "Deployment", "spec.template.spec"),
    ("example.com/v1", "Pod", "spec"),
    ("App/v1", "DaemonSet", "spec.template.spec"),
    ("core/v1", "PodTemplate", "template.spec"),
    ("apps/v1", "deployment", "spec.template.spec"),
    ("argoproj.io/v1alpha1", "Rollout", "spec.template.spec"),
    ("jobset.x-k8s.io/v1alpha2", "JobSet", "spec.a.b.c.d.e.f.g"),
];

#[test]
fn judges_searched_kinds_by_tag_and_pull_policy() {
    each_case(&SEARCHED, |case, request, list, finding| {
        assert_eq!(
            answer(case, request, &json!({})),
            expected(list, finding),
            "{case}"
        );
    });
}

#[test]
fn a_known_name_in_another_group_is_another_kind() {
    for (api_version, kind, path) in KINDS {
        let request = create(object((api_version, kind, path), "containers", "a b", None));
        let finding = finding(path, "containers", "a b")
            .with_reason("unparsable")
            .with_pull_policy("IfNotPresent");
        assert_eq!(
            answer(kind, &request, &json!({})),
            Expected::strict([finding]).rejected(403),
            "{kind}"
        );
        // In an object that is searched, a text that is no reference is no finding.
        for group in ["extensions", "example.com", "App", "apps.", "core"] {
            let case = format!("{kind} of {group}");
            let other = with(&request, "/kind/group", json!(group));
            assert_eq!(answer(&case, &other, &json!({})), ACCEPTED, "{case}");
        }
        let renamed = with(&request, "/kind/kind", json!(kind.to_lowercase()));
        assert_eq!(answer(kind, &renamed, &json!({})), ACCEPTED, "{kind}");
    }
}

#[test]
fn ephemeral_containers_follow_their_setting() {
    for setting in ["warn", "enforce", "ignore"] {
        let settings = json!({"ephemeralContainers": setting});
        each_case(&KINDS, |case, request, list, finding| {
            let expected = match (list, setting, finding) {
                ("ephemeralContainers", "ignore", _) | (_, _, None) => ACCEPTED,
                ("ephemeralContainers", "warn", Some(finding)) => {
                    Expected::strict([finding]).accepted()
                }
                (_, _, Some(finding)) => Expected::strict([finding]).rejected(403),
            };
            let case = format!("{case} {setting}");
            assert_eq!(answer(&case, request, &settings), expected, "{case}");
        });
    }
}

#[test]
fn only_ephemeral_containers_count_where_only_they_can_change() {
    for setting in ["warn", "enforce", "ignore"] {
        let settings = json!({"ephemeralContainers": setting});
        each_case(&KINDS[..1], |case, request, list, finding| {
            let update = with(request, "/operation", json!("UPDATE"));
            let debug = with(&update, "/subResource", json!("ephemeralcontainers"));
            let expected = match (list, setting, finding) {
                ("ephemeralContainers", "warn", Some(finding)) => {
                    Expected::strict([finding]).accepted()
                }
                ("ephemeralContainers", "enforce", Some(finding)) => {
                    Expected::strict([finding]).rejected(403)
                }
                _ => ACCEPTED,
            };
            let case = format!("{case} {setting}");
            assert_eq!(answer(&case, &debug, &settings), expected, "{case}");
        });
    }
}
