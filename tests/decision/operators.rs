//! Every image of an operator's kind is found, with the pull policy of its operator.

use mutable_tags_policy::admission::evaluate;
use serde_json::{Value, json};

use crate::case;
use crate::host::CaseHost;
use crate::table;
use crate::test;

/// A line of the table.
struct Line {
    kind: &'static str,
    image: &'static str,
    /// The field of the tag, where it has one of its own.
    tag: Option<&'static str>,
    pull_policies: Vec<&'static str>,
    default: &'static str,
}

fn lines() -> Vec<Line> {
    let rows = table::rows(include_str!("../cases/operators.tsv"));
    let lines = rows.iter().map(|row| {
        let [kind, image, tag, pull_policies, default] = row.columns();
        Line {
            kind,
            image,
            tag: (tag != "-").then_some(tag),
            pull_policies: pull_policies
                .split(' ')
                .filter(|field| *field != "-")
                .collect(),
            default,
        }
    });
    lines.collect()
}

/// Puts a text at a path, in which `[*]` is the first item of a list, and `[name]` is the item of
/// this name or, at the end of the path, the field of this name.
fn set(value: &mut Value, path: &str, text: &str) {
    if path.is_empty() {
        *value = json!(text);
        return;
    }
    let (step, rest) = match path.strip_prefix('[') {
        Some(path) => path.split_once(']').unwrap(),
        None => {
            let path = path.trim_start_matches('.');
            path.split_at(path.find(['.', '[']).unwrap_or(path.len()))
        }
    };
    let is_item = path.starts_with('[') && (step == "*" || !rest.is_empty());
    let inner = match is_item {
        false => &mut value[step],
        true => {
            if value.is_null() {
                *value = match step {
                    "*" => json!([null]),
                    name => json!([{ "name": name }]),
                };
            }
            &mut value[0]
        }
    };
    set(inner, rest, text);
}

impl Line {
    /// An object with this tag.
    fn object(&self, tag: &str) -> Value {
        let mut object = json!({});
        match self.tag {
            None => set(&mut object, self.image, &format!("acme/app:{tag}")),
            Some(field) => {
                set(&mut object, self.image, "acme/app");
                set(&mut object, field, tag);
            }
        }
        object
    }

    /// The pull policy where no field declares one.
    fn default_for(&self, tag: &str) -> &'static str {
        match self.default {
            "Kubernetes" if tag == "latest" => "Always",
            "AlwaysLatest" if tag.starts_with("latest") => "Always",
            "Kubernetes" | "AlwaysLatest" => "IfNotPresent",
            policy => policy,
        }
    }

    /// The path of the image in the object.
    fn path(&self) -> String {
        // A name at the end is the key of a map.
        if self.image.ends_with(']') && !self.image.ends_with("[*]") {
            return self.image.to_owned();
        }
        let mut path = String::new();
        for step in self.image.split_inclusive(']') {
            let (before, is_item) = match step.split_once('[') {
                Some((before, _)) => (before, true),
                None => (step, false),
            };
            path.push_str(before);
            if is_item {
                path.push_str("[0]");
            }
        }
        path
    }

    /// Asserts that the only finding in an object is the image, with this tag and pull policy.
    fn assert_found(&self, object: &Value, tag: &str, pull_policy: &str) {
        let findings = findings(self.kind, object);
        let [(path, image, found)] = findings.as_slice() else {
            panic!("{} {object}: {findings:?}", self.kind);
        };
        assert_eq!(
            (path, found.as_str()),
            (&self.path(), pull_policy),
            "{} {object}",
            self.kind
        );
        assert!(
            image.ends_with(&format!(":{tag}")),
            "{} {object}: {image}",
            self.kind
        );
    }
}

/// The path, image and pull policy of each finding in an object, whatever its pull policy is.
fn findings(kind: &str, object: &Value) -> Vec<(String, String, String)> {
    let (group, name) = kind.split_once('/').unwrap();
    let payload = case::payload(&json!({
        "kind": format!("{group}/v1/{name}"),
        "settings": {"pullPolicies": ["Always", "IfNotPresent"]},
        "object": object,
    }));
    let evaluation = evaluate(payload.as_bytes(), &CaseHost::silent()).unwrap();
    let findings = evaluation.findings.iter().map(|finding| {
        let policy = finding.pull_policy.policy.as_str().to_owned();
        (finding.path.to_string(), finding.image.to_string(), policy)
    });
    findings.collect()
}

#[test]
fn finds_every_image_with_the_pull_policy_of_its_operator() {
    for line in lines() {
        for tag in ["latest", "main"] {
            line.assert_found(&line.object(tag), tag, line.default_for(tag));
        }
    }
}

#[test]
fn finds_every_image_with_the_pull_policy_that_is_declared() {
    for line in lines() {
        for field in &line.pull_policies {
            for policy in ["Always", "IfNotPresent"] {
                let mut object = line.object("latest");
                set(&mut object, field, policy);
                line.assert_found(&object, "latest", policy);
            }
        }
    }
}

#[test]
fn takes_the_first_pull_policy_that_is_declared() {
    for line in lines() {
        if let [first, second] = line.pull_policies.as_slice() {
            let mut object = line.object("latest");
            set(&mut object, first, "Always");
            set(&mut object, second, "IfNotPresent");
            line.assert_found(&object, "latest", "Always");
        }
    }
}

#[test]
fn finds_nothing_in_the_same_objects_with_a_full_version() {
    for line in lines() {
        let object = line.object("1.2.3");
        assert_eq!(findings(line.kind, &object), [], "{} {object}", line.kind);
    }
}
