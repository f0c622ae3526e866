//! Tests the files that the program writes.

use crate::folder::Folder;
use crate::program::Run;
use crate::{BAD_POD, POD};

#[test]
fn a_dash_is_standard_output() {
    let folder = Folder::new("dash").with("pod.yaml", POD);
    let json = folder.run(&["pod.yaml", "-o", "json"]);
    assert_eq!(json.status, 0);
    assert_eq!(folder.run(&["pod.yaml", "-o", "json=-"]), json);
    let run = folder.run(&["pod.yaml", "-o", "json=-", "-o", "text"]);
    let twice = "error: standard output: would be written twice: name another file for --output or --record\n";
    assert_eq!(run, Run::new(2, "", twice));
}

#[test]
fn a_file_that_is_read_is_not_overwritten() {
    let folder = Folder::new("overwritten")
        .with("pod.yaml", POD)
        .with("settings.yaml", "{}\n")
        .with("session.yaml", "[]\n")
        .with("deploy/other.yaml", BAD_POD);
    let is_read =
        "is an input and would be overwritten: name another file for --output or --record";
    let holds_objects = "holds Kubernetes objects and would be overwritten: name another file for --output or --record";
    let cases: &[(&[&str], &str, &str)] = &[
        (&["-o", "json=pod.yaml"], "pod.yaml", is_read),
        (
            &["-o", "text=deploy/../pod.yaml"],
            "deploy/../pod.yaml",
            is_read,
        ),
        (&["--registry", "--record", "pod.yaml"], "pod.yaml", is_read),
        (
            &[
                "--settings-path",
                "settings.yaml",
                "-o",
                "json=settings.yaml",
            ],
            "settings.yaml",
            is_read,
        ),
        (
            &["--replay", "session.yaml", "-o", "json=session.yaml"],
            "session.yaml",
            is_read,
        ),
        (&["-o", "sarif=policy.wasm"], "policy.wasm", is_read),
        (
            &["deploy", "-o", "sarif=deploy/other.yaml"],
            "deploy/other.yaml",
            holds_objects,
        ),
    ];
    for (arguments, file, error) in cases {
        let run = folder.run(&[&["pod.yaml"], *arguments].concat());
        let expected = Run::new(2, "", &format!("error: {file}: {error}\n"));
        assert_eq!(run, expected, "{arguments:?}");
    }
    assert_eq!(folder.read("pod.yaml"), POD);
    assert_eq!(folder.read("deploy/other.yaml"), BAD_POD);
}

#[test]
fn two_reports_are_not_written_to_one_file() {
    let folder = Folder::new("written-twice").with("pod.yaml", POD);
    let twice = "error: ./r: would be written twice: name another file for --output or --record\n";
    let run = folder.run(&["pod.yaml", "-o", "text=r", "-o", "json=./r"]);
    assert_eq!(run, Run::new(2, "", twice));
    let run = folder.run(&["pod.yaml", "--registry", "-o", "json=r", "--record", "./r"]);
    assert_eq!(run, Run::new(2, "", twice));
    let run = folder.run(&["pod.yaml", "-o", "text=r", "-o", "json=s"]);
    run.ends_with(0, "1 accepted\n");
    // A device can be shared.
    let run = folder.run(&["pod.yaml", "-o", "text=/dev/null", "-o", "json=/dev/null"]);
    run.ends_with(0, "1 accepted\n");
}

#[test]
fn an_error_in_the_arguments_leaves_the_last_report_as_it_was() {
    let folder = Folder::new("last-report")
        .with("pod.yaml", POD)
        .with("report.json", "last\n");
    for (option, file) in [
        ("--old", "gone"),
        ("--context", "gone"),
        ("--replay", "gone"),
    ] {
        let run = folder.run(&["pod.yaml", "-o", "json=report.json", option, file]);
        assert_eq!(run.status, 2, "{option}");
        assert_eq!(folder.read("report.json"), "last\n", "{option}");
    }
    folder
        .run(&["pod.yaml", "-o", "json=report.json"])
        .ends_with(0, "1 accepted\n");
    assert_ne!(folder.read("report.json"), "last\n");
}

#[test]
fn a_report_below_a_checked_folder_is_no_input() {
    let folder = Folder::new("report-below").with("a/pod.yaml", POD);
    for _ in 0..2 {
        let run = folder.run(&["a", "-o", "text", "-o", "json=a/report.json"]);
        assert_eq!(
            run,
            Run::new(
                0,
                "accepted Pod default/good (a/pod.yaml:1)\n1 accepted\n",
                ""
            )
        );
        assert_eq!(folder.read("a/report.json").lines().count(), 1);
    }
}
