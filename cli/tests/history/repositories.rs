//! Repositories as they are: where they lie, what they lack, and which part of them is read.

use std::fs;
use std::process::Stdio;

use crate::program::{Folder, Run};
use crate::story::{Story, git, history};

const A: &str = "image: acme/web:1.2.3@sha256:A";
const B: &str = "image: acme/web:1.2.3@sha256:B";

/// A tag that moves on day 40.
fn moved() -> Story {
    Story::default()
        .commit(0.0, &[("apps/web.yaml", A)])
        .commit(40.0, &[("apps/web.yaml", B)])
}

const HEAD: &str = "group\trepository\ttag\tfirst_seen\tdays_seen\tmoves\n";

#[test]
fn a_folder_of_a_repository_stands_for_all_of_it() {
    let repository = moved().repository("folder");
    fs::create_dir_all(repository.folder().path().join("other")).unwrap();
    let run = repository.history(&["-o", "tsv"]);
    let whole = format!("{HEAD}pins\tdocker.io/acme/web\t1.2.3\t2024-01-01\t100\t1\n");
    assert_eq!(run.output, whole);
    let other = repository.folder().path().join("other");
    let run = Run::of(&mut history(&other, &["-o", "tsv"]));
    assert_eq!(run.output, whole);
}

#[test]
fn a_bare_repository_is_read() {
    let repository = moved().repository("bare");
    repository.git(&["clone", "--quiet", "--bare", ".", "bare.git"], "");
    let bare = repository.folder().path();
    let run = Run::of(&mut history(bare, &["bare.git", "-o", "tsv"]));
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    let line = "pins\tdocker.io/acme/web\t1.2.3\t2024-01-01\t100\t1\n";
    assert_eq!(run.output, format!("{HEAD}{line}"));
}

#[test]
fn a_shallow_clone_is_noted() {
    let repository = moved().repository("shallow");
    let source = format!("file://{}", repository.folder().path().display());
    repository.git(&["clone", "--quiet", "--depth", "2", &source, "clone"], "");
    let folder = repository.folder().path();
    let run = Run::of(&mut history(folder, &["clone", "-o", "tsv"]));
    assert_eq!(run.status, 0);
    assert_eq!(
        run.errors,
        "note: the clone is shallow and has only 2 of its commits: git fetch --unshallow gets all\n"
    );
    let line = "pins\tdocker.io/acme/web\t1.2.3\t2024-02-10\t60\t0\n";
    assert_eq!(run.output, format!("{HEAD}{line}"));
}

#[test]
fn a_partial_clone_is_noted() {
    let repository = moved().repository("partial");
    repository.git(&["config", "uploadpack.allowFilter", "true"], "");
    let source = format!("file://{}", repository.folder().path().display());
    let clone = ["clone", "--quiet", "--bare", "--filter=blob:none"];
    repository.git(&[&clone[..], &[&source, "clone"]].concat(), "");
    let folder = repository.folder().path();
    let run = Run::of(&mut history(folder, &["clone", "-o", "tsv"]));
    assert_eq!(run.status, 0);
    assert_eq!(
        run.errors,
        "note: the clone is partial, so git fetches files commit by commit, which can take long: a clone without --filter has all\n"
    );
    let line = "pins\tdocker.io/acme/web\t1.2.3\t2024-01-01\t100\t1\n";
    assert_eq!(run.output, format!("{HEAD}{line}"));
}

#[test]
fn attributes_hide_no_file() {
    for attribute in ["-diff", "binary", "diff=own"] {
        let repository = moved()
            .commit(50.0, &[(".gitattributes", &format!("*.yaml {attribute}"))])
            .repository(&format!("attributes{attribute}"));
        repository.git(&["config", "diff.own.binary", "true"], "");
        repository.git(&["config", "diff.own.textconv", "false"], "");
        repository.git(&["checkout", "--quiet", "--force", "main"], "");
        let run = repository.history(&["-o", "tsv"]);
        let line = "pins\tdocker.io/acme/web\t1.2.3\t2024-01-01\t100\t1\n";
        assert_eq!(run.output, format!("{HEAD}{line}"), "{attribute}");
    }
}

