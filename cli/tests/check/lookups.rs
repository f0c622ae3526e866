//! Tests the lookups that the program answers, and how it records them.

use crate::folder::Folder;
use crate::program::Run;
use crate::registry_server::RegistryServer;
use crate::{POD, guests};

const LIST: &str = r#"{"api_version":"v1","kind":"Pod","namespace":"shop","field_masks":["spec"]}"#;
const LISTED: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\n";

const LISTED_AS_JSON: &str = r#"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"b","namespace":"shop"},"spec":{"nodeName":"n"},"status":{}}"#;

const SESSION: &str = r#"- type: Exchange
  request: |
    !OciManifestDigest
    image: a:b
  response:
    type: Success
    payload: '{"apiVersion":"v1"}'
"#;

fn asking_for(image: &str) -> String {
    guests::calling(&[("oci", "v1/manifest_digest", &format!("{image:?}"))])
}

#[test]
fn nothing_is_looked_up_unless_it_is_asked_for() {
    let folder = Folder::with_module("offline", &asking_for("a:b")).with("pod.yaml", POD);
    let refused = "nothing is looked up unless --context, --registry or --replay is given (the policy asked for the digest of \"a:b\")";
    let run = folder.run(&["pod.yaml"]);
    run.ends_with(
        2,
        &format!("error: pod.yaml: the policy gave no answer: {refused}\n"),
    );
    assert_eq!(run.verdicts(), ["unusable Pod default/good"]);
}

#[test]
fn warns_of_exchanges_that_a_replay_does_not_use() {
    let folder = Folder::with_module("replayed", &asking_for("a:b"))
        .with("pod.yaml", POD)
        .with("session.yaml", &SESSION.repeat(3));
    let run = folder.run(&["pod.yaml", "--replay", "session.yaml"]);
    run.ends_with(
        0,
        "warning: session.yaml: the policy did not make 2 recorded lookups, first for the digest of \"a:b\"\n",
    );
    assert_eq!(run.verdicts(), ["accepted Pod default/good"]);
    assert!(run.output.contains("kind: \"Pod\" is removed"), "{run:?}");
    let folder = folder.with("session.yaml", SESSION);
    folder
        .run(&["pod.yaml", "--replay", "session.yaml"])
        .ends_with(0, "");
}

#[test]
fn warns_of_a_replay_that_has_run_dry() {
    let pods = format!("{POD}---\n{POD}---\n{POD}");
    let folder = Folder::with_module("dry", &asking_for("a:b"))
        .with("pods.yaml", &pods)
        .with("session.yaml", SESSION);
    let run = folder.run(&["pods.yaml", "--replay", "session.yaml"]);
    assert_eq!(run.status, 2);
    let warning = "warning: session.yaml: no answer was recorded for 2 lookups, first for the digest of \"a:b\": record it again\n";
    assert!(run.errors.ends_with(warning), "{run:?}");
}

#[test]
fn files_that_options_name_are_told_with_the_option() {
    let folder = Folder::new("named-by-options").with("pod.yaml", POD);
    for option in [
        "--old",
        "--context",
        "--replay",
        "--policy",
        "--settings-path",
    ] {
        let run = folder.run(&["pod.yaml", option, "nope"]);
        let error = format!(
            "error: {option} nope: cannot be read: No such file or directory (os error 2)\n"
        );
        assert_eq!(run, Run::new(2, "", &error));
    }
}

#[test]
fn a_registry_that_does_not_answer_is_told_once() {
    // Nothing listens on this port.
    let images = ["127.0.0.1:1/a:b", "127.0.0.1:1/a:c"];
    let folder = Folder::new("silent-registry");
    let pods = images.map(|image| {
        format!(
            "{POD}spec: {{containers: [{{name: a, image: '{image}', imagePullPolicy: Always}}]}}\n"
        )
    });
    let folder = folder.with("pods.yaml", &pods.join("---\n"));
    let run = folder.run_program(&[
        "check",
        "pods.yaml",
        "--registry",
        "--settings-json",
        r#"{"adjust": "pin", "registries": ["127.0.0.1:1"]}"#,
    ]);
    assert_eq!(run.status, 1, "{run:?}");
    let refused = "Connection refused (os error 111)";
    let not_asked = format!("registry \"127.0.0.1:1\" is not asked again: {refused}");
    assert_eq!(run.errors, format!("warning: {not_asked}\n"));
    let first =
        format!("error sending request for url (http://127.0.0.1:1/v2/a/manifests/b): {refused}");
    assert_eq!(run.output.matches(&first).count(), 1, "{run:?}");
    let second = not_asked.replace('"', "\\\"");
    assert_eq!(run.output.matches(&second).count(), 1, "{run:?}");
}

#[test]
fn a_look_up_names_the_option_that_it_needs() {
    let folder = Folder::with_module("no-registry", &asking_for("a:b")).with("pod.yaml", POD);
    let run = folder.run(&["pod.yaml", "--context", "pod.yaml"]);
    run.ends_with(
        2,
        "error: pod.yaml: the policy gave no answer: no registry is asked unless --registry is given\n",
    );
}

