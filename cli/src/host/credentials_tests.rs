#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use super::*;

/// Looks a registry up in a configuration. `name` tells the folders of tests apart.
fn account(name: &str, config: &str, registry: &str) -> Result<RegistryAuth, String> {
    let folder = env::temp_dir().join(format!("mutable-tags-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.json"), config).unwrap();
    let credentials = Credentials::in_folder(Some(folder.clone()));
    let account = credentials.account(registry);
    fs::remove_dir_all(&folder).unwrap();
    let folder = folder.display().to_string();
    account.map_err(|error| error.to_string().replace(&folder, "FOLDER"))
}

fn basic(name: &str, password: &str) -> RegistryAuth {
    RegistryAuth::Basic(name.to_owned(), password.to_owned())
}

#[test]
fn finds_the_account_of_a_registry() {
    // They are hub:one, acme:two:three and port:four.
    let config = r#"{"auths": {
        "https://index.docker.io/v1/": {"auth": "aHViOm9uZQ=="},
        "ghcr.io": {"auth": "YWNtZTp0d286dGhyZWU="},
        "localhost:5000": {"auth": "cG9ydDpmb3Vy"},
        "quay.io": {}
    }}"#;
    for (registry, expected) in [
        ("docker.io", basic("hub", "one")),
        ("index.docker.io", basic("hub", "one")),
        ("ghcr.io", basic("acme", "two:three")),
        ("localhost:5000", basic("port", "four")),
        ("localhost", RegistryAuth::Anonymous),
        ("quay.io", RegistryAuth::Anonymous),
        ("registry.k8s.io", RegistryAuth::Anonymous),
    ] {
        assert_eq!(
            account("auth", config, registry),
            Ok(expected),
            "{registry}"
        );
    }
}

#[test]
fn a_registry_without_an_account_is_asked_anonymously() {
    for config in [
        "{}",
        r#"{"credsStore": ""}"#,
        r#"{"credsStore": "", "credHelpers": {"ghcr.io": ""}}"#,
        r#"{"credsStore": "", "auths": {"quay.io": {"auth": "YTpi"}}}"#,
    ] {
        let found = account("none", config, "ghcr.io");
        assert_eq!(found, Ok(RegistryAuth::Anonymous), "{config}");
    }
    for folder in [None, Some(Path::new("/does/not/exist").to_owned())] {
        let credentials = Credentials::in_folder(folder);
        assert_eq!(credentials.account("ghcr.io"), Ok(RegistryAuth::Anonymous));
    }
}

#[test]
fn errors_name_the_registry_and_no_secret() {
    // The secret is c2VjcmV0, which has no name before it.
    for (config, reason) in [
        (
            r#"{"auths": {"ghcr.io": {"auth": "c2VjcmV0"}}}"#,
            "FOLDER/config.json: auth is not name:password in Base64",
        ),
        (
            r#"{"auths": {"ghcr.io": {"auth": "YTpi", "username": "a", "password": "secret"}}}"#,
            "FOLDER/config.json: auth differs from username and password",
        ),
        (
            r#"{"auths": {"ghcr.io": {"identitytoken": "secret"}}}"#,
            "an identity token cannot be used: log in with a name and a password or an access token",
        ),
        (
            r#"{"auths": "secret"}"#,
            "FOLDER/config.json is not a Docker configuration",
        ),
        (
            r#"{"credHelpers": {"ghcr.io": "that-is-missing"}}"#,
            "docker-credential-that-is-missing could not be asked: is it installed?",
        ),
    ] {
        assert_eq!(
            account("broken", config, "ghcr.io"),
            Err(format!(
                "Callback evaluation failure: no account for registry \"ghcr.io\": {reason}"
            ))
        );
    }
}
