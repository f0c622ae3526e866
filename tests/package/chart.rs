//! Checks the Helm chart: what Rancher's UI reads of it, and the policy that Helm makes of
//! it. The names that the UI reads are those of rancher/kubewarden-ui and of pkg2chart in
//! kubewarden/policy-catalog (August 2026).

use serde_json::{Value, json};

use crate::version::module;
use crate::{read, yaml};

const VERSION: &str = env!("CARGO_PKG_VERSION");
const CHART: &str = "charts/mutable-tags/Chart.yaml";
const VALUES: &str = "charts/mutable-tags/values.yaml";

/// Registry, repository and tag of the module.
fn module_parts() -> [String; 3] {
    let module = module();
    let (address, tag) = module.rsplit_once(':').unwrap();
    let (registry, repository) = address.split_once('/').unwrap();
    [registry, repository, tag].map(str::to_owned)
}

/// The chart's template, rendered with its values for a release. The template must only use
/// the three forms that are replaced here, so that no other renderer is needed.
fn rendered(template: &str, values: &Value, release: &str) -> String {
    let spec = yaml_serde::to_string(values.get("spec").unwrap()).unwrap();
    let spec: String = spec.lines().map(|line| format!("\n  {line}")).collect();
    let (comment, text) = template.split_once("*/ -}}\n").unwrap();
    assert!(comment.starts_with("{{- /*"), "{comment}");
    let mut text = text
        .replace("\n  {{- toYaml .Values.spec | nindent 2 }}", &spec)
        .replace("{{ .Release.Name }}", release);
    while let Some((before, rest)) = text.split_once("{{ .Values.") {
        let (path, after) = rest.split_once(" }}").unwrap();
        let value = values.pointer(&format!("/{}", path.replace('.', "/")));
        let value = value
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("{path}"));
        text = format!("{before}{value}{after}");
    }
    assert!(!text.contains("{{"), "not rendered: {text}");
    text
}

#[test]
fn helm_makes_the_same_policy_of_the_chart() {
    let template = read("charts/mutable-tags/templates/policy.yaml");
    let rendered = rendered(&template, &yaml(VALUES), "mutable-tags");
    let policy: Value = yaml_serde::from_str(&rendered).unwrap();
    assert_eq!(policy, yaml("policy.yaml"));
}

#[test]
fn a_release_of_another_name_is_another_policy() {
    let template = read("charts/mutable-tags/templates/policy.yaml");
    let mut values = yaml(VALUES);
    *values.pointer_mut("/spec/mode").unwrap() = json!("monitor");
    let rendered = rendered(&template, &values, "watch-tags");
    let policy: Value = yaml_serde::from_str(&rendered).unwrap();
    assert_eq!(policy.pointer("/metadata/name"), Some(&json!("watch-tags")));
    assert_eq!(policy.pointer("/spec/mode"), Some(&json!("monitor")));
}

/// The UI binds a question to a field of the settings, in a chart as in a package.
#[test]
fn the_ui_shows_the_same_form_for_the_chart() {
    assert!(
        read("charts/mutable-tags/questions.yaml") == read("questions-ui.yml"),
        "run `make charts/mutable-tags/questions.yaml`"
    );
}

#[test]
fn the_values_name_the_module_as_the_ui_reads_it() {
    let [registry, repository, tag] = module_parts();
    let values = yaml(VALUES);
    let keys: Vec<_> = values.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["global", "module", "spec"]);
    assert_eq!(
        values.get("global"),
        Some(&json!({"cattle": {"systemDefaultRegistry": registry}}))
    );
    assert_eq!(
        values.get("module"),
        Some(&json!({"repository": repository, "tag": tag}))
    );
}

#[test]
fn the_chart_has_the_annotations_that_the_ui_reads() {
    let package = yaml("artifacthub-pkg.yml");
    let mut expected = package.get("annotations").unwrap().clone();
    let annotations = expected.as_object_mut().unwrap();
    annotations.remove("kubewarden/questions-ui").unwrap();
    let [registry, repository, tag] = module_parts();
    for (name, value) in [
        ("catalog.cattle.io/hidden", json!("true")),
        ("catalog.cattle.io/type", json!("kubewarden-policy")),
        ("catalog.cattle.io/ui-component", json!("kubewarden")),
        (
            "kubewarden/displayName",
            package.get("displayName").unwrap().clone(),
        ),
        ("kubewarden/registry", json!(registry)),
        ("kubewarden/repository", json!(repository)),
        ("kubewarden/tag", json!(tag)),
    ] {
        let former = annotations.insert(name.to_owned(), value);
        assert_eq!(former, None, "{name}");
    }
    assert_eq!(yaml(CHART).get("annotations"), Some(&expected));
}

#[test]
fn the_chart_describes_the_policy_as_its_package_does() {
    let package = yaml("artifacthub-pkg.yml");
    let home = package.get("homeURL").unwrap();
    let mut expected = json!({
        "apiVersion": "v2",
        "type": "application",
        "version": VERSION,
        "appVersion": VERSION,
        "home": home,
        "sources": [home],
    });
    for field in ["name", "description", "keywords", "maintainers"] {
        expected[field] = package.get(field).unwrap().clone();
    }
    let mut chart = yaml(CHART);
    chart.as_object_mut().unwrap().remove("annotations");
    assert_eq!(chart, expected);
}

#[test]
fn the_documents_install_this_version_of_the_chart() {
    let document = read("charts/mutable-tags/README.md");
    let named: Vec<_> = document.split("--version ").skip(1).collect();
    assert!(!named.is_empty());
    for rest in named {
        let version = rest.split_whitespace().next();
        assert_eq!(version, Some(VERSION), "{rest}");
    }
}
