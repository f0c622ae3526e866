//! Tests the arguments, the settings and the module.

use crate::folder::Folder;
use crate::program::Run;
use crate::{POD, guests};

/// A folder with settings and policies. The guest rejects every request when it sees a caret in the
/// settings.
fn folder(name: &str) -> Folder {
    let policy = |kind: &str, settings: &str| {
        format!(
            "apiVersion: policies.kubewarden.io/v1\nkind: {kind}\nspec:\n  module: x\n{settings}"
        )
    };
    Folder::new(name)
        .with("pod.yaml", POD)
        .with("good.yaml", "mode: strict\n")
        .with("bad.yaml", "mode: ^\n")
        .with("empty.yaml", "# none\n")
        .with("list.yaml", "- a\n")
        .with("two.yaml", "a: 1\n---\nb: 2\n")
        .with(
            "policy.yaml",
            &policy("ClusterAdmissionPolicy", "  settings: {a: ^}\n"),
        )
        .with("plain.yaml", &policy("AdmissionPolicy", ""))
        .with(
            "with-server.yaml",
            &format!(
                "apiVersion: policies.kubewarden.io/v1\nkind: PolicyServer\n---\n{}",
                policy("ClusterAdmissionPolicy", "  settings: {a: ^}\n")
            ),
        )
        .with(
            "two-policies.yaml",
            &format!(
                "{0}---\n{0}",
                policy("ClusterAdmissionPolicy", "  settings: {}\n")
            ),
        )
        .with("repeated.yaml", "mode: ^\nmode: strict\n")
        .with(
            "repeated-policy.yaml",
            &policy(
                "ClusterAdmissionPolicy",
                "  settings: {a: ^}\n  settings: {}\n",
            ),
        )
}

fn assert_ends(folder: &Folder, arguments: &[&str], status: i32, errors: &str) {
    let run = folder.run(&[&["pod.yaml"], arguments].concat());
    let found = (run.status, run.errors.as_str());
    assert_eq!(found, (status, errors), "{arguments:?}");
}

#[test]
fn settings_come_from_one_of_three_arguments() {
    let folder = folder("settings");
    let cases: &[(&[&str], i32)] = &[
        (&[], 0),
        (&["--settings-json", "{\"mode\":\"strict\"}"], 0),
        (&["--settings-json", "{\"mode\":\"^\"}"], 1),
        (&["--settings-json", "null"], 0),
        (&["--settings-path", "good.yaml"], 0),
        (&["--settings-path", "bad.yaml"], 1),
        (&["--settings-path", "empty.yaml"], 0),
        (&["--policy", "policy.yaml"], 1),
        (&["--policy", "with-server.yaml"], 1),
    ];
    for (arguments, status) in cases {
        assert_ends(&folder, arguments, *status, "");
    }
}

#[test]
fn remarks_on_settings_are_written() {
    let folder = folder("settings-with-remarks");
    let cases: &[(&[&str], &str)] = &[
        (
            &["--policy", "plain.yaml"],
            "note: plain.yaml: an AdmissionPolicy covers its own namespace, but here every object is judged\n\
             note: plain.yaml: spec.settings is missing: the policy's defaults apply, which are strict\n",
        ),
        (
            &["--settings-json", "{\"a\":1,\"a\":{\"b\":1,\"b\":2}}"],
            "warning: --settings-json: a.b is given more than once: the last value counts\n\
             warning: --settings-json: a is given more than once: the last value counts\n",
        ),
        (
            &["--settings-path", "repeated.yaml"],
            "warning: repeated.yaml: mode is given more than once: the last value counts\n",
        ),
        (
            &["--policy", "repeated-policy.yaml"],
            "warning: repeated-policy.yaml: spec.settings is given more than once: the last value counts\n",
        ),
    ];
    for (arguments, errors) in cases {
        assert_ends(&folder, arguments, 0, errors);
    }
}

#[test]
fn settings_that_cannot_be_read_end_with_2() {
    let folder = folder("unreadable-settings");
    let cases: &[(&[&str], &str)] = &[
        (
            &["--policy", "two-policies.yaml"],
            "error: two-policies.yaml: expected one document with a policy, found 2\n",
        ),
        (
            &["--settings-json", ""],
            "error: --settings-json: is empty: write {} for the policy's defaults\n",
        ),
        (
            &["--settings-path", "pod.yaml"],
            "error: pod.yaml: is an object of kind \"Pod\", not settings: write a mapping, such as {\"mode\": \"lenient\"}\n",
        ),
        (
            &["--settings-json", "[]"],
            "error: --settings-json: expected a mapping of settings, found a list\n",
        ),
        (
            &["--settings-json", "{"],
            "error: --settings-json: EOF while parsing an object at line 1 column 1\n",
        ),
        (
            &["--settings-path", "list.yaml"],
            "error: list.yaml: expected a mapping of settings, found a list\n",
        ),
        (
            &["--settings-path", "two.yaml"],
            "error: two.yaml: expected one document with settings, found 2\n",
        ),
        (
            &["--settings-path", "missing.yaml"],
            "error: --settings-path missing.yaml: cannot be read: No such file or directory (os error 2)\n",
        ),
        (
            &["--policy", "pod.yaml"],
            "error: pod.yaml: is of kind \"Pod\": a policy is a ClusterAdmissionPolicy or an AdmissionPolicy of policies.kubewarden.io\n",
        ),
        (
            &["--policy", "good.yaml"],
            "error: good.yaml: has no kind: a policy is a ClusterAdmissionPolicy or an AdmissionPolicy of policies.kubewarden.io (settings alone go into a file for --settings-path)\n",
        ),
        (
            &["--settings-path", "policy.yaml"],
            "error: policy.yaml: is a policy, with its settings in spec.settings: pass it with --policy\n",
        ),
    ];
    for (arguments, errors) in cases {
        assert_ends(&folder, arguments, 2, errors);
    }
}

