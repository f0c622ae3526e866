//! The limits of what is kept of an object and of host answers.

use mutable_tags_policy::admission::{Refusal, evaluate};
use mutable_tags_policy::policy::{Capability, Evaluation, Host, Outcome, Rejection, Verdict};
use serde_json::{Value, json};

use crate::actual;
use crate::host::CaseHost;
use crate::test;

/// Evaluates an object of an unknown kind, which is searched for containers.
fn evaluated(object: &str) -> Result<Evaluation, Refusal> {
    let payload = format!(
        r#"{{"request":{{"kind":{{"group":"example.com","kind":"Web"}},"operation":"CREATE","object":{object}}}}}"#
    );
    evaluate(payload.as_bytes(), &CaseHost::silent())
}

/// Nests a value in `levels` objects.
fn within(levels: usize, value: &str) -> String {
    format!("{}{value}{}", r#"{"a":"#.repeat(levels), "}".repeat(levels))
}

#[test]
fn reads_as_deep_as_a_host_sends() {
    // serde_json reads 127 levels, of which the payload and the request are two.
    let container = r#"{"containers":[{"image":"a"}]}"#;
    assert_eq!(
        evaluated(&within(122, container)).unwrap().findings.len(),
        1
    );
    assert_eq!(evaluated(&within(123, container)), Err(Refusal::NotJson));
}

#[test]
fn skips_what_is_not_read_however_deep_it_is() {
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    let object = format!(r#"{{"status":{deep},"containers":[{{"image":"a"}}]}}"#);
    assert_eq!(evaluated(&object).unwrap().findings.len(), 1);
}

#[test]
fn keeps_as_many_paths_as_the_limit_allows() {
    let containers = |count: usize| {
        let containers = vec![r#"{"image":"a"}"#; count].join(",");
        within(96, &format!(r#"{{"containers":[{containers}]}}"#))
    };
    // A path counts as 64 bytes, 16 for each of its 99 steps, and 111 for names: 2 MiB hold
    // 1,192 of them.
    let kept = evaluated(&containers(1_192)).unwrap();
    assert_eq!((kept.findings.len(), kept.errors.len()), (1_192, 0));
    let exceeded = evaluated(&containers(1_193)).unwrap();
    let actual = json!(actual::of(&exceeded));
    assert_eq!(
        actual,
        json!({"verdict": "rejected 400", "errors": ["object: too-much"]})
    );
}

#[test]
fn limits_a_long_name_that_many_images_share() {
    let object = |name: usize| {
        let containers = vec![r#"{"image":"a"}"#; 1_000].join(",");
        let name = "n".repeat(name);
        format!(r#"{{"list":[{{"name":"{name}","containers":[{containers}]}}]}}"#)
    };
    assert_eq!(evaluated(&object(1_900)).unwrap().findings.len(), 1_000);
    let exceeded = json!(actual::of(&evaluated(&object(2_000)).unwrap()));
    assert_eq!(
        exceeded,
        json!({"verdict": "rejected 400", "errors": ["object: too-much"]})
    );
}

#[test]
fn compares_a_thousand_images_with_hundreds_of_patterns_and_no_more() {
    let container = r#"{"image":"a:b","imagePullPolicy":"Always"}"#;
    let containers = vec![container; 1_000].join(",");
    let actual = |mode: &str, setting: &str, patterns: usize| {
        let patterns: Vec<_> = (0..patterns).map(|number| format!("b{number}")).collect();
        let mut settings = match setting {
            "exemptions" => json!({"exemptions": [{"images": patterns, "reason": "a trial"}]}),
            _ => json!({"tags": {(setting): patterns}}),
        };
        settings["mode"] = json!(mode);
        let payload = format!(
            r#"{{"request":{{"kind":{{"kind":"Pod"}},"operation":"CREATE","object":{{"spec":{{"containers":[{containers}]}}}}}},"settings":{settings}}}"#
        );
        let evaluation = evaluate(payload.as_bytes(), &CaseHost::silent()).unwrap();
        let verdict = json!(actual::of(&evaluation))["verdict"].clone();
        let errors = evaluation.errors.iter();
        let codes: Vec<_> = errors.map(|error| error.error.kind().code()).collect();
        (verdict, evaluation.findings.len(), codes)
    };
    for setting in ["mutable", "immutable", "exemptions"] {
        for (mode, found, refused) in [
            ("strict", "rejected 403", "rejected 400"),
            ("lenient", "warned", "warned"),
        ] {
            let expected = (json!(found), 1_000, vec![]);
            assert_eq!(actual(mode, setting, 100), expected, "{setting}");
            let expected = (json!(refused), 0, vec!["too-many-comparisons"]);
            assert_eq!(actual(mode, setting, 200), expected, "{setting}");
        }
    }
}

/// The errors of an object of a kind that the settings declare.
fn declared(images: &[&str], object: &str) -> Vec<&'static str> {
    let images: Vec<_> = images.iter().map(|image| json!({"image": image})).collect();
    let declaration = json!({"apiGroup": "example.com", "kind": "Web", "images": images});
    let settings = json!({"customResources": [declaration]});
    let payload = format!(
        r#"{{"request":{{"kind":{{"group":"example.com","kind":"Web"}},"operation":"CREATE","object":{object}}},"settings":{settings}}}"#
    );
    let evaluation = evaluate(payload.as_bytes(), &CaseHost::silent()).unwrap();
    let errors = evaluation.errors.iter();
    errors.map(|error| error.error.kind().code()).collect()
}

#[test]
fn looks_at_a_million_values_for_declared_images_and_no_more() {
    // Each pattern looks at the object, at `spec` and at every item of it.
    for (pattern, item) in [
        ("spec[a].image", r#"{"name":"b"}"#),
        ("spec[*].image", "{}"),
        ("spec[*].image", "null"),
    ] {
        let errors = |items: usize| {
            let object = format!(r#"{{"spec":[{}]}}"#, vec![item; items].join(","));
            declared(&[pattern; 10], &object)
        };
        assert_eq!(errors(99_997), Vec::<&str>::new(), "{pattern}, {item}");
        let expected = ["too-many-comparisons"];
        assert_eq!(errors(99_998), expected, "{pattern}, {item}");
    }
}

#[test]
fn looks_at_8_million_steps_of_tags_and_mirrors() {
    let errors = |tag: &str, mirrors: usize, images: usize| {
        let image = json!({"image": format!("a:{tag}"), "imagePullPolicy": "Always"});
        let mirrors = (0..mirrors).map(|number| (format!("m{number}.example"), json!("docker.io")));
        let payload = json!({
            "request": {
                "kind": {"version": "v1", "kind": "Pod"},
                "operation": "CREATE",
                "object": {"spec": {"containers": vec![image; images]}},
            },
            "settings": {"tags": {"mirrors": Value::Object(mirrors.collect())}},
        });
        let evaluation = evaluate(payload.to_string().as_bytes(), &CaseHost::silent()).unwrap();
        actual::of(&evaluation).get("errors").cloned()
    };
    let refused = Some(json!(["object: too-many-comparisons"]));
    // A tag takes 64 steps for each of its 128 characters: 1,024 of them spend all 2^23.
    let tag = "v".repeat(128);
    assert_eq!(errors(&tag, 0, 1_023), None);
    assert_eq!(errors(&tag, 0, 1_024), refused);
    // 64 steps for the tag, and 8 for each of 1,000 mirrors.
    assert_eq!(errors("v", 1_000, 1_040), None);
    assert_eq!(errors("v", 1_000, 1_041), refused);
}

/// The errors of a Pod with these variables, and with these globs in `imageEnvVars`.
fn variables(variables: &[(String, String)], globs: &[String]) -> Option<Value> {
    let variables = variables.iter();
    let variables = variables.map(|(name, value)| json!({"name": name, "value": value}));
    let container = json!({"image": "a:1.2.3", "env": variables.collect::<Vec<_>>()});
    let payload = json!({
        "request": {
            "kind": {"version": "v1", "kind": "Pod"},
            "operation": "CREATE",
            "object": {"spec": {"containers": [container]}},
        },
        "settings": {"imageEnvVars": globs},
    });
    let evaluation = evaluate(payload.to_string().as_bytes(), &CaseHost::silent()).unwrap();
    actual::of(&evaluation).get("errors").cloned()
}

#[test]
fn compares_names_of_variables_in_8_million_steps() {
    let globs: Vec<_> = (0..200).map(|number| format!("a*b{number}")).collect();
    let errors = |count: usize| {
        // None of the globs matches, so that each name is compared with all of them.
        let named = (1_000..1_000 + count)
            .map(|number| (format!("a{}{number}", "b".repeat(200)), String::new()));
        variables(&named.collect::<Vec<_>>(), &globs)
    };
    assert_eq!(errors(101), None);
    assert_eq!(errors(102), Some(json!(["object: too-many-comparisons"])));
}

/// The container has no image, so only its variables can exceed the limit.
#[test]
fn refuses_too_many_variables_of_a_container_without_an_image() {
    let globs: Vec<_> = (0..200).map(|number| format!("a*b{number}")).collect();
    let evaluation = |variables: usize| {
        let variable = json!({"name": format!("a{}x", "b".repeat(200)), "value": "v"});
        let container = json!({"name": "c", "env": vec![variable; variables]});
        let podspec = json!({"containers": [container]});
        let payload = json!({
            "request": {
                "kind": {"group": "example.com", "version": "v1", "kind": "Web"},
                "operation": "CREATE",
                "object": {"spec": {"pod": podspec}},
            },
            "settings": {
                "imageEnvVars": globs,
                "customResources": [
                    {"apiGroup": "example.com", "kind": "Web", "podSpecs": ["spec.pod"]},
                ],
            },
        });
        let evaluation = evaluate(payload.to_string().as_bytes(), &CaseHost::silent()).unwrap();
        json!(actual::of(&evaluation))
    };
    assert_eq!(evaluation(10), json!({"verdict": "accepted"}));
    assert_eq!(
        evaluation(400),
        json!({"verdict": "rejected 400", "errors": ["object: too-many-comparisons"]})
    );
}

#[test]
fn expands_variables_to_2_mebibytes() {
    let errors = |last: usize| {
        let values = [
            ("A", "a".repeat(1_000)),
            ("B", "$(A)".repeat(500)),
            ("C", "$(B)".repeat(last)),
        ];
        let values = values.map(|(name, value)| (name.to_owned(), value));
        variables(&values, &["C".to_owned()])
    };
    // Each is half a megabyte, besides that of B itself.
    assert_eq!(errors(3), None);
    assert_eq!(errors(4), Some(json!(["object: too-much"])));
}

#[test]
fn adjusts_five_thousand_images_and_no_more() {
    let verdict = |images: usize, adjust: &str| {
        let container = json!({"image": "a:v", "imagePullPolicy": "Always"});
        let payload = json!({
            "request": {
                "kind": {"version": "v1", "kind": "Pod"},
                "operation": "CREATE",
                "object": {"spec": {"containers": vec![container; images]}},
            },
            "settings": {"adjust": adjust},
        });
        let evaluation = evaluate(payload.to_string().as_bytes(), &CaseHost::silent()).unwrap();
        evaluation.verdict
    };
    // Each takes 1,500 steps of 2^23, and 64 for its tag in each of two passes.
    assert_eq!(verdict(5_100, "if-not-present"), Verdict::Warned);
    let refused = Verdict::Rejected(Rejection::Unreadable);
    assert_eq!(verdict(5_200, "if-not-present"), refused);
    let found = Verdict::Rejected(Rejection::Findings);
    assert_eq!(verdict(5_200, "none"), found);
}

/// The evaluation of a Cluster with a patch for its Pods.
fn patched(patch: &str) -> Value {
    let payload = json!({"request": {
        "kind": {"group": "postgresql.cnpg.io", "kind": "Cluster"},
        "operation": "CREATE",
        "object": {
            "metadata": {"annotations": {"cnpg.io/podPatch": patch}},
            "spec": {},
        },
    }});
    let evaluation = evaluate(payload.to_string().as_bytes(), &CaseHost::silent()).unwrap();
    json!(actual::of(&evaluation))
}

fn accepted() -> Value {
    json!({"verdict": "accepted"})
}

fn refused_patch() -> Value {
    json!({
        "verdict": "rejected 400",
        "errors": ["metadata.annotations[cnpg.io/podPatch]: not-a-patch"],
    })
}

#[test]
fn reads_patches_of_256_kibibytes() {
    let patch = |bytes: usize| format!("[{}]", " ".repeat(bytes - 2));
    assert_eq!(patched(&patch(1 << 18)), accepted());
    assert_eq!(patched(&patch((1 << 18) + 1)), refused_patch());
}

#[test]
fn reads_paths_of_255_bytes_in_a_patch() {
    let patch = |bytes: usize| {
        let digits = bytes - "/spec/containers//image".len();
        let path = format!("/spec/containers/{:0digits$}/image", 0);
        json!([{"op": "replace", "path": path, "value": "acme/own:1.2.3"}]).to_string()
    };
    assert_eq!(patched(&patch(255)), accepted());
    assert_eq!(patched(&patch(256)), refused_patch());
}

#[test]
fn looks_for_the_pull_policy_of_an_image_among_a_hundred_operations() {
    let actual = |operations: usize| {
        let field = |number, name: &str, value| json!({"op": "replace", "path": format!("/spec/containers/{number}/{name}"), "value": value});
        let mut patch = vec![field(0, "image", "acme/own:main")];
        let policies = (0..operations - 1).map(|number| field(number, "imagePullPolicy", "Never"));
        patch.extend(policies);
        patched(&json!(patch).to_string())["verdict"].clone()
    };
    assert_eq!(actual(100), "accepted");
    assert_eq!(actual(101), "rejected 403");
}

#[test]
fn keeps_2_mebibytes_of_images_of_a_patch() {
    let patch = |images: usize| {
        let containers = vec![json!({"image": "a"}); images];
        json!([{"op": "add", "path": "/spec/containers", "value": containers}]).to_string()
    };
    // An image counts as 64 bytes, 16 for each of the three steps to the annotation, 35 for their
    // names, 16 for the path of the operation, and 1 for its text: 2 MiB hold 12,787 of them.
    assert_eq!(patched(&patch(12_787))["verdict"], "rejected 403");
    assert_eq!(patched(&patch(12_788)), refused_patch());
}

#[test]
fn names_ten_exempted_images() {
    let exempted = |images: usize| {
        let containers: Vec<_> = (0..images)
            .map(|number| json!({"image": format!("acme/a{number}:main"), "imagePullPolicy": "Always"}))
            .collect();
        let payload = json!({
            "request": {
                "kind": {"version": "v1", "kind": "Pod"},
                "operation": "CREATE",
                "object": {"spec": {"containers": containers}},
            },
            "settings": {"exemptions": [{"images": ["acme/*"], "reason": "known"}]},
        });
        let evaluation = evaluate(payload.to_string().as_bytes(), &CaseHost::silent()).unwrap();
        evaluation.exempted.len()
    };
    assert_eq!([9, 10, 11].map(exempted), [9, 10, 10]);
}

#[test]
fn keeps_4_mebibytes_of_images_that_are_declared_several_times() {
    let object = format!(r#"{{"spec":{{"image":"{}"}}}}"#, "a".repeat(1 << 20));
    let errors = |times: usize| declared(&vec!["spec.image"; times], &object);
    assert_eq!(errors(4), Vec::<&str>::new());
    assert_eq!(errors(5), ["too-much"]);
}

#[test]
fn a_known_kind_with_too_many_items_is_too_much() {
    let errors = |items: usize| {
        let zones = vec!["{}"; items].join(",");
        let payload = format!(
            r#"{{"request":{{"kind":{{"group":"operator.victoriametrics.com","kind":"VLDistributed"}},"operation":"CREATE","object":{{"spec":{{"zones":[{zones}]}}}}}}}}"#
        );
        let evaluation = evaluate(payload.as_bytes(), &CaseHost::silent()).unwrap();
        json!(actual::of(&evaluation))
    };
    assert_eq!(errors(1_000), json!({"verdict": "accepted"}));
    assert_eq!(
        errors(200_000),
        json!({"verdict": "rejected 400", "errors": ["object: too-much"]})
    );
}

#[test]
fn keeps_2_mebibytes_of_names_on_the_paths_of_errors() {
    let errors = |count: usize| {
        // With `spec` and `image` that is 256 bytes, of which 2 MiB hold 8,192.
        let field = |number| format!(r#""{number:0247}":{{"image":1}}"#);
        let fields: Vec<_> = (0..count).map(field).collect();
        declared(
            &["spec[*].image"],
            &format!(r#"{{"spec":{{{}}}}}"#, fields.join(",")),
        )
    };
    assert_eq!(errors(8_192).len(), 8_192);
    assert_eq!(errors(8_193), ["too-much"]);
}

#[test]
fn keeps_fewer_than_10_000_errors() {
    let errors = |count: usize| {
        let items = vec![r#"{"image":1}"#; count].join(",");
        declared(&["spec[*].image"], &format!(r#"{{"spec":[{items}]}}"#))
    };
    assert_eq!(errors(9_999).len(), 9_999);
    assert_eq!(errors(10_000), ["too-much"]);
}

/// A host whose answers are padded to so many bytes.
struct PaddedHost(usize);

impl Host for PaddedHost {
    fn ask(&self, _: Capability, _: &str) -> Result<Vec<u8>, String> {
        let mut answer = json!({"digest": format!("sha256:{}", "b".repeat(64))})
            .to_string()
            .into_bytes();
        answer.resize(self.0, b' ');
        Ok(answer)
    }
}

#[test]
fn reads_registry_answers_up_to_4_mebibytes() {
    let payload = json!({
        "request": {
            "kind": {"kind": "Pod"},
            "operation": "CREATE",
            "object": {"spec": {"containers": [{"image": "ghcr.io/acme/app"}]}},
        },
        "settings": {"adjust": "pin", "registries": ["ghcr.io"]},
    });
    let outcome = |length| {
        let evaluation = evaluate(payload.to_string().as_bytes(), &PaddedHost(length)).unwrap();
        evaluation.findings.into_iter().next().unwrap().outcome
    };
    assert!(matches!(outcome(4 << 20), Some(Outcome::Pinned(_))));
    let Some(Outcome::NotPinned(error)) = outcome((4 << 20) + 1) else {
        panic!("it is pinned");
    };
    assert_eq!(error.code(), "too-long");
}

#[test]
fn compares_names_up_to_16_mebibytes() {
    // 100 variables of this name stay 16 bytes below the limit.
    let name = "n".repeat(167_772);
    let pod = |variables: usize| {
        let env: Vec<_> = (0..variables)
            .map(|number| json!({"name": format!("X{number}"), "value": "acme/app:main"}))
            .collect();
        json!({"spec": {"containers": [{"name": name, "env": env}]}})
    };
    for (variables, old_variables, verdict) in [
        (100, 100, Verdict::Warned),
        (101, 101, Verdict::Rejected(Rejection::Findings)),
        (100, 101, Verdict::Rejected(Rejection::Findings)),
    ] {
        let payload = json!({
            "request": {
                "kind": {"kind": "Pod"},
                "operation": "UPDATE",
                "object": pod(variables),
                "oldObject": pod(old_variables),
            },
            "settings": {"imageEnvVars": ["X*"]},
        });
        let payload = payload.to_string();
        let evaluation = evaluate(payload.as_bytes(), &CaseHost::silent()).unwrap();
        assert_eq!(
            evaluation.verdict, verdict,
            "{variables} variables that were {old_variables}"
        );
    }
}
