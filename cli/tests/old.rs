//! Tests that a manifest is judged by what it changes of what runs.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod program;

use program::Folder;

const MANIFEST: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: side
          image: acme/side:main
          imagePullPolicy: Always
        - name: app
          image: acme/app:1.0.0
";

/// The live object, with a container that the manifest does not have.
const RUNNING: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  resourceVersion: '4711'
spec:
  replicas: 1
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      creationTimestamp: null
      labels:
        app: web
    spec:
      containers:
      - image: acme/side:main
        imagePullPolicy: Always
        name: side
        resources: {}
      - image: acme/app:1.0.0
        imagePullPolicy: IfNotPresent
        name: app
        resources: {}
      dnsPolicy: ClusterFirst
      restartPolicy: Always
status:
  availableReplicas: 1
";

const NOTE: &str = "note: fields that the manifest leaves out stay, since --old does not say what was applied last: Deployment shop/web\n";

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.write("web.yaml", MANIFEST);
    folder.write("running.yaml", RUNNING);
    folder
}

#[test]
fn what_the_server_filled_in_is_no_change() {
    let folder = folder("old-equal");
    let run = folder.run(&["check", "web.yaml"]);
    assert_eq!(run.status, 1, "{run:?}");
    let run = folder.run(&["check", "web.yaml", "web.yaml", "--old", "running.yaml"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(run.errors, NOTE);
}

#[test]
fn scalars_of_yaml_1_1_are_no_change() {
    let folder = folder("old-scalars");
    let mode =
        "      volumes: [{name: v, secret: {defaultMode: 0644, optional: yes, secretName: s}}]\n";
    folder.write("web.yaml", &format!("{MANIFEST}{mode}"));
    let live = "      volumes:\n      - name: v\n        secret: {defaultMode: 420, optional: true, secretName: s}\nstatus:";
    folder.write("running.yaml", &RUNNING.replace("status:", live));
    let arguments = ["check", "web.yaml", "--old", "running.yaml"];
    let run = folder.run(&arguments);
    assert_eq!(run.status, 0, "{run:?}");
    folder.write(
        "web.yaml",
        &format!("{MANIFEST}{}", mode.replace("0644", "0640")),
    );
    assert_eq!(folder.run(&arguments).status, 1);
}

#[test]
fn names_few_of_many_that_do_not_tell_what_was_applied() {
    let folder = Folder::new("old-many");
    let all = |manifest: &str| {
        let objects = (1..=7).map(|number| {
            let name = format!("name: web{number}");
            manifest.replacen("name: web", &name, 1)
        });
        objects.collect::<Vec<_>>().join("---\n")
    };
    folder.write("web.yaml", &all(MANIFEST));
    folder.write("running.yaml", &all(RUNNING));
    let run = folder.run(&["check", "web.yaml", "--old", "running.yaml"]);
    assert_eq!(run.status, 0, "{run:?}");
    let note = NOTE.replace("shop/web\n", "shop/web1, Deployment shop/web2, Deployment shop/web3, Deployment shop/web4, Deployment shop/web5 and 2 more\n");
    assert_eq!(run.errors, note);
}

#[test]
fn a_change_of_the_template_is_judged() {
    let folder = folder("old-changed");
    folder.write("web.yaml", &MANIFEST.replace("app:1.0.0", "app:1.0.1"));
    let run = folder.run(&["check", "web.yaml", "--old", "running.yaml", "-o", "json"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.output.contains(r#""line":11,"#), "{run:?}");
}

#[test]
fn an_object_that_does_not_run_is_created() {
    let folder = folder("old-other");
    folder.write("web.yaml", &MANIFEST.replace("name: web,", "name: new,"));
    let run = folder.run(&["check", "web.yaml", "--old", "running.yaml"]);
    assert_eq!(run.status, 1, "{run:?}");
    let note = "note: not in --old, so judged as new: Deployment shop/new\n";
    assert_eq!(run.errors, note);
}

#[test]
fn what_runs_may_stand_in_other_namespaces_than_the_manifest() {
    let folder = folder("old-namespaces");
    folder.write(
        "web.yaml",
        &MANIFEST.replace("namespace: shop", "labels: {}"),
    );
    let check = ["check", "web.yaml", "--old", "running.yaml", "--namespace"];
    let found = folder.run(&[&check[..], &["shop"]].concat());
    assert_eq!(found.status, 0, "{found:?}");
    let other = folder.run(&[&check[..], &["test"]].concat());
    assert_eq!(other.status, 1, "{other:?}");
    let note = "note: not in --old, so judged as new: Deployment test/web\n";
    assert_eq!(other.errors, note);
}

#[test]
fn a_folder_of_what_runs_may_hold_other_files() {
    let folder = folder("old-folder");
    folder.write("now/running.yaml", &folder.read("running.yaml"));
    folder.write("now/values.yaml", "a: 1\n");
    let run = folder.run(&["check", "web.yaml", "--old", "now"]);
    assert_eq!(run.status, 0, "{run:?}");
}
