#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::json;

use super::*;
use crate::input::document::{Syntax, documents};
use crate::input::manifest::ManifestReader;

/// The manifest that was applied to make `RUNNING`.
const MANIFEST: &str = r#"
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  annotations: {}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      creationTimestamp: null
      labels: {app: web}
    spec:
      hostNetwork: false
      containers:
        - name: app
          image: acme/app:main
          args: []
          env:
            - {name: A, value: ""}
            - name: POD
              valueFrom: {fieldRef: {fieldPath: metadata.name}}
          ports: [{containerPort: 8080}]
          resources: {limits: {cpu: 1000m, memory: 1024Mi}}
          volumeMounts: [{name: token, mountPath: /token}]
        - name: side
          image: acme/side:1.0.0
          imagePullPolicy: Always
      volumes:
        - name: token
          projected: {sources: [{serviceAccountToken: {path: token}}]}
"#;

/// The object as `kubectl get --output yaml` prints it.
const RUNNING: &str = r#"
apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    deployment.kubernetes.io/revision: "3"
  creationTimestamp: "2026-01-31T12:00:00Z"
  generation: 3
  name: web
  namespace: shop
  resourceVersion: "4711"
  uid: 0b1b9d9e-0f5c-4a43-9a55-4f3d3a3f0b5e
spec:
  progressDeadlineSeconds: 600
  replicas: 1
  revisionHistoryLimit: 10
  selector:
    matchLabels:
      app: web
  strategy:
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 25%
    type: RollingUpdate
  template:
    metadata:
      creationTimestamp: null
      labels:
        app: web
    spec:
      containers:
      - env:
        - name: A
        - name: POD
          valueFrom:
            fieldRef:
              apiVersion: v1
              fieldPath: metadata.name
        image: acme/app:main
        imagePullPolicy: IfNotPresent
        name: app
        ports:
        - containerPort: 8080
          protocol: TCP
        resources:
          limits:
            cpu: "1"
            memory: 1Gi
        terminationMessagePath: /dev/termination-log
        terminationMessagePolicy: File
        volumeMounts:
        - mountPath: /token
          name: token
      - image: acme/side:1.0.0
        imagePullPolicy: Always
        name: side
        resources: {}
        terminationMessagePath: /dev/termination-log
        terminationMessagePolicy: File
      dnsPolicy: ClusterFirst
      restartPolicy: Always
      schedulerName: default-scheduler
      securityContext: {}
      terminationGracePeriodSeconds: 30
      volumes:
      - name: token
        projected:
          defaultMode: 420
          sources:
          - serviceAccountToken:
              expirationSeconds: 3600
              path: token
status:
  availableReplicas: 1
  observedGeneration: 3
"#;

fn object(text: &str) -> Object {
    let mut documents = documents("f", text.as_bytes(), Syntax::Any).into_iter();
    let document = documents.next().unwrap().unwrap();
    let mut objects = ManifestReader::default().objects(document).into_iter();
    objects.next().unwrap().unwrap()
}

/// Adds the annotation that kubectl writes.
fn applied(running: &str, manifest: &str) -> Object {
    let mut running = object(running);
    let metadata = running.value.get_mut("metadata").unwrap();
    let text = object(manifest).value.to_string();
    match metadata.get_mut("annotations") {
        Some(annotations) => annotations[LAST_APPLIED] = json!(text),
        None => metadata["annotations"] = json!({LAST_APPLIED: text}),
    }
    running
}

fn merged(manifest: &str, running: Object) -> Object {
    Live::new(running).unwrap().with(object(manifest))
}

fn pod(spec: &str) -> String {
    format!("{{apiVersion: v1, kind: Pod, metadata: {{name: a}}, spec: {spec}}}")
}

/// Merges the spec of a Pod into another, and returns the result.
fn merged_spec(manifest: &str, running: &str, last: Option<&str>) -> Value {
    let running = match last {
        Some(last) => applied(&pod(running), &pod(last)),
        None => object(&pod(running)),
    };
    merged(&pod(manifest), running).value["spec"].clone()
}

fn yaml(text: &str) -> Value {
    yaml_serde::from_str(text).unwrap()
}

/// Asserts that a part that the manifest leaves out is removed only if it was applied before.
/// Otherwise it belongs to the server.
fn assert_goes_only_where_it_was_applied(manifest: &str, running: &str) {
    for (last, expected) in [
        (None, running),
        (Some(manifest), running),
        (Some(running), manifest),
    ] {
        let merged = merged_spec(manifest, running, last);
        assert_eq!(merged, yaml(expected), "{last:?}");
    }
}

