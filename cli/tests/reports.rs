//! Reads the reports back, as the programs do that they are written for.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::Path;

use clap::Parser;
use mutable_tags_cli::{Arguments, Status, Streams, Style, run};
use quick_junit::{NonSuccessKind, Report, TestCaseStatus};
use serde_json::Value;
use serde_sarif::sarif::{ResultLevel, Sarif};
use tempfile::TempDir;

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
";

/// A Pod in which each container has an image that moves.
fn pod(containers: usize) -> String {
    let mut pod = POD.to_owned();
    for number in 1..=containers {
        pod.push_str(&format!("    - name: c{number}\n"));
        pod.push_str(&format!("      image: acme/app{number}:latest\n"));
    }
    pod
}

/// A folder with one file.
fn folder(file: &str, text: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join(file);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
    folder
}

/// Checks a folder, and returns what stands on standard output.
fn check(folder: &Path, arguments: &[&str]) -> (Status, String) {
    let folder = folder.to_str().unwrap();
    let all = ["mutable-tags", "check", folder].into_iter();
    let all = all.chain(arguments.iter().copied());
    let arguments = Arguments::try_parse_from(all).unwrap();
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let streams = Streams {
        input: &mut std::io::empty(),
        input_is_typed: false,
        output: &mut output,
        errors: &mut errors,
        style: Style::Plain,
        progress_is_welcome: false,
    };
    let status = run(&arguments, streams);
    (status, String::from_utf8(output).unwrap())
}

fn report(folder: &TempDir, form: &str) -> String {
    check(folder.path(), &["--output", form]).1
}

fn sarif(text: &str) -> Sarif {
    serde_json::from_str(text).unwrap()
}

#[test]
fn sarif_has_rule_level_and_location_of_a_result() {
    let folder = folder("web.yaml", &pod(1));
    let sarif = sarif(&report(&folder, "sarif"));
    assert_eq!(sarif.version, "2.1.0");
    let run = &sarif.runs[0];
    let driver = &run.tool.driver;
    assert_eq!(driver.name, "mutable-tags");
    assert!(driver.information_uri.is_some());
    assert!(run.invocations.as_ref().unwrap()[0].execution_successful);

    let results = run.results.as_ref().unwrap();
    assert_eq!(results.len(), 1);
    let result = &results[0];
    assert_eq!(result.rule_id.as_deref(), Some("latest"));
    let index = usize::try_from(result.rule_index.unwrap()).unwrap();
    assert_eq!(driver.rules.as_ref().unwrap()[index].id, "latest");
    assert_eq!(result.level, Some(ResultLevel::Error));
    let message = result.message.text.as_ref().unwrap();
    assert!(message.contains("acme/app1:latest"), "{message}");
    assert_eq!(result.partial_fingerprints.as_ref().unwrap().len(), 1);

    let location = &result.locations.as_ref().unwrap()[0];
    let physical = location.physical_location.as_ref().unwrap();
    let region = physical.region.as_ref().unwrap();
    assert_eq!(
        (region.start_line, region.start_column),
        (Some(7), Some(14))
    );
    let logical = &location.logical_locations.as_ref().unwrap()[0];
    assert_eq!(
        logical.fully_qualified_name.as_deref(),
        Some("Pod shop/web spec.containers[0].image")
    );
}

#[test]
fn sarif_notifies_of_input_that_cannot_be_read() {
    let folder = folder("web.yaml", "apiVersion: v1\nkind: Pod\nspec: [\n");
    let (status, output) = check(folder.path(), &["--output", "sarif"]);
    assert_eq!(status, Status::Unusable);
    let sarif = sarif(&output);
    let run = &sarif.runs[0];
    assert!(run.results.as_ref().unwrap().is_empty());
    let invocation = &run.invocations.as_ref().unwrap()[0];
    assert!(!invocation.execution_successful);
    let notifications = invocation.tool_execution_notifications.as_ref();
    assert_eq!(notifications.unwrap().len(), 1);
}

#[test]
fn sarif_escapes_the_name_of_a_file() {
    let folder = folder("für alle/web 1.yaml", &pod(1));
    let sarif = sarif(&report(&folder, "sarif"));
    let results = sarif.runs[0].results.as_ref().unwrap();
    let location = &results[0].locations.as_ref().unwrap()[0];
    let physical = location.physical_location.as_ref().unwrap();
    let uri = physical.artifact_location.as_ref().unwrap().uri.as_ref();
    let uri = uri.unwrap();
    assert!(uri.ends_with("/f%C3%BCr%20alle/web%201.yaml"), "{uri}");
    assert!(uri.starts_with("file:///"), "{uri}");
}

