//! Updates are judged by what they make the kubelet pull: tests every kind with a pod
//! template, and Pods, with every change that matters and some that do not.

mod by_kind;
mod change;

use mutable_tags_policy::admission::evaluate;
use mutable_tags_policy::policy::{
    Evaluation, PodStart, Rejection, Severity, Unchanged as EffectOnEqual, UpdateEffect, Verdict,
    WarnReason,
};
use mutable_tags_policy::workload::DecodeErrorKind;
use serde_json::{Value, json};

use crate::host::CaseHost;
use crate::test;
use change::{Added, CHANGES, Restarted, Silent, Unchanged, set};

/// The effect of an update of a kind on a template whose image is unchanged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// Nothing: the image and its pull policy are all there is to compare.
    Pod,
    /// Starts nothing that would not start anyway.
    StartsNothing,
    /// Replaces the Pods, or is known to leave them alone.
    Known,
    /// Replaces the Pods; nothing is known of other changes.
    Searched,
}

/// Group, kind, the path of the pod template, which is empty for a Pod, and the rule.
const KINDS: [(&str, &str, &str, Rule); 14] = [
    ("", "Pod", "", Rule::Pod),
    ("", "PodTemplate", "/template", Rule::StartsNothing),
    (
        "",
        "ReplicationController",
        "/spec/template",
        Rule::StartsNothing,
    ),
    ("apps", "Deployment", "/spec/template", Rule::Known),
    ("apps", "ReplicaSet", "/spec/template", Rule::StartsNothing),
    ("apps", "StatefulSet", "/spec/template", Rule::Known),
    ("apps", "DaemonSet", "/spec/template", Rule::Known),
    (
        "apps",
        "ControllerRevision",
        "/data/spec/template",
        Rule::StartsNothing,
    ),
    ("batch", "Job", "/spec/template", Rule::StartsNothing),
    (
        "batch",
        "CronJob",
        "/spec/jobTemplate/spec/template",
        Rule::StartsNothing,
    ),
    (
        "postgresql.cnpg.io",
        "Pooler",
        "/spec/template",
        Rule::Known,
    ),
    ("argoproj.io", "Rollout", "/spec/template", Rule::Known),
    (
        "jobset.x-k8s.io",
        "JobSet",
        "/spec/jobs/a/template/spec/template",
        Rule::Searched,
    ),
    (
        "elasticsearch.k8s.elastic.co",
        "Elasticsearch",
        "/spec/sets/a/podTemplate",
        Rule::Searched,
    ),
];

#[test]
fn judges_every_update_by_what_it_pulls() {
    let mut judged = 0;
    for (group, kind, at, rule) in KINDS {
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
                let evaluation = judge(group, kind, &new, &old, &settings);
                let is_enforced = unchanged == "enforce" && kind != "Pod";
                let is_suspended =
                    kind == "Job" && new.pointer("/spec/suspend") == Some(&json!(true));
                let left = match rule {
                    _ if is_suspended => EffectOnEqual::Suspended,
                    Rule::Pod | Rule::Known => EffectOnEqual::LeftAlone,
                    Rule::StartsNothing | Rule::Searched => EffectOnEqual::ThereBefore,
                };
                let outcome = match outcome {
                    Restarted if rule == Rule::StartsNothing => Unchanged,
                    outcome => outcome,
                };
                let found = evaluation.findings.first();
                let found = found.map(|finding| (finding.effect, finding.severity.code()));
                let (found_expected, is_denied) = match outcome {
                    Silent => (None, false),
                    Unchanged if is_enforced => {
                        (Some((UpdateEffect::Unchanged(left), "deny")), true)
                    }
                    Unchanged => (Some((UpdateEffect::Unchanged(left), "unchanged")), false),
                    Added => (Some((UpdateEffect::Added, "deny")), true),
                    Restarted => (Some((UpdateEffect::Restarted(PodStart::Now), "deny")), true),
                };
                let verdict = match outcome {
                    Silent => Verdict::Accepted,
                    _ if is_denied && mode == "strict" => Verdict::Rejected(Rejection::Findings),
                    _ => Verdict::Warned,
                };
                let case = format!(
                    "{kind}: {} in {mode} with unchanged: {unchanged}",
                    change.name
                );
                assert_eq!(
                    (evaluation.verdict, found),
                    (verdict, found_expected),
                    "{case}"
                );
                judged += 1;
            }
        }
    }
    assert_eq!(judged, 14 * 17 * 4);
}

