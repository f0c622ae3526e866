//! Tests the report, for people and for programs.

use serde_json::{Value, json};

use crate::folder::Folder;
use crate::program::Run;
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
fn a_review_in_a_list_is_a_request() {
    let review = format!(
        r#"{{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{}}}"#,
        REQUEST.replace("recorded", "^")
    );
    let list = format!(r#"{{"apiVersion":"v1","kind":"List","items":[{review}]}}"#);
    let folder = Folder::new("list-of-reviews").with("list.json", &list);
    let run = folder.run(&["list.json"]);
    run.ends_with(1, "");
    assert_eq!(run.verdicts(), ["rejected Pod ^"]);
}

#[test]
fn a_request_without_an_operation_is_told_so() {
    let folder = Folder::new("no-operation").with(
        "request.json",
        &REQUEST.replace(r#""operation":"CREATE","#, ""),
    );
    let error = "error: request.json: \"operation\" must be a string, as in an AdmissionRequest\n";
    folder.run(&["request.json"]).ends_with(2, error);
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

#[test]
fn standard_input_is_no_file_of_a_repository() {
    let folder = Folder::new("stdin-report");
    let report = |form| folder.run_with(&["-", "-o", form], BAD_POD).output;
    let github = report("github");
    let command = "::error title=mutable-tags (answer)::Pod default/bad: guest: ";
    assert!(github.starts_with(command), "{github}");
    let sarif = report("sarif");
    assert!(sarif.contains("\"uri\": \"stdin\""), "{sarif}");
    let junit = report("junit");
    assert!(
        junit.contains("<testsuite name=\"standard input\""),
        "{junit}"
    );
}

/// A rejection of fourteen images, as a module words it: it names ten of them.
fn fourteen_images() -> String {
    let images = |number: usize| format!("acme/app{number}:main");
    let path = |number: usize| format!("spec.containers[{number}].image");
    let sentence = |number| format!(r#""{}" ({}) moves"#, images(number), path(number));
    let sentences: Vec<_> = (0..10).map(sentence).collect();
    let findings: Vec<_> = (0..10)
        .map(|number| {
            json!({"path": path(number), "image": images(number), "reason": "channel", "pullPolicy": "Always"})
        })
        .collect();
    json!({
        "valid": true,
        "accepted": false,
        "message": format!("guest: {}; and 4 more; fix: pin them", sentences.join("; ")),
        "audit_annotations": {"findings": json!(findings).to_string(), "omitted": "4"},
    })
    .to_string()
}

fn pod_of(containers: usize) -> String {
    let containers = (0..containers)
        .map(|number| format!("  - {{name: c{number}, image: 'acme/app{number}:main'}}\n"));
    format!(
        "{POD}spec:\n  containers:\n{}",
        containers.collect::<String>()
    )
}

#[test]
fn what_a_module_only_counts_is_told() {
    let folder = Folder::with_module("counted", &guests::answering(&fourteen_images()))
        .with("pod.yaml", &pod_of(14));
    let text = folder.run(&["pod.yaml"]);
    assert_eq!(text.status, 1);
    let lines: Vec<_> = text.output.lines().skip(2).collect();
    assert_eq!(lines.len(), 13, "{text:?}");
    for (number, line) in lines.iter().take(10).enumerate() {
        let expected = format!(
            "  - pod.yaml:{}:23: \"acme/app{number}:main\" (spec.containers[{number}].image) moves",
            number + 6
        );
        assert_eq!(*line, expected);
    }
    assert_eq!(
        lines.get(10..).unwrap(),
        ["  - and 4 more", "  - fix: pin them", "1 rejected"]
    );
}

#[test]
fn each_finding_of_a_module_is_annotated_by_its_sentence() {
    let folder = Folder::with_module("annotated", &guests::answering(&fourteen_images()))
        .with("pod.yaml", &pod_of(14));
    let github = folder.run(&["pod.yaml", "-o", "github"]).output;
    let lines: Vec<_> = github.lines().collect();
    assert_eq!(lines.len(), 12, "{github}");
    for (number, line) in lines.iter().take(10).enumerate() {
        let expected = format!(
            "::error file=pod.yaml,line={},col=23,title=mutable-tags (channel)::Pod default/good: \"acme/app{number}:main\" (spec.containers[{number}].image) moves; fix: pin them",
            number + 6
        );
        assert_eq!(*line, expected);
    }
    let others = "::error file=pod.yaml,line=1,col=1,title=mutable-tags (answer)::Pod default/good: the module found 4 more: check without --module to see them all";
    assert_eq!(lines.get(10), Some(&others));

    let sarif = folder.run(&["pod.yaml", "-o", "sarif"]).output;
    let sarif: Value = serde_json::from_str(&sarif).unwrap();
    let results = sarif.pointer("/runs/0/results").unwrap();
    let texts = results.as_array().unwrap().iter();
    let texts: Vec<_> = texts
        .map(|result| result.pointer("/message/text").unwrap().as_str().unwrap())
        .collect();
    assert_eq!(texts.len(), 11);
    let second =
        r#"Pod default/good: "acme/app1:main" (spec.containers[1].image) moves; fix: pin them"#;
    assert_eq!(texts.get(1), Some(&second));

    let junit = folder.run(&["pod.yaml", "-o", "junit"]).output;
    assert_eq!(
        junit.matches(" moves; fix: pin them").count(),
        11,
        "{junit}"
    );
    assert_eq!(
        junit.matches("the module found 4 more").count(),
        1,
        "{junit}"
    );
}
