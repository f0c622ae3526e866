//! The costliest payloads that are known: 2 MiB, which is all that policy-server accepts, with up to
//! 100 KiB of settings. Each stays within the limits of instructions and memory, with an answer.

use e2e_tests::host::{Host, HostError, Request};
use serde_json::{Value, json};

use super::cost::{answer_to, answer_with};

/// The size of a payload, in bytes.
const PAYLOAD: usize = 2 << 20;
/// The size of settings, in bytes.
const SETTINGS: usize = 99_000;

const IMAGE: &str = "ghcr.io/acme/web:main";
const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// A group and a kind.
type Kind = (&'static str, &'static str);

const POD: Kind = ("", "Pod");
const DEPLOYMENT: Kind = ("apps", "Deployment");
const SEARCHED: Kind = ("example.com", "Web");

/// A payload of this object, and of its old version if there is one.
fn payload((group, kind): Kind, object: &str, old: Option<&str>, settings: &str) -> String {
    let (operation, old) = match old {
        Some(old) => ("UPDATE", old),
        None => ("CREATE", "null"),
    };
    let payload = format!(
        r#"{{"request":{{"kind":{{"group":"{group}","kind":"{kind}"}},"namespace":"shop","object":{object},"oldObject":{old},"operation":"{operation}"}},"settings":{settings}}}"#
    );
    assert!(payload.len() <= PAYLOAD + SETTINGS + 1_000);
    payload
}

/// Whether the answer rejects, accepts or refuses, within the limits.
fn code(case: &str, payload: &str) -> Option<u16> {
    answer_to(case, payload.as_bytes()).code
}

/// A list of `item` that fills so many bytes.
fn list(item: &str, bytes: usize) -> String {
    format!("[{}]", vec![item; bytes / (item.len() + 1)].join(","))
}

/// A list of texts that fill settings, each with another number.
fn patterns(text: impl Fn(usize) -> String) -> String {
    let count = SETTINGS / (text(10_000).len() + 3);
    let texts: Vec<String> = (10_000..10_000 + count).map(text).collect();
    json!(texts).to_string()
}

