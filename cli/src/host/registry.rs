//! A host that looks images up in their registries.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::time::Duration;

use oci_client::client::{Client, ClientConfig, ClientProtocol};
use oci_client::errors::OciDistributionError;
use oci_client::{ParseError, Reference};
use rustls::crypto::ring;
use serde_json::json;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

use super::credentials::Credentials;
use super::{Host, HostError, Refusal, Request};

/// The default time limit of a look-up, which a registry only exceeds if it does not answer
/// at all.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Asks registries for digests and manifests, with the accounts of Docker's configuration.
///
/// Registries of this machine (`localhost`, `127.0.0.0/8`, `::1`) speak plain HTTP,
/// all others HTTPS.
pub struct Registry {
    runtime: Runtime,
    plain: Client,
    secure: Client,
    credentials: Credentials,
    timeout: Duration,
}

impl Registry {
    /// Sets up the clients, without connecting. The accounts are those of the user.
    pub fn new() -> io::Result<Self> {
        // This fails if a provider is already installed, which is just as good.
        let _ = ring::default_provider().install_default();
        Ok(Self {
            runtime: Builder::new_current_thread().enable_all().build()?,
            plain: client(ClientProtocol::Http)?,
            secure: client(ClientProtocol::Https)?,
            credentials: Credentials::of_user(),
            timeout: TIMEOUT,
        })
    }

    /// Replaces the default time limit of a minute.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Replaces the accounts of the user.
    #[must_use]
    pub fn with_credentials(self, credentials: Credentials) -> Self {
        Self {
            credentials,
            ..self
        }
    }

    fn digest(&self, image: &str) -> Result<Vec<u8>, HostError> {
        let image = parse(image)?;
        let client = self.client(&image);
        let account = self.credentials.account(image.resolve_registry())?;
        let digest = self.ask(&image, client.fetch_manifest_digest(&image, &account))?;
        Ok(json!({"digest": digest}).to_string().into_bytes())
    }

    fn manifest(&self, image: &str) -> Result<Vec<u8>, HostError> {
        let image = parse(image)?;
        let client = self.client(&image);
        let account = self.credentials.account(image.resolve_registry())?;
        let (manifest, _) = self.ask(&image, client.pull_manifest(&image, &account))?;
        serde_json::to_vec(&manifest).map_err(|error| {
            HostError::caused(format!("error serializing payload: {error}"), &error)
        })
    }

    fn client(&self, image: &Reference) -> &Client {
        if is_loopback(image.resolve_registry()) {
            &self.plain
        } else {
            &self.secure
        }
    }

    fn ask<T>(
        &self,
        image: &Reference,
        question: impl Future<Output = Result<T, OciDistributionError>>,
    ) -> Result<T, HostError> {
        // The timer needs the runtime when it is created, not only when it is awaited.
        let answer = async { timeout(self.timeout, question).await };
        match self.runtime.block_on(answer) {
            Ok(answer) => answer.map_err(|error| {
                HostError::caused(
                    format!("Fail to interact with OCI registry: {error}"),
                    &error,
                )
            }),
            Err(_) => Err(HostError::failed(format!(
                "no answer from registry {:?} within {:?}",
                image.resolve_registry(),
                self.timeout
            ))),
        }
    }
}

impl Host for Registry {
    fn call(&self, namespace: &str, operation: &str, payload: &[u8]) -> Result<Vec<u8>, HostError> {
        match Request::parse(namespace, operation, payload)? {
            Request::OciManifestDigest { image } => self.digest(&image),
            Request::OciManifest { image } => self.manifest(&image),
            Request::KubernetesGetResource(_) | Request::KubernetesListResourceNamespace(_) => {
                Refusal::NotGranted.call(namespace, operation, payload)
            }
        }
    }
}

impl fmt::Debug for Registry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Registry")
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

fn client(protocol: ClientProtocol) -> io::Result<Client> {
    Client::try_from(ClientConfig {
        protocol,
        ..ClientConfig::default()
    })
    .map_err(|error| {
        // The innermost error has the reason, which usually is a system without certificates.
        let mut reason: &dyn Error = &error;
        while let Some(source) = reason.source() {
            reason = source;
        }
        io::Error::other(format!(
            "{reason}: HTTPS needs root certificates (Debian: apt-get install ca-certificates)"
        ))
    })
}

/// Completes a reference as Docker does: `busybox` is
/// `docker.io/library/busybox:latest`.
fn parse(image: &str) -> Result<Reference, HostError> {
    image
        .parse()
        .map_err(|error: ParseError| HostError::failed(error.to_string()))
}

fn is_loopback(registry: &str) -> bool {
    let host = match registry.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => registry,
    };
    let address = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    host == "localhost"
        || address
            .unwrap_or(host)
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_of_this_machine_is_known_by_its_host() {
        let cases = [
            ("localhost", true),
            ("localhost:5000", true),
            ("127.0.0.1:5000", true),
            ("127.8.9.10", true),
            ("[::1]:5000", true),
            ("[::1]", true),
            ("128.0.0.1:5000", false),
            ("[::2]:5000", false),
            ("localhost.example.com", false),
            ("index.docker.io", false),
        ];
        for (registry, expected) in cases {
            assert_eq!(is_loopback(registry), expected, "{registry}");
        }
    }

    #[test]
    fn a_name_without_a_registry_is_one_of_docker_hub() {
        let reference = parse("busybox").unwrap();
        assert_eq!(reference.whole(), "docker.io/library/busybox:latest");
        assert_eq!(reference.resolve_registry(), "index.docker.io");
    }

    #[test]
    fn a_reference_that_cannot_be_read_is_not_asked_for() {
        let registry = Registry::new().unwrap();
        let error = registry.call("oci", "v1/manifest_digest", br#""A:b c""#);
        assert_eq!(
            error.unwrap_err().to_string(),
            "Callback evaluation failure: invalid reference format"
        );
    }
}
