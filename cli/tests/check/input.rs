//! Tests the input of the program, and its exit status.

use crate::folder::Folder;
use crate::program::Run;
use crate::{BAD_POD, POD};

const POD_JSON: &str = r#"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"json"}}"#;

const NOTHING: &str = "error: no object to check: name a file, a folder with *.yaml, *.yml or *.json, or - for standard input\n";

#[test]
fn exits_with_0_if_accepted_and_1_if_rejected() {
    let folder = Folder::new("verdicts")
        .with("good.yaml", POD)
        .with("bad.yaml", BAD_POD);
    let accepted = folder.run(&["good.yaml"]);
    accepted.ends_with(0, "");
    assert_eq!(accepted.verdicts(), ["accepted Pod default/good"]);
    let rejected = folder.run(&["good.yaml", "bad.yaml", "-n", "shop"]);
    rejected.ends_with(1, "");
    assert_eq!(
        rejected.verdicts(),
        ["accepted Pod shop/good", "rejected Pod shop/bad"]
    );
}

#[test]
fn an_unusable_document_outweighs_a_rejection_and_hides_nothing() {
    let folder =
        Folder::new("unusable").with("all.yaml", &format!("{BAD_POD}---\na: [\n---\n{POD}"));
    let run = folder.run(&["all.yaml"]);
    assert_eq!(run.status, 2);
    assert!(
        run.errors.starts_with("error: all.yaml, document 2"),
        "{}",
        run.errors
    );
    assert_eq!(
        run.verdicts(),
        [
            "rejected Pod default/bad",
            "unusable all.yaml, document 2",
            "accepted Pod default/good"
        ]
    );
}

#[test]
fn reads_the_manifests_of_a_folder_in_order() {
    let folder = Folder::new("folder")
        .with("m/b.yml", POD)
        .with("m/a/z.json", POD_JSON)
        .with("m/c.yaml", POD)
        .with("m/.git/x.yaml", BAD_POD)
        .with("m/notes.txt", "a: [")
        .with("empty/notes.txt", "");
    let run = folder.run(&["m"]);
    run.ends_with(0, "");
    assert_eq!(
        run.verdicts(),
        [
            "accepted Pod default/json",
            "accepted Pod default/good",
            "accepted Pod default/good"
        ]
    );
    folder.run(&["empty"]).ends_with(2, NOTHING);
    let without_object = "error: no object to check: the input has no Kubernetes object\n";
    folder
        .run_with(&["-"], "# nothing\n")
        .ends_with(2, without_object);
}

#[test]
fn hidden_folders_are_read() {
    let folder = Folder::new("hidden").with("m/.github/bad.yaml", BAD_POD);
    let run = folder.run(&["m"]);
    run.ends_with(1, "");
    assert_eq!(run.verdicts(), ["rejected Pod default/bad"]);
}

#[test]
fn without_a_path_the_current_folder_is_checked() {
    let folder = Folder::new("current").with("a/pod.yaml", POD);
    let run = folder.run(&[]);
    run.ends_with(0, "");
    assert_eq!(run.verdicts(), ["accepted Pod default/good"]);
}

#[test]
fn reads_yaml_or_json_from_standard_input_once() {
    let folder = Folder::new("stdin");
    for (input, verdict) in [
        (POD, "accepted Pod default/good"),
        (POD_JSON, "accepted Pod default/json"),
    ] {
        let run = folder.run_with(&["-"], input);
        run.ends_with(0, "");
        assert_eq!(run.verdicts(), [verdict]);
    }
    let twice = folder.run_with(&["-", "--old", "-"], POD);
    assert_eq!(twice.status, 2);
    assert!(twice.errors.contains("can be given only once"), "{twice:?}");
}

#[test]
fn settings_and_a_policy_come_from_standard_input_once() {
    let policy = "{apiVersion: policies.kubewarden.io/v1, kind: ClusterAdmissionPolicy, spec: {settings: {a: ^}}}";
    let folder = Folder::new("stdin-settings").with("pod.yaml", POD);
    for (argument, input) in [("--settings-path", "a: ^"), ("--policy", policy)] {
        let run = folder.run_with(&["pod.yaml", argument, "-"], input);
        run.ends_with(1, "");
        let run = folder.run_with(&["-", argument, "-"], input);
        assert_eq!(run.status, 2, "{argument}");
        let error = "error: standard input: was read already: \"-\" can be given only once\n";
        assert_eq!(run.errors, error, "{argument}");
    }
}

#[test]
fn an_empty_path_is_refused() {
    let folder = Folder::new("empty-path");
    for arguments in [
        &[""][..],
        &["a", "--old", ""],
        &["a", "--context", ""],
        &["a", "--policy", ""],
    ] {
        let run = folder.run(arguments);
        assert_eq!(run.status, 2, "{arguments:?}");
        assert!(
            run.errors
                .contains("the path is empty: name a file, or - for standard input"),
            "{run:?}"
        );
    }
}

#[test]
fn an_old_object_makes_an_update() {
    let folder = Folder::new("old")
        .with("new.yaml", POD)
        .with("old.yaml", &format!("{BAD_POD}---\n{POD}"));
    let update = |folder: &Folder| -> Run { folder.run(&["new.yaml", "--old", "old.yaml"]) };
    assert_eq!(update(&folder).status, 0);
    // The guest sees the caret in `oldObject`.
    let folder = folder.with("old.yaml", &BAD_POD.replace("bad", "good"));
    assert_eq!(update(&folder).status, 1);
    let folder = folder.with("old.yaml", &format!("{POD}---\n{POD}"));
    update(&folder).ends_with(
        2,
        "error: old.yaml, document 2 at line 5: Pod default/good is in --old twice: leave one of them out\n",
    );
}