#[test]
fn a_wrong_clock_changes_only_what_it_dates() {
    let story = Story::default()
        .commit(0.0, &[("web.yaml", A)])
        .commit(4000.0, &[("api.yaml", "acme/api:1.2.3@sha256:A")])
        .commit(
            40.0,
            &[("web.yaml", B), ("api.yaml", "acme/api:1.2.3@sha256:B")],
        );
    let run = story.repository("clock").history(&["-o", "tsv"]);
    let api = "pins\tdocker.io/acme/api\t1.2.3\t2034-12-14\t0\t1\n";
    let web = "pins\tdocker.io/acme/web\t1.2.3\t2024-01-01\t100\t1\n";
    assert_eq!(run.output, format!("{HEAD}{api}{web}"));
}

#[test]
fn days_bound_what_is_watched() {
    let repository = moved()
        .commit(
            60.0,
            &[("apps/web.yaml", &B.replace("sha256:B", "sha256:C"))],
        )
        .repository("days");
    for (arguments, line) in [
        (&["--since", "2024-02-01"][..], "2024-02-01\t69\t2"),
        (&["--since", "2024-02-20"], "2024-02-20\t50\t1"),
        (&["--until", "2024-02-10"], "2024-01-01\t40\t1"),
        (&["--until", "2024-02-09"], "2024-01-01\t0\t0"),
        (
            &["--since", "2024-02-01", "--until", "2024-02-10"],
            "2024-02-01\t9\t1",
        ),
    ] {
        let run = repository.history(&[arguments, &["-o", "tsv"]].concat());
        let expected = format!("{HEAD}pins\tdocker.io/acme/web\t1.2.3\t{line}\n");
        assert_eq!(run.output, expected, "{arguments:?}");
    }
}

#[test]
fn paths_bound_what_is_read() {
    let repository = moved()
        .commit(50.0, &[("tests/api.yaml", "acme/api:1.2.3@sha256:A")])
        .repository("paths");
    let web = "pins\tdocker.io/acme/web\t1.2.3\t2024-01-01\t100\t1\n";
    let api = "pins\tdocker.io/acme/api\t1.2.3\t2024-02-20\t50\t0\n";
    for (arguments, expected) in [
        (&[][..], format!("{api}{web}")),
        (&["apps"], web.to_owned()),
        (&["tests/api.yaml"], api.to_owned()),
        (&["apps", "tests"], format!("{api}{web}")),
        (&["--exclude", "tests/**"], web.to_owned()),
        (&["--exclude", "*.yaml"], format!("{api}{web}")),
        (&["--exclude", "**/web.yaml"], api.to_owned()),
    ] {
        let run = repository.history(&[arguments, &["-o", "tsv"]].concat());
        assert_eq!(run.output, format!("{HEAD}{expected}"), "{arguments:?}");
    }
}

#[test]
fn the_users_configuration_changes_nothing() {
    let repository = moved().repository("configuration");
    let expected = repository.history(&[]).output;
    repository.folder().write(
        "hostile",
        "[color]\nui = always\n[diff]\nnoprefix = true\nmnemonicPrefix = true\nrelative = true\ncontext = 0\nexternal = false\nrenames = copies\nsuppressBlankEmpty = true\n[log]\nshowSignature = true\n[core]\npager = false\nquotePath = false\n",
    );
    let mut command = history(repository.folder().path(), &[]);
    command.env("GIT_CONFIG_GLOBAL", "hostile");
    command.env("GIT_DIR", "/nowhere");
    let run = Run::of(&mut command);
    assert_eq!((run.output, run.errors), (expected, String::new()));
}

/// A folder outside of any repository.
fn folder_without_repository(name: &str) -> Folder {
    let folder = Folder::new(name);
    fs::remove_dir(folder.path().join(".git")).unwrap();
    folder
}

