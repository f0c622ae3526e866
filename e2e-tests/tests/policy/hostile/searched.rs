//! Objects of unknown kinds that try to hide an image, or to take up time.

use serde_json::{Value, json};

use super::cost::answer_to;
use super::{NO_JSON, OBJECT};
use crate::answer::{ACCEPTED, Answer, Expected, Finding, counts, names};

const UNPINNED: &str = r#"{"image":"a"}"#;
const PINNED: &str = r#"{"image":"a:1.2.3"}"#;

fn created(object: &str) -> String {
    created_with(object, &json!({}))
}

fn created_with(object: &str, settings: &Value) -> String {
    format!(
        r#"{{"request":{{"kind":{{"group":"example.com","kind":"Web"}},"operation":"CREATE","userInfo":{{"username":"alice"}},"object":{object}}},"settings":{settings}}}"#
    )
}

fn updated(object: &str, old: &str) -> String {
    format!(
        r#"{{"request":{{"kind":{{"group":"example.com","kind":"Web"}},"operation":"UPDATE","userInfo":{{"username":"alice"}},"object":{object},"oldObject":{old}}},"settings":{{}}}}"#
    )
}

/// Nests a value in `levels` objects.
fn within(levels: usize, value: &str) -> String {
    format!("{}{value}{}", r#"{"a":"#.repeat(levels), "}".repeat(levels))
}

fn list_of(item: &str, count: usize) -> String {
    format!(r#"{{"containers":[{}]}}"#, vec![item; count].join(","))
}

/// The rejection of an object with too many images.
fn too_much() -> Expected {
    Expected::strict([]).unreadable([OBJECT]).rejected(400)
}

/// Asserts that an object with findings has too many images, and that the answer is short.
fn assert_too_much(answer: &Answer) {
    let message = answer.message.as_deref().unwrap();
    assert_eq!(answer.code, Some(400), "{message}");
    assert!(names(message, OBJECT), "{message}");
    assert!(size(answer) < 30_000, "{} bytes", size(answer));
}

/// The approximate size of an answer, in bytes.
fn size(answer: &Answer) -> usize {
    format!("{answer:?}").len()
}

fn at(path: &str) -> Finding {
    Finding::at(path, "a").with_reason("no-tag")
}

#[test]
fn an_image_is_found_as_deep_as_anything_is_read() {
    // The payload, the request, and three levels around the image are part of 127.
    for levels in [1, 100, 122] {
        let object = within(levels, &list_of(UNPINNED, 1));
        let path = format!("{}containers[0].image", "a.".repeat(levels));
        let found = match path.get(..255) {
            Some(start) => at(&format!("{start}…")),
            None => at(&path),
        };
        let answer = answer_to("deep", created(&object).as_bytes());
        assert_eq!(answer.code, Some(403), "{levels}: {answer:?}");
        assert_eq!(answer.findings, [found]);
    }
    for levels in [123, 5_000] {
        let object = within(levels, &list_of(UNPINNED, 1));
        assert_eq!(answer_to("deeper", created(&object).as_bytes()), *NO_JSON);
    }
}

#[test]
fn objects_without_images_may_not_nest_deeper_either() {
    let nested = |levels| created(&within(levels, "{}"));
    assert_eq!(answer_to("124", nested(124).as_bytes()), ACCEPTED);
    assert_eq!(answer_to("125", nested(125).as_bytes()), *NO_JSON);
}

#[test]
fn hides_no_image_after_as_many_as_allowed() {
    // A path counts as 64 bytes, 16 for each of its 64 steps, and 76 for names: 2 MiB hold
    // 1,801 of them.
    for count in 1_796..1_806 {
        let mut items = vec![PINNED; count];
        items.push(UNPINNED);
        let list = format!(r#"{{"containers":[{}]}}"#, items.join(","));
        let answer = answer_to("limit", created(&within(61, &list)).as_bytes());
        if count < 1_801 {
            let found = at(&format!("{}containers[{count}].image", "a.".repeat(61)));
            assert_eq!(answer, Expected::strict([found]).rejected(403), "{count}");
        } else {
            assert_eq!(answer, too_much(), "{count}");
        }
    }
    let full = within(100, &list_of(PINNED, 60_000));
    assert_eq!(answer_to("full", created(&full).as_bytes()), too_much());
}

#[test]
fn reports_too_many_images_in_every_order_of_keys() {
    let (deep, shallow) = (within(100, &list_of(PINNED, 30_000)), list_of(UNPINNED, 1));
    for object in [
        format!(r#"{{"a":{deep},"b":{shallow}}}"#),
        format!(r#"{{"b":{shallow},"a":{deep}}}"#),
    ] {
        assert_eq!(answer_to("order", created(&object).as_bytes()), too_much());
    }
}

#[test]
fn a_huge_key_counts_in_the_path_of_every_image() {
    for key in ["k".repeat(150_000), format!(r#"\"{}"#, "k".repeat(150_000))] {
        let some = format!(r#"{{"{key}":{}}}"#, list_of(UNPINNED, 10));
        let answer = answer_to("some", created(&some).as_bytes());
        assert_eq!(answer.code, Some(403));
        assert!(size(&answer) < 20_000, "{} bytes", size(&answer));
        let many = format!(r#"{{"{key}":{}}}"#, list_of(UNPINNED, 40_000));
        assert_eq!(answer_to("many", created(&many).as_bytes()), too_much());
        assert_eq!(
            answer_to("update", updated(&many, &many).as_bytes()),
            Expected::strict([]).unreadable([OBJECT]).accepted()
        );
    }
}

#[test]
fn alternating_templates_are_compared_once_each() {
    let count = 9_000;
    let fields: Vec<String> = (0..count)
        .map(|index| {
            let run = r#"{"image":"a:b","env":[]}"#;
            match index % 2 {
                0 => format!(r#""k{index}":{{"template":{run}}}"#),
                _ => format!(r#""k{index}":{run}"#),
            }
        })
        .collect();
    let object = |more: usize| {
        format!(
            r#"{{"spec":{{"template":{{{},"z":{{"image":"a","env":[]}},"zz":{more}}}}}}}"#,
            fields.join(",")
        )
    };
    let expected = Expected::strict([at("spec.template.z.image")]);
    assert_eq!(
        answer_to("alternating", updated(&object(1), &object(2)).as_bytes()),
        expected.rejected(403)
    );
}

#[test]
fn templates_within_each_other_are_compared_within_limits() {
    let nested = |text: &str| {
        let mut object = format!(r#"{{"x":"{text}"}}"#);
        for _ in 0..60 {
            object = format!(r#"{{"template":{object},"image":"a","args":[]}}"#);
        }
        object
    };
    let (new, old) = (nested(&"b".repeat(700_000)), nested(&"c".repeat(700_000)));
    let answer = answer_to("nested", updated(&new, &old).as_bytes());
    assert_eq!(answer.code, Some(403));
    assert!(counts(&answer.message.unwrap(), 50));
}

#[test]
fn containers_within_each_other_are_searched_within_limits() {
    let mut object = format!(
        r#"{{"image":"a:1.2.3","args":["{}"]}}"#,
        "i".repeat(1_000_000)
    );
    for _ in 0..40 {
        object = format!(r#"{{"x":{{"containers":[{object}]}}}}"#);
    }
    assert_eq!(answer_to("nested", created(&object).as_bytes()), ACCEPTED);
}

#[test]
fn many_values_of_every_type_are_searched_within_limits() {
    for item in [
        "1",
        "[]",
        "{}",
        "null",
        r#""""#,
        r#"{"image":1}"#,
        r#"{"a":{"b":[]}}"#,
    ] {
        let count = 1_400_000 / (item.len() + 1);
        let object = list_of(item, count);
        assert_eq!(
            answer_to(item, created(&object).as_bytes()),
            ACCEPTED,
            "{item}"
        );
    }
}

#[test]
fn many_declared_locations_are_looked_up_within_limits() {
    let images: Vec<Value> = (0..20)
        .map(|number| json!({"image": format!("spec[*].f{number}"), "pullPolicy": format!("spec[*].p{number}")}))
        .collect();
    let settings =
        json!({"customResources": [{"apiGroup": "example.com", "kind": "Web", "images": images}]});
    let item = r#"{"f1":"acme/a:1.2.3","f19":"acme/b:1.2.3","p19":"Always","x":1}"#;
    let object = format!(r#"{{"spec":[{}]}}"#, vec![item; 5_000].join(","));
    let payload = created_with(&object, &settings);
    assert_eq!(answer_to("locations", payload.as_bytes()), ACCEPTED);
}

#[test]
fn a_part_that_many_images_share_is_read_once() {
    let images = json!([{"repository": "spec.a[*].p", "tag": "spec.b[x].tag"}]);
    let settings =
        json!({"customResources": [{"apiGroup": "example.com", "kind": "Web", "images": images}]});
    let repositories = vec![r#"{"p":"acme/a"}"#; 10_000].join(",");
    let tags = vec![r#"{"name":"y"}"#; 30_000].join(",");
    let object =
        format!(r#"{{"spec":{{"a":[{repositories}],"b":[{tags},{{"name":"x","tag":"1.2.3"}}]}}}}"#);
    let payload = created_with(&object, &settings);
    assert_eq!(answer_to("shared part", payload.as_bytes()), ACCEPTED);
}

#[test]
fn a_huge_name_counts_for_every_image_that_shares_it() {
    let settings = json!({"customResources": [{"apiGroup": "example.com", "kind": "Web", "images": [{"image": "spec.a[*].b[*].image"}]}]});
    for name in ["a".repeat(300_000), format!(r"\n{}", "a".repeat(300_000))] {
        let list = vec![UNPINNED; 10_000].join(",");
        let object = format!(r#"{{"spec":{{"a":[{{"name":"{name}","b":[{list}]}}]}}}}"#);
        let answer = answer_to("declared", created_with(&object, &settings).as_bytes());
        assert_too_much(&answer);
        let list = vec![r#"{"image":"a","args":[]}"#; 10_000].join(",");
        let object = format!(r#"{{"spec":{{"a":[{{"name":"{name}","b":[{list}]}}]}}}}"#);
        let answer = answer_to("searched", created(&object).as_bytes());
        assert_too_much(&answer);
    }
}

#[test]
fn compares_variables_below_a_huge_container_name_within_limits() {
    let variables = vec![r#"{"name":"O","value":"a:b"}"#; 2_000].join(",");
    let name = "a".repeat(100_000);
    let object = |label: &str| {
        format!(
            r#"{{"metadata":{{"labels":{{"a":"{label}"}}}},"spec":{{"template":{{"spec":{{"containers":[{{"name":"{name}","image":"a:1.2.3","env":[{variables}]}}]}}}}}}}}"#
        )
    };
    let payload = updated(&object("a"), &object("b"))
        .replace(r#""settings":{}"#, r#""settings":{"imageEnvVars":["O"]}"#);
    let known = payload.replace(
        r#"{"group":"example.com","kind":"Web"}"#,
        r#"{"group":"apps","kind":"Deployment"}"#,
    );
    for (case, payload) in [("searched", payload), ("known", known)] {
        let answer = answer_to(case, payload.as_bytes());
        assert_eq!(answer.code, Some(403), "{case}");
    }
}

#[test]
fn many_extensions_of_a_cluster_are_compared_within_limits() {
    let extensions: Vec<String> = (0..8_000)
        .map(|index| format!(r#"{{"name":"e{index}","image":{{"reference":"a"}}}}"#))
        .collect();
    let object = |label: &str| {
        format!(
            r#"{{"metadata":{{"labels":{{"a":"{label}"}}}},"spec":{{"postgresql":{{"extensions":[{}]}}}}}}"#,
            extensions.join(",")
        )
    };
    let payload = updated(&object("a"), &object("b")).replace(
        r#"{"group":"example.com","kind":"Web"}"#,
        r#"{"group":"postgresql.cnpg.io","kind":"Cluster"}"#,
    );
    let findings = (0..extensions.len()).map(|index| {
        at(&format!(
            "spec.postgresql.extensions[{index}].image.reference"
        ))
    });
    assert_eq!(
        answer_to("extensions", payload.as_bytes()),
        Expected::strict(findings).accepted()
    );
}
