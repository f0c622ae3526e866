//! Checks that policy.yaml and the examples can be applied, and request only what their
//! settings need.

use mutable_tags_policy::admission::validate;
use mutable_tags_policy::policy::{Capability, Host};
use mutable_tags_policy::settings::Settings;
use serde_json::{Value, json};

use crate::manifest::{Manifest, unknown};
use crate::version::module;
use crate::{read, yaml};

fn is_ours(policy: &Value) -> bool {
    let address = policy.get("module").unwrap().as_str().unwrap();
    address.contains("/mutable-tags/")
}

/// Whether a key occurs at any depth of the settings.
fn has(settings: &Value, key: &str) -> bool {
    match settings {
        Value::Object(fields) => fields
            .iter()
            .any(|(own, value)| own == key || has(value, key)),
        Value::Array(items) => items.iter().any(|item| has(item, key)),
        _ => false,
    }
}

#[test]
fn there_is_a_manifest_for_every_use() {
    let mut files: Vec<_> = Manifest::all().into_iter().map(|each| each.file).collect();
    files.sort();
    let example = |name: &str| format!("examples/policies/{name}.yaml");
    let mut expected: Vec<_> = [
        "cloudnative-pg",
        "custom-resources",
        "declared-tags",
        "drift",
        "environments-by-label",
        "group",
        "if-not-present",
        "monitor",
        "namespaced",
        "pin",
        "production",
        "test",
    ]
    .map(example)
    .to_vec();
    expected.push("policy.yaml".to_owned());
    assert_eq!(files, expected);
}

#[test]
fn every_manifest_is_among_the_policies_for_every_use() {
    let settings = read("docs/settings.md");
    let (_, uses) = settings.split_once("## A policy for every use").unwrap();
    for manifest in Manifest::all() {
        let link = format!("](../{})", manifest.file);
        assert!(uses.contains(&link), "{link}");
    }
}

#[test]
fn the_policy_asks_for_what_the_metadata_asks_for() {
    let policy = yaml("policy.yaml");
    let metadata = yaml("metadata.yml");
    for field in ["rules", "mutating", "backgroundAudit"] {
        assert_eq!(
            policy.pointer(&format!("/spec/{field}")),
            metadata.get(field),
            "{field}"
        );
    }
    assert_eq!(
        policy.pointer("/metadata/name"),
        metadata.pointer("/annotations/io.kubewarden.policy.title")
    );
}

#[test]
fn every_manifest_has_this_module_and_valid_settings() {
    for manifest in Manifest::all() {
        let mut ours = 0;
        for policy in manifest.policies().into_iter().filter(|each| is_ours(each)) {
            let settings = policy.get("settings").unwrap().to_string();
            let file = &manifest.file;
            assert_eq!(Settings::parse(&settings).err(), None, "{file}");
            assert_eq!(
                policy.get("module"),
                Some(&json!(format!("registry://{}", module()))),
                "{file}"
            );
            ours += 1;
        }
        let members = if manifest.kind == "ClusterAdmissionPolicyGroup" {
            2
        } else {
            1
        };
        assert_eq!(ours, members, "{}", manifest.file);
    }
}

/// Whether settings are strict for any request. With `environment`, that one is meant alone.
fn is_strict_anywhere(settings: &Value) -> bool {
    let mode = |of: &Value| of.get("mode").cloned().unwrap_or(json!("strict"));
    let environments = settings.get("environments").and_then(Value::as_array);
    let mut environments = environments.into_iter().flatten();
    match settings.get("environment") {
        Some(name) => {
            environments.any(|each| each.get("name") == Some(name) && mode(each) == "strict")
        }
        None => mode(settings) == "strict" || environments.any(|each| mode(each) == "strict"),
    }
}

/// An outage of the policy server blocks no more than the policy itself would.
#[test]
fn only_a_policy_that_can_reject_fails_in_an_outage() {
    let mut ignoring = Vec::new();
    for manifest in Manifest::all() {
        let mut policies = manifest.policies().into_iter();
        let is_strict = policies.any(|each| is_strict_anywhere(each.get("settings").unwrap()));
        let can_reject = is_strict && manifest.field("mode") == Some(&json!("protect"));
        let expected = if can_reject { "Fail" } else { "Ignore" };
        let file = &manifest.file;
        assert_eq!(
            manifest.field("failurePolicy"),
            Some(&json!(expected)),
            "{file}"
        );
        if !can_reject {
            ignoring.push(file.trim_start_matches("examples/policies/").to_owned());
        }
    }
    let expected = [
        "if-not-present.yaml",
        "monitor.yaml",
        "pin.yaml",
        "test.yaml",
    ];
    assert_eq!(ignoring, expected);
}

