//! Tests recording and replaying.

use std::sync::Arc;

use mutable_tags_cli::host::{Context, Exchange, Recording, Replay, Request, Response, Session};
use serde_json::json;

use crate::call_host;

/// A session as kwctl writes it.
const RECORDED: &str = r#"- type: Exchange
  request: |
    !OciManifestDigest
    image: a:b
  response:
    type: Success
    payload: '{"digest":"sha256:0"}'
- type: Exchange
  request: |
    !OciManifest
    image: a:c
  response:
    type: Error
    message: 'Fail to interact with OCI registry: no'
- type: Exchange
  request: |
    !KubernetesGetResource
    api_version: v1
    kind: Pod
    name: a
    namespace: shop
    disable_cache: false
    field_masks:
    - metadata.name
  response:
    type: Success
    payload: '{}'
- type: Exchange
  request: |
    !KubernetesListResourceNamespace
    api_version: apps/v1
    kind: ReplicaSet
    namespace: shop
    label_selector: null
    field_selector: null
    field_masks: null
  response:
    type: Success
    payload: '{"items":[]}'
"#;

const GET: &str = r#"{"api_version":"v1","kind":"Pod","name":"a","namespace":"shop","disable_cache":false,"field_masks":["metadata.name"]}"#;
const LIST: &str = r#"{"api_version":"apps/v1","kind":"ReplicaSet","namespace":"shop","label_selector":null,"field_selector":null,"field_masks":null}"#;

fn replay() -> Arc<Replay> {
    Arc::new(Replay::new(Session::parse(RECORDED).unwrap()))
}

#[test]
fn a_session_is_replayed_in_its_order() {
    let replay = replay();
    assert_eq!(
        call_host(
            Arc::clone(&replay),
            &[("oci", "v1/manifest_digest", "\"a:b\"")]
        ),
        Ok(json!({"digest": "sha256:0"}))
    );
    assert_eq!(
        call_host(
            Arc::clone(&replay),
            &[("oci", "v1/oci_manifest", "\"a:c\"")]
        ),
        Err("Callback evaluation failure: Fail to interact with OCI registry: no".to_owned())
    );
    assert_eq!(replay.leftovers().len(), 2);
    assert_eq!(
        call_host(
            Arc::clone(&replay),
            &[
                ("kubernetes", "get_resource", GET),
                ("kubernetes", "list_resources_by_namespace", LIST)
            ]
        ),
        Ok(json!({"items": []}))
    );
    assert_eq!(replay.leftovers(), []);
    assert_eq!(
        call_host(replay, &[("oci", "v1/oci_manifest", "\"a:c\"")]),
        Err("Callback evaluation failure: the list of recorded responses is empty".to_owned())
    );
}

#[test]
fn an_unexpected_call_is_an_error_with_the_expected_one() {
    let replay = replay();
    assert_eq!(
        call_host(
            Arc::clone(&replay),
            &[("oci", "v1/manifest_digest", "\"a:c\"")]
        ),
        Err("Callback evaluation failure: Replay error: unexpected request. Was expecting OciManifestDigest { image: \"a:b\" }, got OciManifestDigest { image: \"a:c\" } instead".to_owned())
    );
    // The expected exchange is used up, as with kwctl.
    assert_eq!(
        replay.leftovers().first(),
        Some(&Request::OciManifest {
            image: "a:c".to_owned()
        })
    );
}

#[test]
fn a_session_is_written_as_kwctl_writes_it() {
    let session = Session::parse(RECORDED).unwrap();
    assert_eq!(session.to_yaml().unwrap(), RECORDED);
    assert_eq!(Session::default().to_yaml().unwrap(), "[]\n");
}

#[test]
fn a_recording_has_answers_and_errors_but_no_refused_call() {
    let recording = Arc::new(Recording::new(Context::default()));
    let answer = call_host(
        Arc::clone(&recording),
        &[("kubernetes", "list_resources_by_namespace", LIST)],
    );
    assert_eq!(
        answer,
        Ok(json!({"apiVersion": "apps/v1", "kind": "ReplicaSetList", "metadata": {}, "items": []}))
    );
    for call in [
        ("kubernetes", "get_resource", GET),
        ("kubernetes", "get_resource", "{}"),
        ("oci", "v1/manifest_digest", "\"a\""),
    ] {
        assert!(call_host(Arc::clone(&recording), &[call]).is_err());
    }
    let request = |operation, payload: &str| {
        Request::parse("kubernetes", operation, payload.as_bytes()).unwrap()
    };
    assert_eq!(
        recording.session().exchanges,
        [
            Exchange {
                request: request("list_resources_by_namespace", LIST),
                response: Response::Success {
                    payload:
                        r#"{"apiVersion":"apps/v1","items":[],"kind":"ReplicaSetList","metadata":{}}"#
                            .to_owned()
                },
            },
            Exchange {
                request: request("get_resource", GET),
                response: Response::Error {
                    message: "Cannot find v1/Pod named 'a' inside of namespace 'Some(\"shop\")'"
                        .to_owned()
                },
            },
        ]
    );
}

#[test]
fn an_unreadable_session_is_an_error_that_names_the_exchange() {
    let cases = [
        (
            "a: b",
            "is not a list of exchanges, as kwctl records it: invalid type: map, expected a sequence",
        ),
        (
            "- type: Exchange\n  request: x\n",
            "exchange 1: missing field `response`",
        ),
        (
            "- {request: '!OciManifest {image: a}', response: {type: Success, payload: x}}\n- {request: x, response: {type: Maybe}}\n",
            "exchange 2: unknown variant `Maybe`, expected `Success` or `Error`",
        ),
        (
            "- {request: '!DNSLookupHost {host: a}', response: {type: Error, message: x}}\n",
            "exchange 1: \"request\" is not a call that can be replayed: unknown variant `DNSLookupHost`, expected one of `OciManifestDigest`, `OciManifest`, `KubernetesGetResource`, `KubernetesListResourceNamespace`",
        ),
        (
            "- {request: '!OciManifest {name: a}', response: {type: Error, message: x}}\n",
            "exchange 1: \"request\" is not a call that can be replayed: missing field `image`",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(Session::parse(text).unwrap_err().to_string(), expected);
    }
}
