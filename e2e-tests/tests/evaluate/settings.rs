//! Tests the arguments, the settings and the module.

use crate::folder::{Folder, Run};
use crate::{POD, guests};

#[test]
fn settings_come_from_one_of_three_arguments() {
    let policy = |kind: &str, settings: &str| {
        format!(
            "apiVersion: policies.kubewarden.io/v1\nkind: {kind}\nspec:\n  module: x\n{settings}"
        )
    };
    let folder = Folder::new("settings")
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
        .with("plain.yaml", &policy("AdmissionPolicy", ""));
    // The guest rejects every request when it sees a caret in the settings.
    let cases: &[(&[&str], i32, &str)] = &[
        (&[], 0, ""),
        (&["--settings-json", "{\"mode\":\"strict\"}"], 0, ""),
        (&["--settings-json", "{\"mode\":\"^\"}"], 1, ""),
        (&["--settings-json", "null"], 0, ""),
        (&["--settings-path", "good.yaml"], 0, ""),
        (&["--settings-path", "bad.yaml"], 1, ""),
        (&["--settings-path", "empty.yaml"], 0, ""),
        (&["--policy", "policy.yaml"], 1, ""),
        (
            &["--policy", "plain.yaml"],
            0,
            "note: plain.yaml: an AdmissionPolicy is for its own namespace: here every object is judged\n",
        ),
        (
            &["--settings-json", "[]"],
            2,
            "error: --settings-json: expected a mapping of settings, found a list\n",
        ),
        (
            &["--settings-json", "{"],
            2,
            "error: --settings-json: EOF while parsing an object at line 1 column 1\n",
        ),
        (
            &["--settings-path", "list.yaml"],
            2,
            "error: list.yaml: expected a mapping of settings, found a list\n",
        ),
        (
            &["--settings-path", "two.yaml"],
            2,
            "error: two.yaml: expected one document with settings, found 2\n",
        ),
        (
            &["--settings-path", "missing.yaml"],
            2,
            "error: missing.yaml: cannot be read: No such file or directory (os error 2)\n",
        ),
        (
            &["--policy", "pod.yaml"],
            2,
            "error: pod.yaml: is of kind \"Pod\": --policy reads a ClusterAdmissionPolicy or an AdmissionPolicy of policies.kubewarden.io\n",
        ),
        (
            &["--policy", "good.yaml"],
            2,
            "error: good.yaml: has no kind: --policy reads a ClusterAdmissionPolicy or an AdmissionPolicy of policies.kubewarden.io, --settings-path settings alone\n",
        ),
        (
            &["--settings-path", "policy.yaml"],
            2,
            "error: policy.yaml: is a policy, with its settings in spec.settings: name it with --policy\n",
        ),
    ];
    for (arguments, status, errors) in cases {
        let run = folder.run(&[&["--manifest", "pod.yaml"], *arguments].concat());
        assert_eq!(
            (run.status, run.errors.as_str()),
            (*status, *errors),
            "{arguments:?}"
        );
    }
}

#[test]
fn settings_that_the_policy_refuses_end_with_2() {
    let guest = guests::answering(r#"{"valid":false,"message":"mode: \"x\" is unknown"}"#);
    let folder = Folder::with_module("refused", &guest).with("pod.yaml", POD);
    assert_eq!(
        folder.run(&["--manifest", "pod.yaml"]),
        Run::new(
            2,
            "",
            "error: the policy refuses the settings: mode: \"x\" is unknown\n"
        )
    );
}

#[test]
fn a_missing_module_says_how_to_build_it() {
    let folder = Folder::new("module").with("pod.yaml", POD);
    assert_eq!(
        folder.run(&["--manifest", "pod.yaml", "--module", "other.wasm"]),
        Run::new(
            2,
            "",
            "error: the module \"other.wasm\" does not exist: run `make policy.wasm`, or name another with --module\n"
        )
    );
}

#[test]
fn arguments_that_contradict_each_other_end_with_2() {
    let folder = Folder::new("arguments");
    let cases: &[&[&str]] = &[
        &[],
        &["--manifest", "a", "--request-path", "b"],
        &["--request-path", "a", "--namespace", "b"],
        &["--request-path", "a", "--operation", "UPDATE"],
        &["--request-path", "a", "--old", "b"],
        &["--manifest", "a", "--old", "b", "--operation", "UPDATE"],
        &["--manifest", "a", "--operation", "CONNECT"],
        &["--manifest", "a", "--namespace", "Not_A_Namespace"],
        &["--manifest", "a", "--namespace", ""],
        &["--manifest", "a", "--settings-json", "{}", "--policy", "b"],
        &[
            "--manifest",
            "a",
            "--settings-json",
            "{}",
            "--settings-path",
            "b",
        ],
        &["--manifest", "a", "--settings-path", "b", "--policy", "c"],
        &["--manifest", "a", "--output", "xml"],
        &["a"],
    ];
    for arguments in cases {
        let run = folder.run(arguments);
        assert_eq!((run.status, run.output.as_str()), (2, ""), "{arguments:?}");
        assert!(
            run.errors.starts_with("error: "),
            "{arguments:?}: {}",
            run.errors
        );
    }
}

#[test]
fn help_and_version_end_with_0() {
    let folder = Folder::new("help");
    let help = folder.run(&["--help"]);
    assert_eq!((help.status, help.errors.as_str()), (0, ""));
    assert!(help.output.contains("Exit status:"), "{}", help.output);
    assert_eq!(
        folder.run(&["--version"]),
        Run::new(0, concat!("evaluate ", env!("CARGO_PKG_VERSION"), "\n"), "")
    );
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
            &policy("ClusterAdmissionPolicy", "{mode: protect}"),
        )
        .with(
            "some.yaml",
            &policy(
                "AdmissionPolicy",
                "{mode: monitor, objectSelector: {matchLabels: {a: b}}}",
            ),
        );
    let notes = "\
        note: some.yaml: spec.mode is monitor: a policy server accepts and logs what is rejected here\n\
        note: some.yaml: an AdmissionPolicy is for its own namespace: here every object is judged\n\
        note: some.yaml: spec.objectSelector is not looked at: every object is judged\n";
    for (file, errors) in [("all.yaml", ""), ("some.yaml", notes)] {
        let run = folder.run(&["--manifest", "pod.yaml", "--policy", file]);
        assert_eq!((run.status, run.errors.as_str()), (0, errors), "{file}");
    }
}