#[test]
fn an_equal_manifest_changes_nothing() {
    let running = object(RUNNING);
    assert_eq!(merged(MANIFEST, running.clone()).value, running.value);
    let running = applied(RUNNING, MANIFEST);
    assert_eq!(merged(MANIFEST, running.clone()).value, running.value);
    // kubectl applies what it printed, too.
    assert_eq!(merged(RUNNING, running.clone()).value, running.value);
}

#[test]
fn a_changed_image_is_the_only_change() {
    let manifest = MANIFEST.replace("acme/side:1.0.0", "acme/side:main");
    let running = applied(RUNNING, MANIFEST);
    let mut expected = running.value.clone();
    expected["spec"]["template"]["spec"]["containers"][1]["image"] = json!("acme/side:main");
    assert_eq!(merged(&manifest, running).value, expected);
}

#[test]
fn fields_of_the_server_stay() {
    let manifest = "
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  creationTimestamp: null
  generation: 1
  managedFields: []
  resourceVersion: '1'
  uid: a
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{}'
status: {availableReplicas: 0}
";
    let running = applied(RUNNING, manifest);
    assert_eq!(merged(manifest, running.clone()).value, running.value);
    let without = MANIFEST.replace("  annotations: {}\n", "");
    let running = applied(RUNNING, manifest);
    assert_eq!(merged(&without, running.clone()).value, running.value);
}

#[test]
fn a_removed_item_goes_only_where_it_was_applied() {
    let both = "{containers: [{name: a, image: a}, {name: b, image: b}]}";
    let one = "{containers: [{name: b, image: b}]}";
    for (manifest, running, last, expected) in [
        (one, both, Some(both), one),
        (one, both, Some(one), both),
        (one, both, None, both),
        ("{}", both, None, both),
        ("{}", both, Some(both), "{}"),
        ("{containers: null}", both, None, "{}"),
    ] {
        assert_eq!(
            merged_spec(manifest, running, last),
            yaml(expected),
            "{manifest} over {running}, after {last:?}"
        );
    }
}

#[test]
fn a_removed_field_goes_only_where_it_was_applied() {
    let running = "{containers: [{name: a, image: 'a:1', imagePullPolicy: Always}]}";
    let manifest = "{containers: [{name: a, image: 'a:1'}]}";
    assert_goes_only_where_it_was_applied(manifest, running);
}

#[test]
fn lists_of_kubernetes_are_merged_by_their_keys() {
    let in_container = |list: &str| format!("{{containers: [{{name: a, {list}}}]}}");
    for (manifest, running, expected) in [
        (
            "env: [{name: C, value: c}, {name: A, value: new}]",
            "env: [{name: A, value: a}, {name: B, value: b}]",
            "env: [{name: C, value: c}, {name: A, value: new}, {name: B, value: b}]",
        ),
        // The default protocol is part of the key.
        (
            "ports: [{containerPort: 53, name: dns}, {containerPort: 53, protocol: UDP}]",
            "ports: [{containerPort: 53, protocol: UDP, name: u}, {containerPort: 53, protocol: TCP}]",
            "ports: [{containerPort: 53, protocol: TCP, name: dns}, {containerPort: 53, protocol: UDP, name: u}]",
        ),
        (
            "volumeMounts: [{mountPath: /a, name: x}]",
            "volumeMounts: [{mountPath: /a, name: y, readOnly: true}, {mountPath: /b, name: y}]",
            "volumeMounts: [{mountPath: /a, name: x, readOnly: true}, {mountPath: /b, name: y}]",
        ),
        ("args: [a]", "args: [a, b]", "args: [a]"),
        // A list whose items cannot be told apart is replaced.
        (
            "env: [{name: A, value: a}, {name: A, value: b}]",
            "env: [{name: A, value: a}, {name: B, value: b}]",
            "env: [{name: A, value: a}, {name: A, value: b}]",
        ),
        (
            "env: [{value: a}]",
            "env: [{name: B, value: b}]",
            "env: [{value: a}]",
        ),
    ] {
        assert_eq!(
            merged_spec(&in_container(manifest), &in_container(running), None),
            yaml(&in_container(expected)),
            "{manifest} over {running}"
        );
    }
    for (manifest, running, expected) in [
        (
            "{imagePullSecrets: [{name: b}]}",
            "{imagePullSecrets: [{name: a}]}",
            "{imagePullSecrets: [{name: b}, {name: a}]}",
        ),
        // A volume has one source.
        (
            "{volumes: [{name: a, configMap: {name: c}}]}",
            "{volumes: [{name: a, emptyDir: {}}, {name: b, emptyDir: {}}]}",
            "{volumes: [{name: a, configMap: {name: c}}, {name: b, emptyDir: {}}]}",
        ),
        (
            "{tolerations: [{key: a}]}",
            "{tolerations: [{key: b, operator: Exists}]}",
            "{tolerations: [{key: a}]}",
        ),
    ] {
        assert_eq!(merged_spec(manifest, running, None), yaml(expected));
    }
}

