//! Updates, judged by what they will pull: every kind with a pod template, and Pods,
//! each changed in every way that matters or does not.

mod change;

use serde_json::{Value, json};

use crate::host::CaseHost;
use crate::test;
use change::{Again, CHANGES, New, Silent, Unchanged, set};

/// Kinds with the path of their pod template, which a Pod is itself.
const KINDS: [(&str, &str, &str); 14] = [
    ("", "Pod", ""),
    ("", "PodTemplate", "/template"),
    ("", "ReplicationController", "/spec/template"),
    ("apps", "Deployment", "/spec/template"),
    ("apps", "ReplicaSet", "/spec/template"),
    ("apps", "StatefulSet", "/spec/template"),
    ("apps", "DaemonSet", "/spec/template"),
    ("apps", "ControllerRevision", "/data/spec/template"),
    ("batch", "Job", "/spec/template"),
    ("batch", "CronJob", "/spec/jobTemplate/spec/template"),
    ("postgresql.cnpg.io", "Pooler", "/spec/template"),
    ("argoproj.io", "Rollout", "/spec/template"),
    (
        "jobset.x-k8s.io",
        "JobSet",
        "/spec/jobs/a/template/spec/template",
    ),
    (
        "elasticsearch.k8s.elastic.co",
        "Elasticsearch",
        "/spec/sets/a/podTemplate",
    ),
];

#[test]
fn every_update_of_every_kind_is_judged_by_what_it_pulls() {
    let mut judged = 0;
    for (group, kind, at) in KINDS {
        for change in CHANGES {
            let outcome = match kind {
                "Pod" => change.outcomes.1,
                _ => change.outcomes.0,
            };
            for (mode, unchanged) in [
                ("strict", "warn"),
                ("strict", "enforce"),
                ("lenient", "warn"),
                ("lenient", "enforce"),
            ] {
                let old = object(kind, at);
                let mut new = old.clone();
                (change.apply)(&mut new, at);
                let settings = json!({"mode": mode, "unchanged": unchanged});
                let answer = judge(group, kind, &new, &old, &settings);
                let is_enforced = match outcome {
                    Silent => false,
                    Unchanged => unchanged == "enforce" && kind != "Pod",
                    New | Again => true,
                };
                let case = format!(
                    "{kind}: {} in {mode} with unchanged: {unchanged}",
                    change.what
                );
                let is_accepted = !is_enforced || mode == "lenient";
                assert_eq!(
                    answer.get("accepted"),
                    Some(&json!(is_accepted)),
                    "{case}: {answer}"
                );
                let message = answer.get("message").unwrap().as_str().unwrap_or_default();
                assert_eq!(message.is_empty(), outcome == Silent, "{case}: {message}");
                assert_eq!(
                    message.contains(
                        ", and this update restarts the Pods and pulls it again, which may no \
                         longer be what runs: "
                    ),
                    outcome == Again,
                    "{case}: {message}"
                );
                assert_eq!(
                    message.contains(" (a warning only, since this update leaves it as it was)"),
                    outcome == Unchanged && !(unchanged == "enforce" && kind != "Pod"),
                    "{case}: {message}"
                );
                judged += 1;
            }
        }
    }
    assert_eq!(judged, 14 * 17 * 4);
}

