//! A host that looks images up in their registries.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::io;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
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

/// The default time limit of a lookup, which a registry only exceeds if it does not answer
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
    /// The registries that gave no answer, which are not asked again.
    silent: Mutex<BTreeMap<String, Silence>>,
}

/// A registry that gave no answer.
struct Silence {
    reason: String,
    is_told: bool,
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
            silent: Mutex::default(),
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

    /// A warning for each registry that gave no answer since the last call: lookups of its other images
    /// have no answer either.
    pub fn newly_silent(&self) -> Vec<String> {
        let mut silent = self.silent.lock().unwrap_or_else(PoisonError::into_inner);
        let new = silent.iter_mut().filter(|(_, silence)| !silence.is_told);
        new.map(|(registry, silence)| {
            silence.is_told = true;
            not_asked_again(registry, &silence.reason)
        })
        .collect()
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

    /// Asks the registry of an image, unless it has been silent before.
    fn ask<T>(
        &self,
        image: &Reference,
        question: impl Future<Output = Result<T, OciDistributionError>>,
    ) -> Result<T, HostError> {
        let registry = image.resolve_registry();
        let mut silent = self.silent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(silence) = silent.get(registry) {
            return Err(HostError::failed(not_asked_again(
                registry,
                &silence.reason,
            )));
        }
        // The timer needs the runtime when it is created, not only when it is awaited.
        let answer = async { timeout(self.timeout, question).await };
        let (reason, error) = match self.runtime.block_on(answer) {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => match &error {
                OciDistributionError::RequestError(request)
                    if request.is_connect() || request.is_timeout() =>
                {
                    (innermost(request).to_string(), failure(&error))
                }
                _ => return Err(failure(&error)),
            },
            Err(_) => {
                let limit = self.timeout;
                let error = format!("no answer from registry {registry:?} within {limit:?}");
                let reason = format!("it did not answer within {limit:?}");
                (reason, HostError::failed(error))
            }
        };
        let is_told = false;
        silent.insert(registry.to_owned(), Silence { reason, is_told });
        Err(error)
    }
}

fn not_asked_again(registry: &str, reason: &str) -> String {
    format!("registry {registry:?} is not asked again: {reason}")
}

/// The error of a lookup, in Kubewarden's words. The policy passes on the first line, so that the
/// innermost cause stands there too, such as a name that does not resolve.
fn failure(error: &OciDistributionError) -> HostError {
    let mut message = format!("Fail to interact with OCI registry: {error}");
    let cause = innermost(error).to_string();
    if !message.contains(&cause) {
        message.push_str(": ");
        message.push_str(&cause);
    }
    HostError::caused(message, error)
}

fn innermost<'e>(error: &'e (dyn Error + 'static)) -> &'e (dyn Error + 'static) {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost
}

impl Host for Registry {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError> {
        match request {
            Request::OciManifestDigest { image } => self.digest(image),
            Request::OciManifest { image } => self.manifest(image),
            Request::KubernetesGetResource(_) | Request::KubernetesListResourceNamespace(_) => {
                Refusal::NotGranted.answer(request)
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
        // The reason usually is a system without certificates.
        let reason = innermost(&error);
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
        let image = "A:b c".to_owned();
        let error = registry.answer(&Request::OciManifestDigest { image });
        assert_eq!(
            error.unwrap_err().to_string(),
            "Callback evaluation failure: invalid reference format"
        );
    }
}