#[test]
fn an_injected_container_keeps_its_place() {
    assert_eq!(
        merged_spec(
            "{containers: [{name: a}, {name: b}]}",
            "{containers: [{name: proxy}, {name: a}, {name: log}, {name: b}, {name: z}]}",
            Some("{containers: [{name: a}, {name: b}]}"),
        ),
        yaml("{containers: [{name: proxy}, {name: a}, {name: log}, {name: b}, {name: z}]}"),
    );
}

#[test]
fn a_list_without_keys_keeps_what_the_server_filled_in() {
    let running = "{claims: [{name: a, mode: File}]}";
    let manifest = "{claims: [{name: a}]}";
    assert_goes_only_where_it_was_applied(manifest, running);
}

#[test]
fn lists_of_custom_resources_are_replaced() {
    let custom = |spec: &str| {
        format!("{{apiVersion: example.com/v1, kind: Web, metadata: {{name: a}}, spec: {spec}}}")
    };
    let running = object(&custom(
        "{size: 1, containers: [{name: a, image: a, imagePullPolicy: Always}, {name: b}]}",
    ));
    let manifest = custom("{containers: [{name: a, image: new}]}");
    assert_eq!(
        merged(&manifest, running).value["spec"],
        yaml("{size: 1, containers: [{name: a, image: new}]}"),
    );
}

#[test]
fn positions_are_those_of_the_manifest() {
    let manifest = "\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
    - name: b
      image: acme/b
    - name: a
      image: acme/a
      env:
        - name: X
          value: acme/x
";
    let running = pod(
        "{containers: [{name: proxy, image: p}, {name: a, image: a, env: [{name: W}, {name: X}]}, \
         {name: b, image: b}], initContainers: [{name: i, image: i}]}",
    );
    let merged = merged(manifest, object(&running));
    let images = merged.value["spec"]["containers"].as_array().unwrap();
    let names: Vec<_> = images.iter().map(|item| &item["name"]).collect();
    assert_eq!(
        names,
        ["proxy", "b", "a"]
            .map(|name| json!(name))
            .iter()
            .collect::<Vec<_>>()
    );
    for (path, line) in [
        // A container that only runs is not in the manifest: the object is the next best place.
        ("spec.containers[0].image", 1),
        ("spec.containers[1].image", 7),
        ("spec.containers[2].image", 9),
        ("spec.containers[2].env[0].value", 1),
        ("spec.containers[2].env[1].value", 12),
        ("spec.initContainers[0].image", 1),
        // The server filled this in: its container is the next best place.
        ("spec.containers[1].imagePullPolicy", 6),
    ] {
        let found = merged.written.position(path, None);
        assert_eq!(found.map(|position| position.line()), Some(line), "{path}");
    }
}

#[test]
fn knows_whether_the_object_says_what_was_applied() {
    let live = Live::new(object(RUNNING)).unwrap();
    assert!(!live.says_last_applied());
    let live = Live::new(applied(RUNNING, MANIFEST)).unwrap();
    assert!(live.says_last_applied());
}

#[test]
fn refuses_a_last_applied_configuration_that_is_not_json() {
    let mut running = object(RUNNING);
    running.value["metadata"]["annotations"][LAST_APPLIED] = json!("{");
    assert_eq!(
        Live::new(running).unwrap_err().to_string(),
        "f: \"metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]\" must be JSON, as kubectl writes it"
    );
}

/// Merges a container into another, all of which was applied.
fn merged_container(manifest: &str, running: &str) -> Value {
    let in_pod = |fields: &str| format!("{{containers: [{{name: a, image: 'a:main', {fields}}}]}}");
    let merged = merged_spec(&in_pod(manifest), &in_pod(running), Some(&in_pod(running)));
    merged["containers"][0].clone()
}