#[test]
fn settings_that_the_policy_refuses_end_with_2() {
    let guest = guests::answering(r#"{"valid":false,"message":"mode: \"x\" is unknown"}"#);
    let folder = Folder::with_module("refused", &guest).with("pod.yaml", POD);
    assert_eq!(
        folder.run(&["pod.yaml"]),
        Run::new(
            2,
            "",
            "error: the policy refuses the settings: mode: \"x\" is unknown\n"
        )
    );
}

#[test]
fn a_module_that_cannot_be_used_ends_with_2() {
    let folder = Folder::new("module")
        .with("pod.yaml", POD)
        .with("text.wasm", "no module");
    let cases = [
        (
            "other.wasm",
            "error: the module \"other.wasm\" does not exist: build it with `make policy.wasm`, or leave out --module\n",
        ),
        (".", "error: cannot read the module \".\": "),
        (
            "text.wasm",
            "error: \"text.wasm\" is not a WebAssembly module that can run here: it does not begin with the bytes \\0asm\n",
        ),
    ];
    for (module, error) in cases {
        let run = folder.run_program(&["check", "pod.yaml", "--module", module]);
        assert_eq!((run.status, run.output.as_str()), (2, ""), "{module}");
        assert!(run.errors.starts_with(error), "{}", run.errors);
    }
}

#[test]
fn without_a_module_the_policy_is_built_in() {
    let folder = Folder::new("native")
        .with("moving.yaml", &pod_of("acme/web:main"))
        .with("version.yaml", &pod_of("acme/web:1.4.2"));
    for (file, status) in [("moving.yaml", 1), ("version.yaml", 0)] {
        let run = folder.run_program(&["check", file]);
        assert_eq!((run.status, run.errors.as_str()), (status, ""), "{file}");
    }
}

fn pod_of(image: &str) -> String {
    let container = format!("{{name: web, image: {image}, imagePullPolicy: Always}}");
    format!("{POD}spec: {{containers: [{container}]}}\n")
}

#[test]
fn arguments_that_contradict_each_other_end_with_2() {
    let folder = Folder::new("arguments");
    let cases: &[&[&str]] = &[
        &["--old", "b", "--operation", "UPDATE"],
        &["--operation", "CONNECT"],
        &["--namespace", "Not_A_Namespace"],
        &["--namespace", ""],
        &["--settings-json", "{}", "--policy", "b"],
        &["--settings-json", "{}", "--settings-path", "b"],
        &["--settings-path", "b", "--policy", "c"],
        &["--output", "xml"],
        &["--manifest", "a"],
    ];
    for arguments in cases {
        let run = folder.run(&[&["a"], *arguments].concat());
        assert_eq!((run.status, run.output.as_str()), (2, ""), "{arguments:?}");
        assert!(
            run.errors.starts_with("error: "),
            "{arguments:?}: {}",
            run.errors
        );
    }
}

#[test]
fn a_missing_or_unknown_command_ends_with_2() {
    let folder = Folder::new("command");
    for arguments in [&[][..], &["judge"]] {
        let run = folder.run_program(arguments);
        assert_eq!((run.status, run.output.as_str()), (2, ""), "{arguments:?}");
        assert!(run.errors.contains("Usage: mutable-tags"), "{}", run.errors);
    }
}

#[test]
fn help_and_version_end_with_0() {
    let folder = Folder::new("help");
    let help = folder.run_program(&["check", "--help"]);
    assert_eq!((help.status, help.errors.as_str()), (0, ""));
    assert!(help.output.contains("Exit status:"), "{}", help.output);
    let version = concat!("mutable-tags ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(folder.run_program(&["--version"]), Run::new(0, version, ""));
}

#[test]
fn notes_and_ignores_the_scope_of_a_policy() {
    let policy = |kind: &str, spec: &str| {
        format!("{{apiVersion: policies.kubewarden.io/v1, kind: {kind}, spec: {spec}}}")
    };
    let folder = Folder::new("scope")
        .with("pod.yaml", POD)
        .with(
            "all.yaml",
            &policy("ClusterAdmissionPolicy", "{mode: protect, settings: {}}"),
        )
        .with(
            "some.yaml",
            &policy(
                "AdmissionPolicy",
                "{mode: monitor, settings: {}, objectSelector: {matchLabels: {a: b}}}",
            ),
        );
    let notes = "\
        note: some.yaml: spec.mode is monitor: a policy server accepts and logs the objects that are rejected here\n\
        note: some.yaml: an AdmissionPolicy covers its own namespace, but here every object is judged\n\
        note: some.yaml: spec.objectSelector is ignored: every object is judged\n";
    for (file, errors) in [("all.yaml", ""), ("some.yaml", notes)] {
        let run = folder.run(&["pod.yaml", "--policy", file]);
        assert_eq!((run.status, run.errors.as_str()), (0, errors), "{file}");
    }
}
