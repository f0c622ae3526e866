//! Tests lookups in registries.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use mutable_tags_cli::host::{
    Cache, Host, HostError, Recording, Refusal, Registry, Replay, Request, Session,
};
use serde_json::json;

use crate::registry_server::RegistryServer;
use crate::{call_host, digest_of};

#[test]
fn a_tag_has_the_digest_of_what_was_pushed_last() {
    let server = RegistryServer::start();
    let host = Arc::new(Registry::new().unwrap());
    let image = digest_of(&server.reference("shop/web:main"));
    let calls = [("oci", "v1/manifest_digest", image.as_str())];

    let first = server.push("shop/web:main", "one");
    assert_eq!(
        call_host(Arc::clone(&host), &calls),
        Ok(json!({"digest": first}))
    );

    let second = server.push("shop/web:main", "two");
    assert_ne!(first, second);
    assert_eq!(
        call_host(Arc::clone(&host), &calls),
        Ok(json!({"digest": second}))
    );

    assert_eq!(server.push("shop/web:main", "one"), first);
    assert_eq!(call_host(host, &calls), Ok(json!({"digest": first})));
}

#[test]
fn an_index_has_its_own_digest_and_names_its_images() {
    let server = RegistryServer::start();
    let index = server.push_index("shop/web:main", ["one", "two"]);
    let host = Arc::new(Registry::new().unwrap());
    let image = digest_of(&server.reference("shop/web:main"));
    assert_eq!(
        call_host(
            Arc::clone(&host),
            &[("oci", "v1/manifest_digest", image.as_str())]
        ),
        Ok(json!({"digest": index.digest}))
    );
    let manifest = call_host(
        Arc::clone(&host),
        &[("oci", "v1/oci_manifest", image.as_str())],
    )
    .unwrap();
    assert_eq!(
        manifest["mediaType"],
        "application/vnd.oci.image.index.v1+json"
    );
    assert_eq!(manifest["manifests"][0]["digest"], index.children[0]);
    assert_eq!(manifest["manifests"][1]["digest"], index.children[1]);
    assert_eq!(manifest["manifests"].as_array().unwrap().len(), 2);
    assert_ne!(index.children[0], index.children[1]);

    let child = digest_of(&server.reference(&format!("shop/web@{}", index.children[0])));
    let manifest = call_host(host, &[("oci", "v1/oci_manifest", child.as_str())]).unwrap();
    assert_eq!(
        manifest["mediaType"],
        "application/vnd.oci.image.manifest.v1+json"
    );
    assert_eq!(manifest["layers"][0]["size"], 3);
}

#[test]
fn an_unknown_tag_is_an_error_that_says_so() {
    let server = RegistryServer::start();
    server.push("shop/web:main", "one");
    let image = digest_of(&server.reference("shop/web:other"));
    let address = server.address();
    let error = format!(
        "Registry error: url http://{address}/v2/shop/web/manifests/other, envelope: OCI API errors: [OCI API error: manifest unknown]"
    );
    assert_eq!(
        call_host(
            Registry::new().unwrap(),
            &[("oci", "v1/manifest_digest", image.as_str())]
        ),
        Err(format!(
            "Callback evaluation failure: Fail to interact with OCI registry: {error}\n\nCaused by:\n    {error}"
        ))
    );
}

#[test]
fn a_recorded_session_replays_the_answers_of_registries() {
    let server = RegistryServer::start();
    server.push("shop/web:main", "one");
    let known = digest_of(&server.reference("shop/web:main"));
    let unknown = digest_of(&server.reference("shop/web:other"));
    let answered = [
        ("oci", "v1/oci_manifest", known.as_str()),
        ("oci", "v1/manifest_digest", known.as_str()),
    ];
    let failing = [("oci", "v1/manifest_digest", unknown.as_str())];

    let recording = Arc::new(Recording::new(Registry::new().unwrap()));
    let answer = call_host(Arc::clone(&recording), &answered);
    let error = call_host(Arc::clone(&recording), &failing).unwrap_err();
    drop(server);

    let session = Session::parse(&recording.session().to_yaml().unwrap()).unwrap();
    assert_eq!(session, recording.session());
    assert_eq!(session.exchanges.len(), 3);
    let replay = Arc::new(Replay::new(session));
    assert_eq!(call_host(Arc::clone(&replay), &answered), answer);
    // A recorded error has no causes: kwctl keeps none either.
    let (error, _) = error.split_once("\n\n").unwrap();
    assert_eq!(
        call_host(Arc::clone(&replay), &failing),
        Err(error.to_owned())
    );
    assert_eq!(replay.leftovers(), []);
}