#[test]
fn twenty_seven_findings_are_twenty_seven_results() {
    let folder = folder("web.yaml", &pod(27));
    let sarif = sarif(&report(&folder, "sarif"));
    assert_eq!(sarif.runs[0].results.as_ref().unwrap().len(), 27);

    let json: Value = serde_json::from_str(&report(&folder, "json")).unwrap();
    assert_eq!(json["findings"].as_array().unwrap().len(), 27);
    assert_eq!(json["findings"][26]["line"], 59);
    assert_eq!(json["findings"][26]["pullPolicy"], "Always");

    let github = report(&folder, "github");
    let commands = github.lines().filter(|line| line.starts_with("::error "));
    assert_eq!(commands.count(), 27);

    let junit = Report::deserialize_from_str(&report(&folder, "junit")).unwrap();
    let case = &junit.test_suites[0].test_cases[0];
    let TestCaseStatus::NonSuccess { description, .. } = &case.status else {
        panic!("{case:?}");
    };
    assert_eq!(description.as_ref().unwrap().lines().count(), 27);
}

#[test]
fn junit_has_suites_for_files_and_cases_for_objects() {
    let two = format!("{}---\n{}", pod(1), pod(1).replace(":latest", ":1.2.3"));
    let folder = folder("für alle/web 1.yaml", &two);
    fs::write(
        folder.path().join("bad.yaml"),
        "apiVersion: v1\nkind: Pod\nspec: [\n",
    )
    .unwrap();
    let junit = Report::deserialize_from_str(&report(&folder, "junit")).unwrap();
    assert_eq!((junit.tests, junit.failures, junit.errors), (3, 1, 1));

    let [bad, web] = junit.test_suites.as_slice() else {
        panic!("{junit:?}");
    };
    let kind = |suite: &quick_junit::TestSuite, case: usize| match &suite.test_cases[case].status {
        TestCaseStatus::NonSuccess { kind, .. } => Some(*kind),
        _ => None,
    };
    assert_eq!(kind(bad, 0), Some(NonSuccessKind::Error));
    assert_eq!(kind(web, 0), Some(NonSuccessKind::Failure));
    assert_eq!(kind(web, 1), None);

    let case = &web.test_cases[0];
    assert_eq!(case.name.as_str(), "Pod shop/web");
    assert!(web.name.as_str().ends_with("für alle/web 1.yaml"));
    assert_eq!(case.classname.as_ref(), Some(&web.name));
    let TestCaseStatus::NonSuccess { description, .. } = &case.status else {
        panic!("{case:?}");
    };
    let description = description.as_ref().unwrap().as_str();
    let place = format!("{}:7:14: ", web.name.as_str());
    assert!(description.starts_with(&place), "{description}");
}

#[test]
fn junit_counts_no_warning_as_a_failure() {
    let folder = folder("web.yaml", &pod(1));
    let lenient = [
        "--output",
        "junit",
        "--settings-json",
        r#"{"mode": "lenient"}"#,
    ];
    let (_, output) = check(folder.path(), &lenient);
    let junit = Report::deserialize_from_str(&output).unwrap();
    assert_eq!((junit.tests, junit.failures, junit.errors), (1, 0, 0));
    let output = junit.test_suites[0].test_cases[0].system_out.as_ref();
    assert!(output.unwrap().contains("acme/app1:latest"));
}

#[test]
fn github_shows_place_title_and_summary() {
    let folder = folder("für alle/web, 1.yaml", &pod(1));
    let output = report(&folder, "github");
    let lines: Vec<&str> = output.lines().collect();
    let [command, summary] = lines.as_slice() else {
        panic!("{output}");
    };
    let (properties, message) = command.split_once("::Pod shop/web: ").unwrap();
    assert!(properties.starts_with("::error file="), "{properties}");
    assert!(
        properties.ends_with("/für alle/web%2C 1.yaml,line=7,col=14,title=mutable-tags (latest)"),
        "{properties}"
    );
    assert!(message.contains("acme/app1:latest"), "{message}");
    assert_eq!(*summary, "1 rejected");
}