#[test]
fn a_template_in_another_key_order_and_spelling_is_the_same() {
    let payload = |old: &str| {
        format!(
            r#"{{"request":{{"kind":{{"group":"apps","kind":"Deployment"}},"operation":"UPDATE","userInfo":{{"username":"alice"}},"object":{{"spec":{{"template":{{"metadata":{{"labels":{{"a":"1","b":"2"}}}},"spec":{{"containers":[{{"name":"app","image":"acme/app:main","imagePullPolicy":"Always"}}]}}}}}}}},"oldObject":{old}}},"settings":{{}}}}"#
        )
    };
    let same = r#"{"spec":{"template":{"spec":{"containers":[{"imagePullPolicy":"Always","image":"acme\/app:m\u0061in","name":"app"}]},"metadata":{"labels":{"b":"2", "a":"1"}}}}}"#;
    let twice = same.replace(r#""b":"2""#, r#""b":"2","b":"2""#);
    let other = same.replace(r#""b":"2""#, r#""b":"3""#);
    for (old, is_accepted) in [
        (same, true),
        (twice.as_str(), false),
        (other.as_str(), false),
    ] {
        let answer = validate(&payload(old));
        assert_eq!(
            answer.get("accepted"),
            Some(&json!(is_accepted)),
            "{old}: {answer}"
        );
    }
}

#[test]
fn a_long_template_in_another_key_order_is_the_same() {
    let template = |first: &str, note: &str, last: &str| {
        let pod = r#""spec":{"containers":[{"name":"app","image":"acme/app:main","imagePullPolicy":"Always"}]}"#;
        format!(
            r#"{{"spec":{{"template":{{{first}{pod},"metadata":{{"annotations":{{"note":"{note}"}}}}{last}}}}}}}"#
        )
    };
    let (long, other) = ("a".repeat(100_000), "b".repeat(100_000));
    let old = template("", &long, r#","x":1"#);
    for (note, is_accepted) in [(&long, true), (&other, false)] {
        let new = template(r#""x":1,"#, note, "");
        let answer = validate(&format!(
            r#"{{"request":{{"kind":{{"group":"apps","kind":"Deployment"}},"operation":"UPDATE","userInfo":{{"username":"alice"}},"object":{new},"oldObject":{old}}}}}"#
        ));
        assert_eq!(
            answer.get("accepted"),
            Some(&json!(is_accepted)),
            "{answer}"
        );
    }
}

#[test]
fn an_update_without_an_old_object_is_judged_as_new() {
    for old in [Value::Null, json!("x"), json!({})] {
        let new = object("Deployment", "/spec/template");
        let answer = judge("apps", "Deployment", &new, &old, &json!({}));
        assert_eq!(answer.get("code"), Some(&json!(403)), "{old}: {answer}");
    }
}

#[test]
fn what_could_not_be_read_before_either_is_only_warned_of() {
    let broken = |image: Value| json!({"spec": {"containers": [{"name": "app", "image": image}]}});
    let answer = judge("", "Pod", &broken(json!(5)), &broken(json!(5)), &json!({}));
    assert_eq!(
        answer.get("message").unwrap(),
        "mutable-tags (strict mode): the request cannot be judged: spec.containers[0].image must \
         be a string (a warning only, since this update leaves it as it was)"
    );
    assert_eq!(answer.get("accepted"), Some(&json!(true)));
    for old in [json!(6), json!("acme/app:1.2.3"), Value::Null] {
        let answer = judge(
            "",
            "Pod",
            &broken(json!(5)),
            &broken(old.clone()),
            &json!({}),
        );
        assert_eq!(answer.get("code"), Some(&json!(400)), "{old}: {answer}");
    }
}

#[test]
fn repeated_and_missing_names_are_told_apart_by_their_order() {
    let pod = |tags: [&str; 2], name: Option<&str>| {
        let containers: Vec<_> = tags
            .iter()
            .map(|tag| {
                let image = format!("acme/app:{tag}");
                json!({"name": name, "image": image, "imagePullPolicy": "Always"})
            })
            .collect();
        json!({"spec": {"containers": containers}})
    };
    for name in [None, Some("app")] {
        let old = pod(["main", "dev"], name);
        let same = judge("", "Pod", &old, &old, &json!({}));
        assert_eq!(same.get("accepted"), Some(&json!(true)), "{same}");
        let swapped = judge("", "Pod", &pod(["dev", "main"], name), &old, &json!({}));
        assert_eq!(swapped.get("accepted"), Some(&json!(false)), "{swapped}");
    }
}

/// An object with two containers, of which the second has a mutable tag.
fn object(kind: &str, at: &str) -> Value {
    let spec = json!({"containers": [
        {"name": "side", "image": "acme/side:1.2.3"},
        {"name": "app", "image": "acme/app:main", "imagePullPolicy": "Always"},
    ]});
    let mut object = json!({"kind": kind, "metadata": {"name": "a"}});
    set(&mut object, &format!("{at}/spec"), spec);
    if kind != "Pod" {
        set(&mut object, "/spec/replicas", json!(3));
        set(
            &mut object,
            &format!("{at}/metadata/labels"),
            json!({"app": "a"}),
        );
    }
    object
}

fn judge(group: &str, kind: &str, new: &Value, old: &Value, settings: &Value) -> Value {
    let request = json!({
        "kind": {"group": group, "version": "v1", "kind": kind},
        "operation": "UPDATE",
        "namespace": "default",
        "userInfo": {"username": "alice"},
        "object": new,
        "oldObject": old,
    });
    validate(&json!({"request": request, "settings": settings}).to_string())
}

fn validate(payload: &str) -> Value {
    let answer = mutable_tags_policy::admission::validate(payload.as_bytes(), &CaseHost::silent());
    serde_json::from_slice(&answer).unwrap()
}
