//! Checks that artifacthub-pkg.yml is what `kwctl scaffold artifacthub` generates from
//! metadata.yml, questions-ui.yml and the version. The test composes it without kwctl.

use serde_json::{Map, Value, json};

use crate::version::module;
use crate::{read, yaml};

/// The fields of a rule, in kwctl's order.
const RULE: [&str; 4] = ["apiGroups", "apiVersions", "resources", "operations"];

struct Metadata(Value);

impl Metadata {
    fn field(&self, name: &str) -> &Value {
        self.0.get(name).unwrap()
    }

    fn annotation(&self, name: &str) -> &str {
        let found = self.field("annotations").get(name);
        found.unwrap_or_else(|| panic!("{name}")).as_str().unwrap()
    }
}

/// Renders a list of maps as YAML, with keys in the given order.
fn listed(items: &Value, keys: &[&str]) -> String {
    let items: Vec<yaml_serde::Mapping> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            assert_eq!(item.as_object().unwrap().len(), keys.len(), "{item}");
            keys.iter()
                .map(|key| {
                    let value = yaml_serde::to_value(item.get(key).unwrap()).unwrap();
                    ((*key).into(), value)
                })
                .collect()
        })
        .collect();
    yaml_serde::to_string(&items).unwrap()
}

fn annotations(metadata: &Metadata) -> Value {
    let resources = metadata.field("contextAwareResources");
    json!({
        "kubewarden/mutation": metadata.field("mutating").to_string(),
        "kubewarden/contextAwareResources": listed(resources, &["apiVersion", "kind"]),
        "kubewarden/rules": listed(metadata.field("rules"), &RULE),
        "kubewarden/questions-ui": read("questions-ui.yml"),
        "kubewarden/hidden-ui": metadata.annotation("io.kubewarden.hidden-ui"),
        "kubewarden/resources": metadata.annotation("io.artifacthub.resources"),
    })
}

fn maintainers(author: &str) -> Value {
    let (name, address) = author.split_once(" <").unwrap();
    json!([{"name": name, "email": address.trim_end_matches('>')}])
}

/// kwctl's instructions, without the first sentence, which depends on its version.
fn install(module: &str) -> String {
    format!(
        "```console\nkwctl pull {module}\n```\n\
         Then, generate the policy manifest and tune it to your liking. For example:\n\
         ```console\nkwctl scaffold manifest -t ClusterAdmissionPolicy registry://{module}\n```\n"
    )
}

/// Whether a text is an RFC 3339 timestamp in UTC.
fn is_moment(text: &str) -> bool {
    let shape: String = text
        .chars()
        .map(|each| if each.is_ascii_digit() { '0' } else { each })
        .collect();
    shape
        .strip_prefix("0000-00-00T00:00:00")
        .is_some_and(|rest| rest.trim_start_matches(['.', '0']) == "Z")
}

fn package(metadata: &Metadata) -> Map<String, Value> {
    let source = metadata.annotation("io.kubewarden.policy.source");
    let tag = metadata.annotation("com.github.release.tag");
    let keywords: Vec<_> = metadata
        .annotation("io.artifacthub.keywords")
        .split(',')
        .map(str::trim)
        .collect();
    let controller = "https://artifacthub.io/packages/helm/kubewarden/kubewarden-controller";
    let package = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "name": metadata.annotation("io.kubewarden.policy.title"),
        "displayName": metadata.annotation("io.artifacthub.displayName"),
        "description": metadata.annotation("io.kubewarden.policy.description"),
        "license": metadata.annotation("io.kubewarden.policy.license"),
        "homeURL": metadata.annotation("io.kubewarden.policy.url"),
        "containersImages": [{"name": "policy", "image": module()}],
        "keywords": keywords,
        "links": [
            {"name": "policy", "url": format!("{source}/releases/download/{tag}/policy.wasm")},
            {"name": "source", "url": source},
        ],
        "install": install(&module()),
        "maintainers": maintainers(metadata.annotation("io.kubewarden.policy.author")),
        "provider": {"name": "kubewarden"},
        "recommendations": [{"url": controller}],
        "annotations": annotations(metadata),
    });
    package.as_object().unwrap().clone()
}

#[test]
fn the_package_is_what_kwctl_generates() {
    let committed = yaml("artifacthub-pkg.yml");
    let mut committed = committed.as_object().unwrap().clone();
    let created = committed.remove("createdAt").unwrap();
    let words = committed.get("install").unwrap().as_str().unwrap();
    let (_, words) = words.split_once('\n').unwrap();
    let words = json!(words);
    committed.insert("install".to_owned(), words);
    assert_eq!(
        committed,
        package(&Metadata(yaml("metadata.yml"))),
        "run `make artifacthub-pkg.yml`"
    );
    assert!(is_moment(created.as_str().unwrap()), "{created}");
}

#[test]
fn the_repository_has_owners_that_the_package_names() {
    let owners = yaml("artifacthub-repo.yml");
    assert_eq!(
        owners.get("owners"),
        yaml("artifacthub-pkg.yml").get("maintainers")
    );
}