fn pod(containers: &str) -> String {
    format!(r#"{{"spec":{{"containers":{containers}}}}}"#)
}

fn deployment(labels: &str, containers: &str, selector: &str) -> String {
    format!(
        r#"{{"spec":{{"selector":{selector},"template":{{"metadata":{{"labels":{labels}}},"spec":{{"containers":{containers}}}}}}}}}"#
    )
}

/// A container with the image, always pulled.
fn container(image: &str) -> String {
    json!({"name": "web", "image": image, "imagePullPolicy": "Always"}).to_string()
}

#[test]
fn settings_full_of_patterns_are_compared_within_limits() {
    let short = list(&container("a:b"), PAYLOAD);
    let long = list(
        &container(&format!("a.example/{}a:b", "a/".repeat(110))),
        PAYLOAD,
    );
    let globs = patterns(|number| format!("b{number}"));
    let nested = patterns(|number| format!("**/a*/*a*/{number}"));
    for containers in [short, long] {
        for patterns in [&globs, &nested] {
            for settings in [
                format!(r#"{{"tags":{{"mutable":{patterns}}}}}"#),
                format!(r#"{{"tags":{{"immutable":{patterns}}}}}"#),
                format!(r#"{{"exemptions":[{{"images":{patterns},"reason":"a trial"}}]}}"#),
            ] {
                let payload = payload(POD, &pod(&containers), None, &settings);
                let case = &settings[..60];
                assert_eq!(code(case, &payload), Some(400), "{case}");
            }
        }
    }
}

#[test]
fn settings_full_of_mirrors_and_exemptions_are_compared_within_limits() {
    // They are fewer than the limit on the paths of images allows.
    let containers = vec![container("a:1.2.3"); 10_000].join(",");
    let object = pod(&format!("[{containers}]"));
    let mirrors: Vec<String> = (0..2_500)
        .map(|number| format!(r#""h{number}.example/x":"docker.io""#))
        .collect();
    let exemptions: Vec<String> = (0..2_500)
        .map(|number| format!(r#"{{"namespaces":["b{number}"],"reason":"a"}}"#))
        .collect();
    for settings in [
        format!(r#"{{"tags":{{"mirrors":{{{}}}}}}}"#, mirrors.join(",")),
        format!(
            r#"{{"tags":{{"consider":"any"}},"exemptions":[{}]}}"#,
            exemptions.join(",")
        ),
    ] {
        let payload = payload(POD, &object, None, &settings);
        let case = &settings[..60];
        assert_eq!(code(case, &payload), Some(400), "{case}");
    }
}

#[test]
fn settings_full_of_listed_names_are_compared_within_limits() {
    let variables = list(r#"{"name":"x","value":"v"}"#, PAYLOAD);
    let object = pod(&format!(r#"[{{"image":"a:1.2.3","env":{variables}}}]"#));
    let settings = patterns(|number| format!("b{number}"));
    let settings = format!(r#"{{"imageEnvVars":{settings}}}"#);
    let variables = payload(POD, &object, None, &settings);
    assert_eq!(code("variables", &variables), Some(400));
    let object = pod(&format!(
        r#"[{{"image":"a:1.2.3","args":{}}}]"#,
        list(r#""-x""#, PAYLOAD)
    ));
    let settings = patterns(|number| format!("-b{number}"));
    let settings = format!(r#"{{"imageArgs":{settings}}}"#);
    let arguments = payload(POD, &object, None, &settings);
    assert_eq!(code("arguments", &arguments), Some(400));
}

#[test]
fn a_user_is_compared_with_settings_full_of_controllers_within_limits() {
    let globs = patterns(|number| format!("{}{number}", "*a".repeat(40)));
    let object = pod(&format!("[{}]", vec![container("a"); 10_000].join(",")));
    let payload = payload(POD, &object, None, &format!(r#"{{"controllers":{globs}}}"#));
    let user = format!(r#""userInfo":{{"username":"{}"}},"kind""#, "a".repeat(255));
    let payload = payload.replacen(r#""kind""#, &user, 1);
    assert_eq!(code("controllers", &payload), Some(403));
}

#[test]
fn settings_full_of_locations_are_followed_within_limits() {
    let images: Vec<Value> = (0..1_400)
        .map(|number| json!({"image": format!("spec[*].f{number}"), "pullPolicy": format!("spec[*].p{number}")}))
        .collect();
    let pod_specs: Vec<String> = (0..3_500)
        .map(|number| format!("spec[*].a{number}"))
        .collect();
    for (places, item) in [
        (json!({"images": images}), r#"{"f1":"a:1.2.3"}"#),
        (json!({"podSpecs": pod_specs}), "{}"),
        (json!({"containers": pod_specs}), "{}"),
        (
            json!({"images": vec![json!({"image": "spec[*].a"}); 3_000]}),
            r#"{"a":"a:1.2.3"}"#,
        ),
        (
            json!({"images": vec![json!({"image": "spec[a].image"}); 3_000]}),
            r#"{"name":"b"}"#,
        ),
        (
            json!({"images": vec![json!({"image": "spec[*].image"}); 3_000]}),
            "null",
        ),
    ] {
        let mut declaration = places;
        declaration["apiGroup"] = json!("example.com");
        declaration["kind"] = json!("Web");
        let case = declaration.to_string()[..60].to_owned();
        let settings = json!({"customResources": [declaration]}).to_string();
        let object = format!(r#"{{"spec":{}}}"#, list(item, PAYLOAD));
        let payload = payload(SEARCHED, &object, None, &settings);
        assert_eq!(code(&case, &payload), Some(400), "{case}");
    }
}

#[test]
fn a_container_that_many_locations_lead_to_is_read_once() {
    let variable = r#"{"name":"WORKER_IMAGE","value":["acme/worker:main"]}"#;
    let env = list(variable, PAYLOAD);
    for (field, location, object) in [
        (
            "containers",
            "spec.box",
            format!(r#"{{"spec":{{"box":{{"env":{env}}}}}}}"#),
        ),
        (
            "podSpecs",
            "spec",
            format!(r#"{{"spec":{{"containers":[{{"env":{env}}}]}}}}"#),
        ),
    ] {
        let locations = vec![location; SETTINGS / (location.len() + 3)];
        let declaration = json!({"apiGroup": "example.com", "kind": "Web", field: locations});
        let settings = json!({"customResources": [declaration], "imageEnvVars": ["*_IMAGE"]});
        let payload = payload(SEARCHED, &object, None, &settings.to_string());
        assert_eq!(code(field, &payload), Some(400));
    }
}

#[test]
fn maps_of_nulls_are_looked_at_within_limits() {
    let images = vec![json!({"image": "spec[*].image"}); 3_000];
    let declaration = json!({"apiGroup": "example.com", "kind": "Web", "images": images});
    let settings = json!({"customResources": [declaration]}).to_string();
    let nulls: Vec<String> = (0..130_000).map(|n| format!(r#""{n:06}":null"#)).collect();
    let object = format!(r#"{{"spec":{{{}}}}}"#, nulls.join(","));
    let payload = payload(SEARCHED, &object, None, &settings);
    assert_eq!(code("nulls", &payload), Some(400));
}

#[test]
fn declared_locations_are_followed_through_a_million_values() {
    let answered = |locations: usize, items: usize| {
        let pod_specs: Vec<String> = (0..locations)
            .map(|number| format!("spec[*].a{number}"))
            .collect();
        let declaration = json!({"apiGroup": "example.com", "kind": "Web", "podSpecs": pod_specs});
        let settings = json!({"customResources": [declaration]}).to_string();
        let spec = format!(
            r#"{{"a0":{{"containers":[{{"image":"a:1.2.3"}}]}}}}{}"#,
            ",{}".repeat(items - 1)
        );
        let specs: Vec<String> = (1..locations)
            .map(|number| format!(r#"{{"a{number}":{{"containers":[]}}}}"#))
            .collect();
        let object = format!(r#"{{"spec":[{},{spec}]}}"#, specs.join(","));
        code("locations", &payload(SEARCHED, &object, None, &settings))
    };
    assert_eq!(answered(10, 90_000), None);
    assert_eq!(answered(10, 110_000), Some(400));
}

#[test]
fn updates_with_long_names_and_keys_are_compared_within_limits() {
    let item = |name: &str| format!(r#"{{"name":"{name}","image":"a","args":[]}}"#);
    let named = |length: usize, count: usize| {
        let items = (0..count).map(|number| item(&format!("{}{number:05}", "n".repeat(length))));
        format!(
            r#"{{"spec":{{"a":[{}]}}}}"#,
            items.collect::<Vec<_>>().join(",")
        )
    };
    let below = |length: usize, count: usize| {
        let inner = vec![item("x"); count].join(",");
        let name = "n".repeat(length);
        format!(r#"{{"spec":{{"a":[{{"name":"{name}","b":[{inner}]}}]}}}}"#)
    };
    let keyed = |length: usize, count: usize| {
        let key = |number| {
            format!(
                r#""{}{number}":{{"template":{{"image":"a","args":[]}}}}"#,
                "k".repeat(length)
            )
        };
        let keys: Vec<String> = (0..count).map(key).collect();
        format!(r#"{{"template":{{{}}}}}"#, keys.join(","))
    };
    let listed = |length: usize, count: usize| {
        let item = r#"{"template":{"image":"a","args":[]}}"#;
        let key = |number| {
            format!(
                r#""{}{number}":[{}]"#,
                "k".repeat(length),
                [item; 3].join(",")
            )
        };
        let keys: Vec<String> = (0..count).map(key).collect();
        format!(r#"{{"template":{{{}}}}}"#, keys.join(","))
    };
    for (case, object) in [
        ("short names", named(30, 9_000)),
        ("names", named(450, 1_900)),
        ("long names", named(9_000, 100)),
        ("below a name", below(150, 6_000)),
        ("below a long name", below(1_500, 1_200)),
        ("short keys", keyed(1, 10_500)),
        ("keys", keyed(100, 6_900)),
        ("long keys", keyed(1_000, 900)),
        ("lists below keys", listed(100, 2_300)),
        ("lists below long keys", listed(400, 1_100)),
    ] {
        let old = object.replacen('{', r#"{"x":1,"#, 1);
        let payload = payload(SEARCHED, &object, Some(&old), "{}");
        let answer = answer_to(case, payload.as_bytes());
        assert!(!answer.findings.is_empty(), "{case}: {answer:?}");
    }
}

#[test]
fn errors_at_long_paths_are_sorted_and_compared_within_limits() {
    let settings = |location: Value| {
        let mut declaration = location;
        declaration["apiGroup"] = json!("example.com");
        declaration["kind"] = json!("Web");
        json!({"customResources": [declaration]}).to_string()
    };
    let containers = settings(json!({"containers": ["spec[*].a[*]"]}));
    let items = vec!["1"; 9_000].join(",");
    for length in [1, 200_000, 1_900_000] {
        let key = "k".repeat(length);
        let object = format!(r#"{{"spec":{{"{key}":{{"a":[{items}]}}}}}}"#);
        let payload = payload(SEARCHED, &object, None, &containers);
        assert_eq!(code("one key", &payload), Some(400), "{length}");
    }
    let images = settings(json!({"images": [{"image": "spec[*].image"}]}));
    for length in [1, 80] {
        let keys: Vec<String> = (10_000..19_000)
            .map(|number| format!(r#""{}{number}":{{"image":1}}"#, "k".repeat(length)))
            .collect();
        let object = format!(r#"{{"spec":{{{}}}}}"#, keys.join(","));
        let old = object.replacen('{', r#"{"x":1,"#, 1);
        let payload = payload(SEARCHED, &object, Some(&old), &images);
        // The update leaves them as they were, so that they only warn.
        assert_eq!(code("many keys", &payload), None, "{length}");
    }
}

#[test]
fn templates_within_each_other_are_compared_within_limits() {
    let nested = |inner: &str, levels: usize| {
        (0..levels).fold(format!(r#"{{"x":{inner}}}"#), |inner, _| {
            format!(r#"{{"template":{inner},"image":"a","args":[]}}"#)
        })
    };
    let text = |letter: &str| format!(r#""{}""#, letter.repeat(900_000));
    let items = list(r#""b""#, 900_000);
    for (case, new, old) in [
        ("texts", nested(&text("b"), 100), nested(&text("c"), 100)),
        ("items", nested(&items, 100), nested(&items, 100)),
        ("shifted", nested(&items, 100), nested(&items, 99)),
    ] {
        let payload = payload(SEARCHED, &new, Some(&old), "{}");
        assert_eq!(code(case, &payload), Some(403), "{case}");
    }
}

#[test]
fn long_tags_of_many_parts_are_judged_within_limits() {
    for (part, expected) in [
        ("a-", Some(400)),
        ("1a-", Some(400)),
        ("a_1", Some(400)),
        ("1.2.3-rc1-", Some(400)),
        ("main-", Some(400)),
    ] {
        let tag: String = part.repeat(64).chars().take(127).collect();
        let containers = list(&container(&format!("a:{tag}")), PAYLOAD);
        for settings in ["{}", r#"{"adjust":"if-not-present"}"#] {
            let payload = payload(POD, &pod(&containers), None, settings);
            assert_eq!(code(part, &payload), expected, "{part} with {settings}");
        }
    }
}

#[test]
fn lists_and_objects_of_the_least_values_are_read_within_limits() {
    for item in [
        "0",
        "[]",
        "{}",
        "[0]",
        r#""""#,
        r#"{"":0}"#,
        "0.5",
        "[[[[0]]]]",
    ] {
        let object = format!(r#"{{"a":{}}}"#, list(item, PAYLOAD));
        let created = payload(SEARCHED, &object, None, "{}");
        assert_eq!(code(item, &created), None, "{item}");
        let half = list(item, PAYLOAD / 2);
        let [new, old] = ["b", "c"]
            .map(|text| format!(r#"{{"template":{{"a":{half},"image":"a","args":["{text}"]}}}}"#));
        let updated = payload(SEARCHED, &new, Some(&old), "{}");
        assert_eq!(code(item, &updated), Some(403), "{item}");
    }
}

/// A cluster with many Pods, and a registry with an index of many images.
struct Vast {
    pods: String,
    index: String,
}

impl Host for Vast {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError> {
        Ok(match request {
            Request::OciManifestDigest { .. } => json!({"digest": DIGEST}).to_string(),
            Request::OciManifest { .. } => self.index.clone(),
            _ => self.pods.clone(),
        }
        .into_bytes())
    }
}

/// An answer of a host that holds as many items as it may.
fn answer(list_name: &str, item: &str, bytes: usize) -> String {
    format!(r#"{{"{list_name}":{}}}"#, list(item, bytes - 100))
}

#[test]
fn drift_is_checked_within_limits_whatever_is_selected_and_answered() {
    let tiny = r#"{"metadata":{"name":"a","labels":{}}}"#.to_owned();
    let running = json!({
        "metadata": {"name": "a", "labels": {"a": "b"}},
        "spec": {"containers": [{"name": "web", "image": IMAGE}]},
        "status": {"containerStatuses": [{"name": "web", "imageID": format!("a@sha256:{}", "f".repeat(64))}]},
    })
    .to_string();
    let labels: Vec<String> = (0..120_000)
        .map(|number| format!(r#""{number:x}":"""#))
        .collect();
    let labelled = format!(
        r#"{{"metadata":{{"name":"a","labels":{{{}}}}}}}"#,
        labels.join(",")
    );
    let index = answer("manifests", r#"{"digest":"sha256:0"}"#, 4 << 20);
    let one = format!("[{}]", container(IMAGE));
    let many = format!("[{}]", vec![container(IMAGE); 3_500].join(","));
    let settings = r#"{"drift":{"check":true},"registries":["ghcr.io"]}"#;
    let of_labels = format!(r#"{{"matchLabels":{{{}}}}}"#, labels.join(","));
    let expression = r#"{"key":"z","operator":"DoesNotExist"}"#;
    let of_expressions = format!(r#"{{"matchExpressions":{}}}"#, list(expression, 1_900_000));
    let values = list(r#""c""#, 1_900_000);
    let of_values =
        format!(r#"{{"matchExpressions":[{{"key":"a","operator":"In","values":{values}}}]}}"#);
    let of_one = r#"{"matchLabels":{"a":"b"}}"#.to_owned();
    for pod in [tiny, running, labelled] {
        for (selector, containers) in [
            (&of_labels, &one),
            (&of_expressions, &one),
            (&of_values, &one),
            (&of_one, &many),
        ] {
            let host = Vast {
                pods: answer("items", &pod, 4 << 20),
                index: index.clone(),
            };
            let object = deployment("{}", containers, selector);
            let payload = payload(DEPLOYMENT, &object, None, settings);
            let case = format!("{} of {}", &selector[..25], &pod[..25]);
            let answer = answer_with(host, &case, payload.as_bytes());
            assert_eq!(answer.code, Some(403), "{case}");
        }
    }
}

#[test]
fn registries_are_compared_within_limits() {
    let containers: Vec<String> = (0..3_500)
        .map(|number| container(&format!("r{number}.example/web:main")))
        .collect();
    let registries = patterns(|number| format!("b{number}.io"));
    let settings = format!(r#"{{"adjust":"pin","registries":{registries}}}"#);
    let object = deployment("{}", &format!("[{}]", containers.join(",")), "{}");
    let payload = payload(DEPLOYMENT, &object, None, &settings);
    assert_eq!(code("registries", &payload), Some(403));
}

#[test]
fn as_many_images_as_are_read_are_adjusted_and_restored_within_limits() {
    let images = |count: usize, image: &str, policy: &str| {
        let container = |number| {
            json!({"name": format!("n{number}"), "image": image, "imagePullPolicy": policy})
                .to_string()
        };
        let containers: Vec<String> = (0..count).map(container).collect();
        let selector = r#"{"matchLabels":{"a":"b"}}"#;
        deployment("{}", &format!("[{}]", containers.join(",")), selector)
    };
    let long = format!("ghcr.io/{}web:main", "a/".repeat(40));
    // A short tag takes few steps, so that more images can be adjusted.
    let longest = format!("ghcr.io/{}web:x", "a/".repeat(60));
    let pinned = format!("{IMAGE}@{DIGEST}");
    let pin = r#"{"adjust":"pin","registries":["ghcr.io"]}"#;
    let set = r#"{"adjust":"if-not-present"}"#;
    let both = r#"{"adjust":"pin","drift":{"check":true},"registries":["ghcr.io"]}"#;
    for (case, settings, new, old) in [
        (
            "compared and pinned",
            both,
            images(3_500, &long, "Always"),
            None,
        ),
        ("pinned", pin, images(3_500, &long, "Always"), None),
        ("set", set, images(3_500, &long, "Always"), None),
        (
            "pinned again",
            pin,
            images(3_500, IMAGE, "Always"),
            Some(images(3_500, &pinned, "Always")),
        ),
        (
            "pinned anew",
            both,
            images(4_200, &longest, "Always"),
            Some(images(4_200, "x:y", "Always")),
        ),
        (
            "set again",
            set,
            images(3_500, IMAGE, "Always"),
            Some(images(3_500, IMAGE, "IfNotPresent")),
        ),
    ] {
        let payload = payload(DEPLOYMENT, &new, old.as_deref(), settings);
        let host = Vast {
            pods: answer("items", r#"{"metadata":{"name":"a","labels":{}}}"#, 4 << 20),
            index: String::new(),
        };
        let answer = answer_with(host, case, payload.as_bytes());
        assert!(answer.accepted && answer.mutated_object.is_some(), "{case}");
    }
}

/// All that a request compares adds up, in an update as well, whose object is judged several times.
#[test]
fn patterns_of_every_setting_are_compared_within_limits_together() {
    let images = |count: usize, policy: &str| {
        let container = |number| {
            json!({
                "env": [{"name": "x", "value": "v"}],
                "name": format!("n{number}"),
                "image": IMAGE,
                "imagePullPolicy": policy,
            })
        };
        let containers: Vec<String> = (0..count)
            .map(|number| container(number).to_string())
            .collect();
        deployment("{}", &format!("[{}]", containers.join(",")), "{}")
    };
    for (count, globs, patterns, expected) in [
        (2_000, 60, 5, None),
        (2_500, 0, 1, None),
        (3_500, 400, 28, Some(400)),
        (8_000, 0, 25, Some(400)),
        (8_000, 400, 1, Some(400)),
    ] {
        let names = |count: usize, prefix: &str| {
            let names = (0..count).map(|number| format!("{prefix}{number}"));
            names.collect::<Vec<_>>()
        };
        let patterns = names(patterns, "ghcr.io/acme/x");
        let settings = json!({
            "adjust": "if-not-present",
            "imageEnvVars": names(globs, "b"),
            "tags": {"mutable": patterns},
            "exemptions": [{"images": patterns, "namespaces": ["shop"], "reason": "a trial"}],
        });
        let (new, old) = (images(count, "Always"), images(count, "IfNotPresent"));
        let payload = payload(DEPLOYMENT, &new, Some(&old), &settings.to_string());
        let case = format!("{count} images, {globs} names, {} patterns", patterns.len());
        assert_eq!(code(&case, &payload), expected, "{case}");
    }
}