#[test]
fn only_the_monitor_manifest_has_the_mode_monitor() {
    for manifest in Manifest::all() {
        let file = &manifest.file;
        let mode = if file.ends_with("monitor.yaml") {
            "monitor"
        } else {
            "protect"
        };
        assert_eq!(manifest.field("mode"), Some(&json!(mode)), "{file}");
    }
}

#[test]
fn kubernetes_kinds_are_matched_by_the_rules_of_the_metadata() {
    let metadata = yaml("metadata.yml");
    let rules = metadata.get("rules").unwrap().as_array().unwrap();
    for manifest in Manifest::all() {
        let asked = manifest.field("rules").unwrap().as_array().unwrap();
        let (core, custom): (Vec<_>, Vec<_>) = asked.iter().partition(|rule| {
            let groups = rule.get("apiGroups").unwrap().as_array().unwrap();
            ["", "apps", "batch"]
                .iter()
                .any(|group| groups.contains(&json!(group)))
        });
        let file = &manifest.file;
        assert!(core.is_empty() || custom.is_empty(), "{file} mixes them");
        if !core.is_empty() {
            let expected: Vec<_> = if manifest.field("mutating") == Some(&json!(true)) {
                adjustable(rules)
            } else {
                rules.clone()
            };
            assert_eq!(json!(core), json!(expected), "{file}");
        }
    }
}

/// The rules without the resources that are never adjusted: ephemeral containers, which
/// are added to an existing Pod, and revisions, which a controller owns.
fn adjustable(rules: &[Value]) -> Vec<Value> {
    let mut rules = rules.to_vec();
    rules.retain(|rule| rule.get("resources") != Some(&json!(["pods/ephemeralcontainers"])));
    for rule in &mut rules {
        let resources = rule.get_mut("resources").unwrap().as_array_mut().unwrap();
        resources.retain(|resource| resource != "controllerrevisions");
    }
    rules
}

#[test]
fn every_manifest_grants_what_its_settings_need_and_no_more() {
    let offered = yaml("metadata.yml");
    let offered = offered.get("contextAwareResources").unwrap();
    for manifest in Manifest::all() {
        let file = &manifest.file;
        for policy in manifest.policies() {
            let settings = policy.get("settings").unwrap();
            let needed: Vec<_> = [("namespaceSelector", "Namespace"), ("drift", "Pod")]
                .iter()
                .filter(|(key, _)| has(settings, key))
                .map(|(_, kind)| json!({"apiVersion": "v1", "kind": kind}))
                .collect();
            let granted = policy.get("contextAwareResources");
            let none = json!([]);
            assert_eq!(granted.unwrap_or(&none), &json!(needed), "{file}");
            for resource in &needed {
                assert!(offered.as_array().unwrap().contains(resource), "{resource}");
            }
        }
    }
}

#[test]
fn only_policies_that_adjust_mutate_and_they_are_not_audited() {
    for manifest in Manifest::all() {
        let file = &manifest.file;
        let is_adjusting = has(&manifest.spec, "adjust");
        let is_group = manifest.kind == "ClusterAdmissionPolicyGroup";
        let mutating = (!is_group).then(|| json!(is_adjusting));
        assert_eq!(manifest.field("mutating"), mutating.as_ref(), "{file}");
        assert_eq!(
            manifest.field("backgroundAudit"),
            Some(&json!(!is_adjusting)),
            "{file}"
        );
    }
}

#[test]
fn policies_that_are_used_together_have_different_names() {
    // These examples replace policy.yaml, and only differ from it in their settings.
    let alternatives = ["declared-tags", "environments-by-label", "monitor"];
    let mut names: Vec<_> = Manifest::all()
        .into_iter()
        .filter(|each| !alternatives.iter().any(|name| each.file.contains(name)))
        .map(|each| (each.kind, each.name))
        .collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all);
}