#[test]
fn a_session_that_cannot_be_replayed_ends_with_2() {
    let folder = Folder::with_module("broken-session", &asking_for("a:b"))
        .with("pod.yaml", POD)
        .with("session.yaml", &format!("{SESSION}- request: x\n"));
    let cases = [
        (
            "session.yaml",
            "session.yaml: exchange 2: missing field `response`",
        ),
        (
            "pod.yaml",
            "pod.yaml: is not a list of exchanges, as kwctl records it: invalid type: map, expected a sequence",
        ),
        (
            "missing.yaml",
            "--replay missing.yaml: cannot be read: No such file or directory (os error 2)",
        ),
    ];
    for (session, error) in cases {
        assert_eq!(
            folder.run(&["pod.yaml", "--replay", session]),
            Run::new(2, "", &format!("error: {error}\n"))
        );
    }
}

#[test]
fn objects_of_files_are_found_and_recorded() {
    let guest = guests::calling(&[("kubernetes", "list_resources_by_namespace", LIST)]);
    let folder = Folder::with_module("context", &guest)
        .with("pod.yaml", LISTED)
        .with("cluster/a.yaml", LISTED)
        .with("cluster/b.json", LISTED_AS_JSON);
    let judged = ["pod.yaml", "--output", "json"];
    let found = folder.run(
        &[
            &judged[..],
            &["--context", "cluster", "--record", "session.yaml"],
        ]
        .concat(),
    );
    assert_eq!((found.status, found.errors.as_str()), (0, "1 accepted\n"));
    assert_eq!(
        folder.read("session.yaml"),
        r#"- type: Exchange
  request: |
    !KubernetesListResourceNamespace
    api_version: v1
    kind: Pod
    namespace: shop
    label_selector: null
    field_selector: null
    field_masks:
    - spec
  response:
    type: Success
    payload: '{"apiVersion":"v1","items":[{"metadata":{"name":"a","namespace":"shop"}},{"metadata":{"name":"b","namespace":"shop"},"spec":{"nodeName":"n"}}],"kind":"PodList","metadata":{}}'
"#
    );
    let replayed = folder.run(&[&judged[..], &["--replay", "session.yaml"]].concat());
    assert_eq!(replayed, found);
}

#[test]
fn a_duplicate_object_in_the_context_ends_with_2() {
    let guest = guests::calling(&[]);
    let folder = Folder::with_module("context-twice", &guest)
        .with("pod.yaml", POD)
        .with("a.yaml", LISTED)
        .with("b.yaml", LISTED);
    assert_eq!(
        folder.run(&["pod.yaml", "--context", "a.yaml", "--context", "b.yaml"]),
        Run::new(
            2,
            "",
            "error: b.yaml: Pod shop/a is in --context twice: leave one of them out\n"
        )
    );
}

#[test]
fn registries_are_asked_and_their_answers_recorded() {
    let server = RegistryServer::start();
    let digest = server.push("shop/web:main", "one");
    let guest = asking_for(&server.reference("shop/web:main"));
    let folder = Folder::with_module("registries", &guest).with("pod.yaml", POD);
    let judged = ["pod.yaml"];
    let asked = folder.run(&[&judged[..], &["--registry", "--record", "session.yaml"]].concat());
    assert_eq!((asked.status, asked.errors.as_str()), (0, ""));
    assert!(
        asked
            .output
            .contains(&format!("  - digest: \"{digest}\" is added\n")),
        "{}",
        asked.output
    );
    drop(server);
    assert_eq!(
        folder.run(&[&judged[..], &["--replay", "session.yaml"]].concat()),
        asked
    );
}

#[test]
fn a_recording_that_cannot_be_written_ends_with_2() {
    let guest = guests::calling(&[("kubernetes", "list_resources_by_namespace", LIST)]);
    let folder = Folder::with_module("unwritable", &guest).with("pod.yaml", LISTED);
    let run = folder.run(&[
        "pod.yaml",
        "--context",
        "pod.yaml",
        "--record",
        "no/such.yaml",
    ]);
    // Nothing was looked up, so that there is no report.
    assert_eq!(
        run,
        Run::new(
            2,
            "",
            "error: no/such.yaml: cannot be written: No such file or directory (os error 2)\n"
        )
    );
}

#[test]
fn replay_excludes_other_hosts_and_record_needs_one() {
    let folder = Folder::new("lookup-arguments")
        .with("pod.yaml", POD)
        .with("session.yaml", "[]");
    for argument in ["--registry", "--context=pod.yaml", "--record=x.yaml"] {
        let run = folder.run(&["pod.yaml", "--replay", "session.yaml", argument]);
        assert_eq!(run.status, 2);
        assert!(
            run.errors.contains("cannot be used with"),
            "{argument}: {}",
            run.errors
        );
    }
    let run = folder.run(&["pod.yaml", "--record", "x.yaml"]);
    assert_eq!(run.status, 2);
    assert!(
        run.errors.contains("<--context <FILE|FOLDER>|--registry>"),
        "{}",
        run.errors
    );
}
