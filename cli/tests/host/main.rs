//! Tests the answers of hosts.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]
#![allow(
    unreachable_pub,
    dead_code,
    reason = "the registry is shared by several test crates"
)]

mod context;
mod registries;
#[path = "../registry_server/mod.rs"]
mod registry_server;
mod sessions;

use mutable_tags_cli::host::{self, Host};
use serde_json::{Value, json};

/// A call of the host: its namespace, its operation and its payload.
type Call<'a> = (&'a str, &'a str, &'a str);

/// Makes these calls. Returns the last answer, or the first error.
fn call_host(host: impl Host, calls: &[Call<'_>]) -> Result<Value, String> {
    let mut last = Value::Null;
    for (namespace, operation, payload) in calls {
        let answer = host::call(
            &host,
            "kubewarden",
            namespace,
            operation,
            payload.as_bytes(),
        );
        let answer = answer.map_err(|error| error.to_string())?;
        last = serde_json::from_slice(&answer).unwrap();
    }
    Ok(last)
}

/// The payload of a call for the digest of an image.
fn digest_of(image: &str) -> String {
    json!(image).to_string()
}

#[test]
fn only_kubewardens_binding_is_known() {
    let host = host::Refusal::Offline;
    let error = host::call(&host, "elsewhere", "oci", "v1/manifest_digest", b"\"a\"");
    assert_eq!(error.unwrap_err().to_string(), "unknown binding: elsewhere");
}
