//! Tests that registries are asked with the accounts of credential helpers.

#![cfg(all(unix, feature = "registry"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod program;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::thread;

use program::{Folder, Run, program};

const DIGEST: &str = "sha256:1d5f0b2a8f3d4a5e1c0b9e8d7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a";

/// Starts a registry in which every tag has the same digest, and returns its address. The only
/// account is acme:secret.
fn registry() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let lines = BufReader::new(&stream).lines().map(Result::unwrap);
            let head: Vec<_> = lines.take_while(|line| !line.is_empty()).collect();
            let has_account = head
                .iter()
                .any(|line| line.eq_ignore_ascii_case("authorization: Basic YWNtZTpzZWNyZXQ="));
            let (status, header) = match has_account {
                true => ("200 OK", format!("Docker-Content-Digest: {DIGEST}")),
                false => (
                    "401 Unauthorized",
                    "WWW-Authenticate: Basic realm=\"r\"".to_owned(),
                ),
            };
            write!(
                stream,
                "HTTP/1.1 {status}\r\n{header}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            .unwrap();
        }
    });
    address
}

/// Lets the policy ask a registry for the digest of an image of which a Pod runs, with an account
/// that a helper keeps. Returns the report, the errors and the recording.
fn ask(name: &str, helper: &str) -> String {
    let registry = registry();
    let image = format!("{registry}/acme/shop:main");
    let folder = Folder::new(name);
    let spec = format!("{{containers: [{{name: a, image: '{image}', imagePullPolicy: Always}}]}}");
    folder.write(
        "pod.yaml",
        &format!(
            "{{apiVersion: v1, kind: Pod, metadata: {{name: new, namespace: web}}, spec: {spec}}}"
        ),
    );
    folder.write(
        "running.yaml",
        &format!(
            "{{apiVersion: v1, kind: Pod, metadata: {{name: old, namespace: web}}, spec: {spec}, status: {{phase: Running, containerStatuses: [{{name: a, image: '{image}', imageID: '{registry}/acme/shop@{DIGEST}'}}]}}}}\n\
             ---\n{{apiVersion: v1, kind: Namespace, metadata: {{name: web}}}}"
        ),
    );
    folder.write(
        "config.json",
        &format!(r#"{{"credHelpers": {{"{registry}": "test"}}}}"#),
    );
    folder.write("docker-credential-test", helper);
    let executable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(folder.path().join("docker-credential-test"), executable).unwrap();
    let settings = format!(
        r#"{{"drift": {{"check": true, "allowVerified": true}}, "registries": ["{registry}"]}}"#
    );
    let mut command = program(&["check", "pod.yaml", "--registry"]);
    command
        .args(["--context", "running.yaml", "--record", "session.yaml"])
        .args(["--settings-json", &settings])
        .current_dir(folder.path())
        .env("DOCKER_CONFIG", folder.path())
        .env("PATH", format!("{}:/usr/bin:/bin", folder.path().display()));
    let run = Run::of(&mut command);
    let output = run.output + &run.errors + &folder.read("session.yaml");
    assert!(!output.contains("secret"), "{output}");
    output.replace(&registry, "REGISTRY")
}

#[test]
fn a_registry_is_asked_with_the_account_of_a_helper() {
    let output = ask(
        "account-of-a-helper",
        "#!/bin/sh\ncat > /dev/null\necho '{\"Username\": \"acme\", \"Secret\": \"secret\"}'\n",
    );
    assert!(
        output.contains(&format!(r#"{{"digest":"{DIGEST}"}}"#)),
        "{output}"
    );
}

#[test]
fn a_helper_without_an_account_is_no_error() {
    let output = ask(
        "no-account",
        "#!/bin/sh\ncat > /dev/null\necho 'credentials not found in native keychain'\nexit 1\n",
    );
    assert!(!output.contains("docker-credential-test"), "{output}");
    assert!(output.contains("Not authorized"), "{output}");
}

#[test]
fn a_helper_that_fails_is_named_with_its_registry() {
    let output = ask(
        "failing-helper",
        "#!/bin/sh\ncat > /dev/null\necho secret\nexit 1\n",
    );
    let error = "no account for registry \"REGISTRY\": docker-credential-test failed";
    assert!(output.contains(error), "{output}");
}