#[test]
fn a_value_that_says_nothing_changes_nothing() {
    for (manifest, running) in [
        ("resources: null", "resources: {}"),
        ("resources: {limits: {}}", "resources: {}"),
        ("imagePullPolicy: ''", "imagePullPolicy: IfNotPresent"),
        (
            "ports: [{containerPort: 1, hostPort: 0}]",
            "ports: [{containerPort: 1, protocol: TCP}]",
        ),
        (
            "ports: [{containerPort: 1, protocol: ''}]",
            "ports: [{containerPort: 1, protocol: TCP}]",
        ),
        (
            "livenessProbe: {timeoutSeconds: 0}",
            "livenessProbe: {timeoutSeconds: 1}",
        ),
        (
            "livenessProbe: {initialDelaySeconds: 0}",
            "livenessProbe: {periodSeconds: 10}",
        ),
        (
            "terminationMessagePath: ''",
            "terminationMessagePath: /dev/termination-log",
        ),
        (
            "env: [{name: A, valueFrom: {resourceFieldRef: {divisor: 1}}}]",
            "env: [{name: A, valueFrom: {resourceFieldRef: {divisor: '1'}}}]",
        ),
    ] {
        let unchanged = merged_container(running, running);
        assert_eq!(merged_container(manifest, running), unchanged, "{manifest}");
    }
}

#[test]
fn a_removed_default_is_filled_in_again() {
    for running in [
        "imagePullPolicy: IfNotPresent",
        "resources: {}",
        "ports: [{containerPort: 1, protocol: TCP}]",
        "securityContext: {}",
    ] {
        let without = running.replace(", protocol: TCP", "");
        let manifest = match without == running {
            true => "",
            false => &without,
        };
        let unchanged = merged_container(running, running);
        assert_eq!(merged_container(manifest, running), unchanged, "{running}");
    }
}

#[test]
fn a_removed_value_that_is_not_a_default_is_dropped() {
    for (manifest, running) in [
        ("", "imagePullPolicy: Always"),
        ("imagePullPolicy: ''", "imagePullPolicy: Always"),
        ("resources: null", "resources: {limits: {cpu: 1}}"),
        ("", "terminationMessagePolicy: FallbackToLogsOnError"),
    ] {
        let merged = merged_container(manifest, running);
        assert_eq!(merged, yaml("{name: a, image: 'a:main'}"), "{running}");
    }
}

#[test]
fn an_empty_value_in_a_map_counts() {
    let running = "{nodeSelector: {disk: ssd}}";
    let manifest = "{nodeSelector: {disk: ssd, node-role.kubernetes.io/worker: ''}}";
    assert_eq!(
        merged_spec(manifest, running, Some(running)),
        yaml(manifest)
    );
    let manifest = "{nodeSelector: {}}";
    assert_eq!(merged_spec(manifest, "{}", None), yaml("{}"));
}

/// Adds what server-side apply keeps of an apply by a manager.
fn managed(running: &str, managers: &[(&str, &str)]) -> Object {
    let mut running = object(running);
    let entries = managers.iter().map(|(manager, fields)| {
        json!({"manager": manager, "operation": "Apply", "fieldsType": "FieldsV1", "fieldsV1": yaml(fields)})
    });
    running.value["metadata"]["managedFields"] = entries.collect();
    running
}

#[test]
fn an_apply_on_the_server_tells_what_was_applied() {
    let running = pod(
        "{containers: [{name: a, image: a, env: [{name: A, value: a}]}, {name: b, image: b}, {name: c, image: c}]}",
    );
    let owned = r#"{"f:spec": {"f:containers": {
        'k:{"name":"a"}': {.: {}, f:name: {}, f:image: {}, f:env: {'k:{"name":"A"}': {.: {}, f:name: {}, f:value: {}}}},
        'k:{"name":"b"}': {.: {}, f:name: {}, f:image: {}}}}}"#;
    let manifest = pod("{containers: [{name: a, image: a}]}");
    let result = |managers: &[(&str, &str)]| {
        let merged = merged(&manifest, managed(&running, managers));
        merged.value["spec"].clone()
    };
    let all = object(&running).value["spec"].clone();
    let without = yaml("{containers: [{name: a, image: a}, {name: c, image: c}]}");
    assert_eq!(result(&[("argocd", owned)]), without);
    assert_eq!(result(&[("argocd", "{}"), ("kubectl", owned)]), without);
    assert_eq!(result(&[("argocd", owned), ("flux", "{}")]), all);
    assert_eq!(result(&[]), all);
}
