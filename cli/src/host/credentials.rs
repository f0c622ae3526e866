//! Finds accounts for registries where Docker keeps them.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use docker_credential::{CredentialRetrievalError, DockerCredential};
use oci_client::secrets::RegistryAuth;
use serde_json::Value;

use super::HostError;

/// Docker Hub's key in the configuration, which is older than its registry.
const DOCKER_HUB: &str = "https://index.docker.io/v1/";

/// The text with which a helper says that it has no account for a registry.
const NOT_FOUND: &str = "credentials not found";

/// The accounts in a folder with Docker's configuration. A registry without one is asked
/// anonymously.
pub struct Credentials {
    folder: Option<PathBuf>,
    /// The accounts that were found. A helper can be slow, or ask the user.
    found: Mutex<BTreeMap<String, Result<RegistryAuth, HostError>>>,
}

impl Credentials {
    /// The accounts of the user: `$DOCKER_CONFIG`, or `.docker` in the home folder.
    #[must_use]
    pub fn of_user() -> Self {
        let folder = env::var_os("DOCKER_CONFIG").filter(|folder| !folder.is_empty());
        let home = || env::home_dir().map(|home| home.join(".docker"));
        Self::in_folder(folder.map(PathBuf::from).or_else(home))
    }

    /// The accounts in a folder; none without a folder.
    #[must_use]
    pub fn in_folder(folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            found: Mutex::default(),
        }
    }

    /// The account for a registry, such as `ghcr.io`.
    pub(super) fn account(&self, registry: &str) -> Result<RegistryAuth, HostError> {
        // A lookup that panicked has added nothing.
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        let account = found
            .entry(registry.to_owned())
            .or_insert_with(|| self.look_up(registry));
        account.clone()
    }

    fn look_up(&self, registry: &str) -> Result<RegistryAuth, HostError> {
        let Some(folder) = &self.folder else {
            return Ok(RegistryAuth::Anonymous);
        };
        let file = folder.join("config.json");
        let refuse = |problem: &str| {
            HostError::failed(format!("no account for registry {registry:?}: {problem}"))
        };
        let config = match fs::read(&file) {
            Ok(config) => config,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(RegistryAuth::Anonymous);
            }
            Err(error) => return Err(refuse(&format!("{}: {error}", file.display()))),
        };
        let key = match registry {
            "docker.io" | "index.docker.io" => DOCKER_HUB,
            other => other,
        };
        let found = docker_credential::get_credential_from_reader(config.as_slice(), key);
        match found {
            Ok(DockerCredential::UsernamePassword(name, password)) => {
                Ok(RegistryAuth::Basic(name, password))
            }
            // An identity token would have to be exchanged, which the client cannot.
            Ok(DockerCredential::IdentityToken(_)) => Err(refuse(
                "an identity token cannot be used: log in with a name and a password or an access token",
            )),
            Err(CredentialRetrievalError::NoCredentialConfigured) => Ok(RegistryAuth::Anonymous),
            Err(CredentialRetrievalError::HelperFailure { stdout, stderr, .. })
                if stdout.contains(NOT_FOUND) || stderr.contains(NOT_FOUND) =>
            {
                Ok(RegistryAuth::Anonymous)
            }
            // An empty name switches a helper off.
            Err(CredentialRetrievalError::HelperCommunicationError)
                if helper(&config, key).is_none() =>
            {
                Ok(RegistryAuth::Anonymous)
            }
            Err(error) => Err(refuse(&reason(&error, &file, &config, key))),
        }
    }
}

/// The reason of an error, without anything that the configuration or a helper said: it could be
/// a secret.
fn reason(
    error: &CredentialRetrievalError,
    file: &std::path::Path,
    config: &[u8],
    key: &str,
) -> String {
    let helper = || helper(config, key).unwrap_or_default();
    let file = file.display();
    match error {
        CredentialRetrievalError::HelperCommunicationError => {
            format!("{} could not be asked: is it installed?", helper())
        }
        CredentialRetrievalError::HelperFailure { .. } => format!("{} failed", helper()),
        CredentialRetrievalError::MalformedHelperResponse => {
            format!("the answer of {} cannot be read", helper())
        }
        CredentialRetrievalError::CredentialMismatchError => {
            format!("{file}: auth differs from username and password")
        }
        CredentialRetrievalError::CredentialDecodingError => {
            format!("{file}: auth is not name:password in Base64")
        }
        _ => format!("{file} is not a Docker configuration"),
    }
}

/// The program that keeps the account for a key.
fn helper(config: &[u8], key: &str) -> Option<String> {
    let config: Value = serde_json::from_slice(config).ok()?;
    let own = config.get("credHelpers").and_then(|all| all.get(key));
    let names = [own, config.get("credsStore")].into_iter().flatten();
    let mut names = names.filter_map(Value::as_str);
    let name = names.find(|name| !name.is_empty())?;
    Some(format!("docker-credential-{name}"))
}

#[cfg(test)]
#[path = "credentials_tests.rs"]
mod tests;