#[test]
fn a_folder_outside_of_repositories_is_an_error() {
    let folder = folder_without_repository("history-no-repository");
    // A folder above may be one of a repository.
    let ceiling = folder.path().parent().unwrap();
    let run = Run::of(history(folder.path(), &[]).env("GIT_CEILING_DIRECTORIES", ceiling));
    run.ends_with(
        2,
        "error: .: is not a Git repository: name a clone or a bare repository\n",
    );
}

#[test]
fn a_missing_folder_is_an_error() {
    let folder = folder_without_repository("history-missing");
    let run = Run::of(&mut history(folder.path(), &["missing"]));
    run.ends_with(
        2,
        "error: missing: git: cannot change to 'missing': No such file or directory\n",
    );
}

#[test]
fn a_missing_git_is_an_error() {
    let folder = folder_without_repository("history-no-git");
    let run = Run::of(history(folder.path(), &[]).env("PATH", ""));
    run.ends_with(2, "error: the program git was not found: install it\n");
}

#[test]
fn a_repository_without_commits_is_an_error() {
    let empty = Folder::new("history-empty");
    let status = git(empty.path(), &["init", "--quiet"]).status();
    assert!(status.unwrap().success());
    let run = Run::of(&mut history(empty.path(), &[]));
    run.ends_with(2, "error: .: has no commit at HEAD\n");
}

#[test]
fn a_history_without_pins_is_an_error() {
    let story = Story::default().commit(0.0, &[("web.yaml", "image: acme/web:1.2.3")]);
    let run = story.repository("no-pins").history(&[]);
    assert_eq!((run.status, run.output.as_str()), (2, ""));
    assert_eq!(
        run.errors,
        "error: no tag with a digest was found in 2 commits: the history must pin images, such as nginx:1.27.3@sha256:…\n"
    );
    let repository = moved().repository("no-commits");
    for (arguments, expected) in [
        (
            ["--until", "2023-12-31"],
            "error: --until: the first commit is later: name a later day\n",
        ),
        (
            ["--since", "2024-04-11"],
            "error: --since: the last commit is earlier: name an earlier day\n",
        ),
    ] {
        let run = repository.history(&arguments);
        assert_eq!((run.status, run.errors.as_str()), (2, expected));
    }
    let run = moved().repository("no-path").history(&["charts", "web"]);
    assert_eq!(run.status, 2);
    assert_eq!(
        run.errors,
        "error: no tag with a digest was found below charts, web in 3 commits: the history must pin images, such as nginx:1.27.3@sha256:…\n"
    );
    let run = moved().repository("no-glob").history(&["--exclude", ""]);
    assert_eq!(run.status, 2);
    assert!(
        run.errors
            .starts_with("error: a value is required for '--exclude <GLOB>' but none was supplied"),
        "{}",
        run.errors
    );
}

#[test]
fn a_missing_object_is_an_error_that_names_its_file() {
    let repository = moved().repository("missing-object");
    let folder = repository.folder().path();
    let blob = git(folder, &["rev-parse", "HEAD:end"]).output();
    let blob = String::from_utf8(blob.unwrap().stdout).unwrap();
    let (start, rest) = blob.trim().split_at(2);
    // Git keeps a small history in a file for each object.
    fs::remove_file(folder.join(".git/objects").join(start).join(rest)).unwrap();
    let run = repository.history(&[]);
    assert_eq!((run.status, run.output.as_str()), (2, ""));
    assert_eq!(
        run.errors,
        "error: .: the clone lacks the content of end: fetch it, or leave it out with --exclude\n"
    );
    let run = repository.history(&["--exclude", "end"]);
    assert_eq!(run.status, 0);
}

#[test]
fn a_reader_that_stops_reading_is_no_error() {
    let repository = moved().repository("pipe");
    let mut command = history(repository.folder().path(), &["-o", "json"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}