#[test]
fn gives_up_on_a_registry_that_does_not_answer() {
    // The kernel accepts the connection, but nobody answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap();
    let image = digest_of(&format!("{address}/shop/web:main"));
    let host = Registry::new().unwrap();
    let error = call_host(
        host.with_timeout(Duration::from_millis(50)),
        &[("oci", "v1/manifest_digest", image.as_str())],
    )
    .unwrap_err();
    let given_up = format!("no answer from registry \"{address}\" within ");
    assert!(error.contains(&given_up), "{error}");
}

#[test]
fn a_registry_that_gave_no_answer_is_not_asked_again() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap();
    let host = Registry::new().unwrap();
    let host = Arc::new(host.with_timeout(Duration::from_millis(50)));
    assert_eq!(host.newly_silent(), [""; 0]);
    let ask = |image: &str| {
        let image = digest_of(&format!("{address}/{image}"));
        let call = ("oci", "v1/manifest_digest", image.as_str());
        call_host(Arc::clone(&host), &[call]).unwrap_err()
    };
    ask("shop/web:main");
    let reason = "it did not answer within 50ms";
    let not_asked = format!("registry \"{address}\" is not asked again: {reason}");
    for image in ["shop/web:main", "shop/api:main"] {
        let error = format!("Callback evaluation failure: {not_asked}");
        assert_eq!(ask(image), error);
    }
    assert_eq!(host.newly_silent(), [not_asked]);
    assert_eq!(host.newly_silent(), [""; 0]);
    // It connected once, and others may still be asked.
    silent.set_nonblocking(true).unwrap();
    assert!(silent.accept().is_ok());
    assert!(silent.accept().is_err());
}

#[test]
fn an_error_ends_with_its_innermost_cause() {
    // Nothing listens on this port.
    let image = digest_of("127.0.0.1:1/shop/web:main");
    let host = Registry::new().unwrap();
    let call = ("oci", "v1/manifest_digest", image.as_str());
    let error = call_host(host, &[call]).unwrap_err();
    assert_eq!(
        error.lines().next(),
        Some(
            "Callback evaluation failure: Fail to interact with OCI registry: error sending request for url (http://127.0.0.1:1/v2/shop/web/manifests/main): Connection refused (os error 111)"
        )
    );
}

/// Answers with the number of calls.
#[derive(Default)]
struct Counting(AtomicUsize);

impl Host for Counting {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError> {
        let count = self.0.fetch_add(1, Ordering::Relaxed);
        match request {
            Request::OciManifestDigest { image } if image == "refused" => {
                Err(HostError::failed(count.to_string()))
            }
            _ => Ok(count.to_string().into_bytes()),
        }
    }
}

#[test]
fn an_image_is_asked_for_once() {
    let cache = Arc::new(Cache::new(Counting::default()));
    let get = r#"{"api_version":"v1","kind":"Pod","name":"a","disable_cache":false}"#;
    let refused = "Callback evaluation failure: 2";
    for (namespace, operation, payload, answer) in [
        ("oci", "v1/manifest_digest", "\"a\"", Ok(0)),
        ("oci", "v1/manifest_digest", "\"a\"", Ok(0)),
        ("oci", "v1/oci_manifest", "\"a\"", Ok(1)),
        ("oci", "v1/manifest_digest", "\"refused\"", Err(refused)),
        ("oci", "v1/manifest_digest", "\"refused\"", Err(refused)),
        ("oci", "v1/manifest_digest", "\"b\"", Ok(3)),
        // Objects of a cluster are asked for each time.
        ("kubernetes", "get_resource", get, Ok(4)),
        ("kubernetes", "get_resource", get, Ok(5)),
    ] {
        let found = call_host(Arc::clone(&cache), &[(namespace, operation, payload)]);
        let expected = answer.map(|count| json!(count)).map_err(str::to_owned);
        assert_eq!(found, expected, "{operation} {payload}");
    }
}

#[test]
fn a_registry_knows_no_cluster() {
    let pod = r#"{"api_version":"v1","kind":"Pod","name":"a","disable_cache":false}"#;
    let denied = "Policy has not been granted access to the 'kubernetes/get_resource' host capability. The violation has been reported.";
    for answer in [
        call_host(
            Registry::new().unwrap(),
            &[("kubernetes", "get_resource", pod)],
        ),
        call_host(Refusal::NotGranted, &[("kubernetes", "get_resource", pod)]),
    ] {
        assert_eq!(answer, Err(denied.to_owned()));
    }
}
