//! Tests the report, for people and for programs.

use crate::folder::{Folder, Run};
use crate::{BAD_POD, POD, guests};

const REQUEST: &str = r#"{"uid":"u-1","kind":{"group":"","version":"v1","kind":"Pod"},"operation":"CREATE","name":"recorded","object":{}}"#;

#[test]
fn a_recorded_request_is_answered_in_kwctls_form() {
    let folder = Folder::new("recorded").with("request.json", REQUEST);
    let accepted =
        "{\"uid\":\"u-1\",\"allowed\":true,\"auditAnnotations\":null,\"warnings\":null}\n";
    assert_eq!(
        folder.run(&["request.json", "--output", "kwctl"]),
        Run::new(0, accepted, "1 accepted\n")
    );
    assert_eq!(
        folder.run_with(&["-", "-o", "kwctl"], &REQUEST.replace("recorded", "^")),
        Run::new(
            1,
            "{\"uid\":\"u-1\",\"allowed\":false,\"status\":{\"message\":\"guest: \\\"^\\\" is there; it has to go\",\"code\":403},\"auditAnnotations\":null,\"warnings\":null}\n",
            "1 rejected\n"
        )
    );
    let run = folder.run(&["request.json"]);
    run.ends_with(0, "");
    assert_eq!(run.verdicts(), ["accepted Pod recorded"]);
}

#[test]
fn a_policy_without_an_answer_ends_with_2() {
    let guest = guests::answering(r#"{"valid":true}"#);
    let folder = Folder::with_module("silent", &guest).with("pod.yaml", POD);
    let error = "the policy's answer to \"validate\" cannot be read: missing field `accepted` at line 1 column 14";
    let run = folder.run(&["pod.yaml"]);
    run.ends_with(2, &format!("error: pod.yaml: {error}\n"));
    assert_eq!(run.verdicts(), ["unusable Pod default/good"]);
}

#[test]
fn colours_the_report_if_asked_to() {
    let folder = Folder::new("colour").with("pod.yaml", POD);
    for (when, is_coloured) in [("always", true), ("auto", false), ("never", false)] {
        let run = folder.run(&["pod.yaml", "--color", when]);
        run.ends_with(0, "");
        assert_eq!(run.output.contains("\u{1b}[1;32m"), is_coloured, "{when}");
    }
}

#[test]
fn a_reader_that_leaves_does_not_change_the_status() {
    let many = format!("{BAD_POD}{}", format!("---\n{POD}").repeat(50));
    let folder = Folder::new("pipe").with("all.yaml", &many);
    let mut child = folder.check(&["all.yaml"]).spawn().unwrap();
    drop(child.stdout.take());
    let run = Run::from(child.wait_with_output().unwrap());
    assert_eq!(run, Run::new(1, "", ""));
}