/// Kubewarden's controller copies only the expressions of a policy's selector into its
/// webhook (`namespaceSelector` in `policy_subreconciler_webhook.go`, 1.36).
#[test]
fn namespaces_are_chosen_by_expressions_alone() {
    for manifest in Manifest::all() {
        if let Some(selector) = manifest.field("namespaceSelector") {
            let keys: Vec<_> = selector.as_object().unwrap().keys().collect();
            assert_eq!(keys, ["matchExpressions"], "{}", manifest.file);
        }
    }
}

/// The members that an expression evaluates, by calling functions of their names.
fn asked_in(expression: &str) -> Vec<String> {
    let calls = expression.split("()");
    let names = calls.map(|before| before.rsplit([' ', '(', '!']).next().unwrap_or_default());
    names
        .filter(|name| !name.is_empty() && *name != ")")
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_expression_of_a_group_evaluates_exactly_its_members() {
    let groups = Manifest::all();
    let group = groups
        .iter()
        .find(|each| each.kind == "ClusterAdmissionPolicyGroup");
    let group = group.unwrap();
    let expression = group.field("expression").unwrap().as_str().unwrap();
    let mut asked = asked_in(expression);
    asked.sort();
    let members = group.field("policies").unwrap().as_object().unwrap();
    assert_eq!(asked, members.keys().cloned().collect::<Vec<_>>());
}

/// The settings of policy.yaml, without and with the ones that are commented out.
fn settings_and_offers() -> (Value, Value) {
    let text = read("policy.yaml");
    let (_, settings) = text.split_once("  settings:\n").unwrap();
    let offered: String = settings
        .lines()
        .filter(|line| !line.ends_with('.') && !line.contains("# The user of"))
        .map(|line| line.replacen("# ", "", 1) + "\n")
        .collect();
    let parsed = |text: &str| yaml_serde::from_str::<Value>(text).unwrap();
    (parsed(settings), parsed(&offered))
}

/// The fragments of ClusterAdmissionPolicies in a page.
fn fragments(page: &str) -> Vec<Value> {
    let blocks = page.split("```yaml\n").skip(1);
    let blocks = blocks.map(|rest| rest.split("```").next().unwrap());
    let fragments = blocks.filter(|block| block.starts_with("spec:"));
    fragments
        .map(|block| yaml_serde::from_str(block).unwrap())
        .collect()
}

#[test]
fn the_pages_show_only_fields_that_kubewarden_has() {
    let fragments = fragments(&read("docs/operating.md"));
    assert_eq!(fragments.len(), 2);
    for fragment in fragments {
        let mut manifest = yaml("policy.yaml");
        let spec = manifest.get_mut("spec").unwrap().as_object_mut().unwrap();
        let fields = fragment.get("spec").unwrap().as_object().unwrap();
        spec.extend(fields.clone());
        assert_eq!(unknown("docs/operating.md", &manifest), Value::Null);
    }
}

/// A host that must not be called.
struct Nobody;

impl Host for Nobody {
    fn ask(&self, _: Capability, _: &str) -> Result<Vec<u8>, String> {
        panic!("nobody is to be asked")
    }
}

/// The response to a Pod with the image `auto`, which Istio's injector replaces later.
fn answer_to_auto(settings: &Value) -> Value {
    let proxy = json!({"name": "istio-proxy", "image": "auto", "imagePullPolicy": "Always"});
    let payload = json!({
        "request": {
            "kind": {"group": "", "version": "v1", "kind": "Pod"},
            "operation": "CREATE",
            "namespace": "shop",
            "object": {"spec": {"containers": [proxy]}},
        },
        "settings": settings,
    });
    serde_json::from_slice(&validate(payload.to_string().as_bytes(), &Nobody)).unwrap()
}

#[test]
fn what_the_policy_offers_as_comments_exempts_what_istio_replaces() {
    let (settings, offered) = settings_and_offers();
    assert!(settings.get("controllers").is_none() && offered.get("controllers").is_some());
    for (settings, is_accepted) in [(settings, false), (offered, true)] {
        let answer = answer_to_auto(&settings);
        assert_eq!(
            answer.get("accepted"),
            Some(&json!(is_accepted)),
            "{answer}"
        );
    }
}