#[test]
fn key_order_and_spelling_do_not_change_a_template() {
    let payload = |old: &str| {
        format!(
            r#"{{"request":{{"kind":{{"group":"apps","kind":"Deployment"}},"operation":"UPDATE","userInfo":{{"username":"alice"}},"object":{{"spec":{{"template":{{"metadata":{{"labels":{{"a":"1","b":"2"}}}},"spec":{{"containers":[{{"name":"app","image":"acme/app:main","imagePullPolicy":"Always"}}]}}}}}}}},"oldObject":{old}}},"settings":{{}}}}"#
        )
    };
    let same = r#"{"spec":{"template":{"spec":{"containers":[{"imagePullPolicy":"Always","image":"acme\/app:m\u0061in","name":"app"}]},"metadata":{"labels":{"b":"2", "a":"1"}}}}}"#;
    let other = same.replace(r#""b":"2""#, r#""b":"3""#);
    for (old, verdict) in [
        (same, Verdict::Warned),
        (other.as_str(), Verdict::Rejected(Rejection::Findings)),
    ] {
        assert_eq!(evaluated(&payload(old)).verdict, verdict, "{old}");
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
    for (note, verdict) in [
        (&long, Verdict::Warned),
        (&other, Verdict::Rejected(Rejection::Findings)),
    ] {
        let new = template(r#""x":1,"#, note, "");
        let evaluation = evaluated(&format!(
            r#"{{"request":{{"kind":{{"group":"apps","kind":"Deployment"}},"operation":"UPDATE","userInfo":{{"username":"alice"}},"object":{new},"oldObject":{old}}}}}"#
        ));
        assert_eq!(evaluation.verdict, verdict);
    }
}

#[test]
fn an_update_without_an_old_object_is_judged_as_new() {
    for old in [Value::Null, json!("x"), json!({})] {
        let new = object("Deployment", "/spec/template");
        let evaluation = judge("apps", "Deployment", &new, &old, &json!({}));
        let verdict = Verdict::Rejected(Rejection::Findings);
        assert_eq!(evaluation.verdict, verdict, "{old}");
    }
}

#[test]
fn errors_of_the_old_object_only_warn() {
    let broken = |image: Value| json!({"spec": {"containers": [{"name": "app", "image": image}]}});
    let evaluation = judge("", "Pod", &broken(json!(5)), &broken(json!(5)), &json!({}));
    let [field] = evaluation.errors.as_slice() else {
        panic!("{:?}", evaluation.errors);
    };
    assert_eq!(field.error.path().to_string(), "spec.containers[0].image");
    assert_eq!(field.error.kind(), DecodeErrorKind::NotAString);
    assert_eq!(
        field.severity,
        Severity::Warn(WarnReason::Unchanged(EffectOnEqual::LeftAlone))
    );
    assert_eq!(evaluation.verdict, Verdict::Warned);
    for old in [json!(6), json!("acme/app:1.2.3"), Value::Null] {
        let evaluation = judge(
            "",
            "Pod",
            &broken(json!(5)),
            &broken(old.clone()),
            &json!({}),
        );
        let verdict = Verdict::Rejected(Rejection::Unreadable);
        assert_eq!(evaluation.verdict, verdict, "{old}");
    }
}

#[test]
fn repeated_and_missing_names_are_matched_by_order() {
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
        assert_eq!(same.verdict, Verdict::Warned);
        let swapped = judge("", "Pod", &pod(["dev", "main"], name), &old, &json!({}));
        let verdict = Verdict::Rejected(Rejection::Findings);
        assert_eq!(swapped.verdict, verdict);
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

fn judge(group: &str, kind: &str, new: &Value, old: &Value, settings: &Value) -> Evaluation {
    let request = json!({
        "kind": {"group": group, "version": "v1", "kind": kind},
        "operation": "UPDATE",
        "namespace": "default",
        "userInfo": {"username": "alice"},
        "object": new,
        "oldObject": old,
    });
    evaluated(&json!({"request": request, "settings": settings}).to_string())
}

fn evaluated(payload: &str) -> Evaluation {
    evaluate(payload.as_bytes(), &CaseHost::silent()).unwrap()
}
