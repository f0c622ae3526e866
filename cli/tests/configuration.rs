//! Tests the file `.mutable-tags.yaml`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod program;

use program::{Folder, POD, Run, check};

const LENIENT: &str = "settings: {mode: lenient}\nexclude: [\"test/**\"]\n";

fn policy(settings: &str) -> String {
    format!(
        "apiVersion: policies.kubewarden.io/v1\nkind: ClusterAdmissionPolicy\nmetadata: {{name: a}}\nspec: {{settings: {settings}}}\n"
    )
}

/// A repository with a Pod in `deploy` and one in `test`.
fn repository(name: &str, configuration: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write(".mutable-tags.yaml", configuration);
    folder.write("deploy/pod.yaml", POD);
    folder.write("test/pod.yaml", POD);
    folder
}

fn summary(run: &Run) -> Vec<&str> {
    let lines = run.output.lines();
    lines
        .filter(|line| !line.starts_with("  "))
        .skip_while(|line| line.contains('('))
        .collect()
}

#[test]
fn gives_settings_and_excludes_and_is_told() {
    let folder = repository("configuration", LENIENT);
    let run = check(&folder, &[]);
    assert_eq!(run.status, 0);
    assert!(
        run.output.contains("mutable-tags (lenient mode)"),
        "{run:?}"
    );
    assert_eq!(
        summary(&run),
        ["1 accepted with warnings", "excluded 1 file"]
    );
    let note =
        "note: using settings and exclude from .mutable-tags.yaml: pass --no-config to ignore it\n";
    assert_eq!(run.errors, note);
    assert_eq!(check(&folder, &["--quiet"]).errors, "");
}

#[test]
fn counts_for_the_folders_below_it() {
    let folder = repository("configuration-below", LENIENT);
    folder.write("deploy/test/pod.yaml", POD);
    let run = folder.run_in("deploy", &["check", "."]);
    // The glob is for paths from the folder of the file.
    assert_eq!(summary(&run), ["2 accepted with warnings"]);
    let note = "note: using settings and exclude from ../.mutable-tags.yaml: pass --no-config to ignore it\n";
    assert_eq!(run.errors, note);
}

#[test]
fn is_ignored_where_it_is_not_wanted() {
    let folder = repository("configuration-ignored", LENIENT);
    let run = check(&folder, &["--no-config"]);
    assert_eq!((run.status, run.errors.as_str()), (1, ""));
    assert_eq!(summary(&run), ["2 rejected"]);
}

#[test]
fn hides_nothing_from_a_check_with_settings_of_its_own() {
    let folder = repository("configuration-pinned", LENIENT);
    folder.write("policy.yaml", &policy("{}"));
    folder.write("settings.yaml", "{}");
    let note = "note: .mutable-tags.yaml is not used because the command line has settings\n";
    for arguments in [
        ["--settings-json", "{}"],
        ["--settings-path", "settings.yaml"],
        ["--policy", "policy.yaml"],
    ] {
        let run = check(
            &folder,
            &[&arguments[..], &["--exclude", "*.yaml"]].concat(),
        );
        assert_eq!(
            (run.status, run.errors.as_str()),
            (1, note),
            "{arguments:?}"
        );
        assert_eq!(summary(&run), ["2 rejected", "excluded 2 files"]);
    }
}

#[test]
fn is_found_above_the_current_folder_in_repositories_only() {
    let outside = Folder::new("configuration-outside");
    outside.write("around/.mutable-tags.yaml", LENIENT);
    outside.write("around/here/pod.yaml", POD);
    // The root of a repository is no farther away than this folder.
    outside.write("around/here/.git/config", "");
    assert_eq!(outside.run_in("around/here", &["check"]).status, 1);
    outside.write("around/.git/config", "");
    std::fs::remove_dir_all(outside.path().join("around/here/.git")).unwrap();
    assert_eq!(outside.run_in("around/here", &["check"]).status, 0);
}

#[test]
fn names_the_policy_of_the_repository() {
    let folder = repository("configured-policy", "policy: policies/policy.yaml\n");
    folder.write("policies/policy.yaml", &policy("{mode: lenient}"));
    let run = folder.run_in("deploy", &["check", "."]);
    assert_eq!(run.status, 0);
    assert!(run.output.contains("lenient mode"), "{run:?}");
    folder.write("policies/policy.yaml", &policy("{mode: lax}"));
    let run = folder.run_in("deploy", &["check", ".", "-q"]);
    assert_eq!(run.status, 2);
    let error = "error: ../policies/policy.yaml: the policy refuses the settings: mode must be ";
    assert!(run.errors.starts_with(error), "{run:?}");
}

#[test]
fn is_named_with_the_policy_that_cannot_be_read() {
    let folder = repository("configured-policy-missing", "policy: policy.yaml\n");
    let run = folder.run_in("deploy", &["check", ".", "-q"]);
    let error = "error: \"policy\" of ../.mutable-tags.yaml: ../policy.yaml: cannot be read: No such file or directory (os error 2)\n";
    assert_eq!((run.status, run.errors.as_str()), (2, error));
    folder.write("policy.yaml", &policy("{mode: lenient}"));
    assert_eq!(folder.run_in("deploy", &["check", "."]).status, 0);
}

#[test]
fn names_itself_and_the_field_in_errors() {
    let folder = repository("bad-configuration", "");
    for (content, error) in [
        (
            "exclude: [\"a[\"]\n",
            "\"exclude\": \"a[\" is not a glob: unclosed character class; missing ']'",
        ),
        (
            "exclude: 1\n",
            "\"exclude\" must be a list of globs, not a number",
        ),
        (
            "a: 1\n---\nb: 2\n",
            "expected one document with policy, settings and exclude, found 2",
        ),
    ] {
        folder.write(".mutable-tags.yaml", content);
        let run = check(&folder, &[]);
        let expected = format!("error: .mutable-tags.yaml: {error}\n");
        assert_eq!((run.status, run.errors), (2, expected), "{content}");
    }
    folder.write(".mutable-tags.yaml", "settings: {mode: lax}\n");
    let run = check(&folder, &["--quiet"]);
    let error = "error: .mutable-tags.yaml: the policy refuses the settings: mode must be ";
    assert!(run.errors.starts_with(error), "{run:?}");
}

#[test]
fn may_be_empty_and_is_no_input() {
    let folder = repository("empty-configuration", "# nothing\n");
    let run = check(&folder, &[]);
    assert_eq!((run.status, run.errors.as_str()), (1, ""));
    assert_eq!(summary(&run), ["2 rejected"]);
}

#[test]
fn warns_of_another_name_and_of_repeated_keys() {
    let folder = repository("other-name", "exclude: [a]\nexclude: [test]\n");
    let run = check(&folder, &["--quiet"]);
    assert_eq!(
        run.errors,
        "warning: .mutable-tags.yaml: exclude is given more than once: the last value counts\n"
    );
    std::fs::remove_file(folder.path().join(".mutable-tags.yaml")).unwrap();
    folder.write(".mutable-tags.yml", LENIENT);
    let run = check(&folder, &[]);
    let warning = "warning: .mutable-tags.yml is not read: rename it to .mutable-tags.yaml\n";
    assert_eq!((run.status, run.errors.as_str()), (1, warning));
}
