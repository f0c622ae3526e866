//! How deep objects are read, and how much of them is kept.

use mutable_tags_policy::policy::{Capability, Host};
use serde_json::{Value, json};

use crate::host::CaseHost;
use crate::test;

/// The message about an object of a kind that is searched.
fn message(object: &str) -> String {
    let payload = format!(
        r#"{{"request":{{"kind":{{"group":"example.com","kind":"Web"}},"operation":"CREATE","object":{object}}}}}"#
    );
    let answer = mutable_tags_policy::admission::validate(payload.as_bytes(), &CaseHost::silent());
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    let message = answer.get("message").unwrap().as_str();
    assert_eq!(
        answer.get("accepted"),
        Some(&json!(message.is_none())),
        "{answer}"
    );
    message.unwrap_or_default().to_owned()
}

/// A value within so many objects.
fn within(levels: usize, value: &str) -> String {
    format!("{}{value}{}", r#"{"a":"#.repeat(levels), "}".repeat(levels))
}

/// So many containers, each with a name that is so long, below a key that is so long.
fn containers(key: usize, name: usize, count: usize) -> String {
    let container = format!(r#"{{"image":"a","name":"{}"}}"#, "n".repeat(name));
    let containers = vec![container; count].join(",");
    format!(r#""{}":{{"containers":[{containers}]}}"#, "k".repeat(key))
}

#[test]
fn reads_127_levels_and_no_more() {
    let too_deep = |levels: usize| {
        format!(
            "mutable-tags (strict mode): the request cannot be judged: a{} is nested more than 127 levels deep",
            ".a".repeat(levels - 1)
        )
    };
    for (levels, value, expected) in [
        (127, "5", String::new()),
        (127, r#""a""#, String::new()),
        (127, "null", String::new()),
        (126, "{}", String::new()),
        (126, "[]", String::new()),
        (126, "[5]", String::new()),
        (127, "{}", too_deep(127)),
        (127, "[]", too_deep(127)),
        (128, "5", too_deep(127)),
    ] {
        let found = message(&within(levels, value));
        assert_eq!(found, expected, "{levels} levels around {value}");
    }
}

#[test]
fn finds_images_as_deep_as_it_reads() {
    let list = r#"{"containers":[{"image":"a"}]}"#;
    for (levels, is_found) in [(124, true), (125, false)] {
        let found = message(&within(levels, list));
        assert_eq!(
            found.contains("\"a\" has no tag"),
            is_found,
            "{levels}: {found}"
        );
        assert_eq!(
            found.contains("levels deep"),
            !is_found,
            "{levels}: {found}"
        );
    }
}

#[test]
fn keeps_as_many_long_paths_as_there_is_room_for() {
    const TOO_MUCH: &str = "mutable-tags (strict mode): the request cannot be judged: object names \
                            too many images, nested too deep or below keys that are too long";
    for (key, name, count, is_kept) in [
        // A path of 256, with the name of what it leads to, takes up no room.
        (198, 0, 16_321, true),
        (100, 98, 16_321, true),
        // 16,320 paths of 257 fit into 4 MiB.
        (199, 0, 16_320, true),
        (199, 0, 16_321, false),
        (100, 99, 16_320, true),
        (100, 99, 16_321, false),
    ] {
        let found = message(&format!("{{{}}}", containers(key, name, count)));
        let end = format!("; and {} more", count - 10);
        let case = format!("{count} of {name} below {key}: {found:.200}");
        if is_kept {
            assert!(found.ends_with(&end), "{case}");
        } else {
            assert_eq!(found, TOO_MUCH, "{case}");
        }
    }
    // Nor is there room for a problem at such a path.
    let twice = containers(199, 0, 16_321).replace("]}", r#",{"name":"a","name":"b"}]}"#);
    assert_eq!(message(&format!("{{{twice}}}")), TOO_MUCH);
    for (key, is_kept) in [(177, true), (178, false)] {
        let (free, long) = (containers(key, 0, 1), containers(199, 0, 16_321));
        let found = message(&format!("{{{free},{long}}}"));
        assert_eq!(found.contains("has no tag"), is_kept, "{key}: {found}");
        assert!(found.contains("names too many images"), "{key}: {found}");
    }
}

#[test]
fn keeps_the_same_whatever_the_order_of_keys() {
    let (first, last) = (containers(100, 99, 9_000), containers(101, 99, 9_000));
    assert_eq!(
        message(&format!("{{{first},{last}}}")),
        message(&format!("{{{last},{first}}}"))
    );
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
fn reads_answers_of_16_mebibytes_and_no_more() {
    let payload = json!({
        "request": {
            "kind": {"kind": "Pod"},
            "operation": "CREATE",
            "object": {"spec": {"containers": [{"image": "ghcr.io/acme/app"}]}},
        },
        "settings": {"adjust": "pin", "registries": ["ghcr.io"]},
    });
    for (length, is_read) in [(16 << 20, true), ((16 << 20) + 1, false)] {
        let host = PaddedHost(length);
        let answer =
            mutable_tags_policy::admission::validate(payload.to_string().as_bytes(), &host);
        let answer = String::from_utf8(answer).unwrap();
        assert_eq!(
            answer.contains("is to be pinned to sha256:bbb"),
            is_read,
            "{answer}"
        );
        assert_eq!(
            answer.contains("(the host's answer is longer than 16 MiB)"),
            !is_read,
            "{answer}"
        );
        assert_eq!(answer.contains("\"accepted\":true"), is_read, "{answer}");
    }
}

#[test]
fn compares_names_of_16_mebibytes_and_no_more() {
    // 100 of its variables come to 16 bytes less than that.
    let name = "n".repeat(167_772);
    let pod = |variables: usize| {
        let env: Vec<_> = (0..variables)
            .map(|number| json!({"name": format!("X{number}"), "value": "acme/app:main"}))
            .collect();
        json!({"spec": {"containers": [{"name": name, "env": env}]}})
    };
    for (variables, old_variables, is_unchanged) in
        [(100, 100, true), (101, 101, false), (100, 101, false)]
    {
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
        let host = CaseHost::silent();
        let answer = mutable_tags_policy::admission::validate(payload.as_bytes(), &host);
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        assert_eq!(
            answer.get("accepted"),
            Some(&json!(is_unchanged)),
            "{variables} variables that were {old_variables}: {answer:.300}"
        );
    }
}