#[test]
fn several_reports_are_written_at_once() {
    let folder = folder("web.yaml", &pod(2));
    let target = TempDir::new().unwrap();
    let file = target.path().join("report.sarif");
    let to_file = format!("sarif={}", file.display());
    let (status, text) = check(folder.path(), &["--output", "text", "--output", &to_file]);
    assert_eq!(status, Status::Rejected);
    assert!(text.starts_with("rejected Pod shop/web"), "{text}");
    let sarif = sarif(&fs::read_to_string(file).unwrap());
    assert_eq!(sarif.runs[0].results.as_ref().unwrap().len(), 2);
}

#[test]
fn text_lists_every_finding_with_its_place() {
    let folder = folder("web.yaml", &pod(27));
    let text = report(&folder, "text");
    let places = text
        .lines()
        .filter(|line| line.contains("web.yaml:") && line.starts_with("  - "));
    assert_eq!(places.count(), 27, "{text}");
    assert!(
        text.contains("web.yaml:59:14: \"acme/app27:latest\""),
        "{text}"
    );
    assert!(!text.contains(" more\n"), "{text}");
}

#[test]
fn text_tells_where_an_unreadable_field_stands() {
    let folder = folder("web.yaml", &pod(1).replace("acme/app1:latest", "5"));
    let text = report(&folder, "text");
    assert!(
        text.contains("web.yaml:7:14: the request cannot be judged"),
        "{text}"
    );
}

#[test]
fn text_lists_a_path_that_is_part_of_another_path() {
    let container = |name: &str| {
        format!("{{name: {name}, image: 'acme/{name}:main', imagePullPolicy: Always}}")
    };
    let outer: Vec<_> = (0..10)
        .map(|number| container(&format!("outer{number}")))
        .collect();
    let text = format!(
        "apiVersion: example.com/v1\nkind: Thing\nmetadata: {{name: many}}\nspec:\n  a: {{spec: {{containers: [{}]}}}}\n  containers: [{}]\n",
        outer.join(", "),
        container("inner"),
    );
    let folder = folder("web.yaml", &text);
    let text = report(&folder, "text");
    assert!(
        text.contains("web.yaml:6:37: \"acme/inner:main\""),
        "{text}"
    );
    assert_eq!(text.matches("web.yaml:5:").count(), 10, "{text}");
}

#[test]
fn junit_can_be_read_whatever_a_name_holds() {
    let name = r#"{name: "a\uffff\ufffe<&\"]]>", namespace: shop}"#;
    let pod = pod(1).replace("{name: web, namespace: shop}", name);
    let junit = report(&folder("web.yaml", &pod), "junit");
    assert!(!junit.contains(['\u{fffe}', '\u{ffff}']), "{junit}");
    let junit = Report::deserialize_from_str(&junit).unwrap();
    let case = &junit.test_suites[0].test_cases[0];
    assert_eq!(case.name.as_str(), r#"Pod shop/a\uffff\ufffe<&"]]>"#);
}

/// A policy whose `adjust` a host refuses.
const NO_MUTATION: &str = "\
apiVersion: policies.kubewarden.io/v1
kind: ClusterAdmissionPolicy
metadata: {name: mutable-tags}
spec: {mutating: false, settings: {adjust: if-not-present}}
";

#[test]
fn every_report_says_why_a_host_refuses_a_change() {
    let folder = folder("pods/web.yaml", &pod(1));
    let policy = folder.path().join("policy.yaml");
    fs::write(&policy, NO_MUTATION).unwrap();
    let reason =
        "the policy changes the object, which a policy server rejects unless spec.mutating is true";
    let report = |form| {
        let policy = policy.to_str().unwrap();
        let arguments = ["--policy", policy, "--output", form];
        let (status, report) = check(&folder.path().join("pods"), &arguments);
        assert_eq!(status, Status::Rejected, "{form}");
        report
    };
    let sarif = sarif(&report("sarif"));
    let results = sarif.runs[0].results.as_ref().unwrap().iter();
    let errors = results.filter(|result| result.level == Some(ResultLevel::Error));
    let errors: Vec<_> = errors.map(|error| error.message.text.as_deref()).collect();
    assert_eq!(errors, [Some(format!("Pod shop/web: {reason}").as_str())]);
    for form in ["text", "json", "kwctl", "junit", "github"] {
        let report = report(form);
        assert!(report.contains(reason), "{form}: {report}");
    }
}
