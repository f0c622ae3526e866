//! One version, and one address of the module, wherever they stand.

use serde_json::json;

use crate::{files, read, yaml};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where the module is published, with the tag of this version.
pub(crate) fn module() -> String {
    let metadata = yaml("metadata.yml");
    let address = metadata.pointer("/annotations/io.kubewarden.policy.ociUrl");
    format!("{}:v{VERSION}", address.unwrap().as_str().unwrap())
}

#[test]
fn the_metadata_has_the_version_of_the_package() {
    let metadata = yaml("metadata.yml");
    for (annotation, value) in [
        ("io.kubewarden.policy.version", VERSION.to_owned()),
        ("com.github.release.tag", format!("v{VERSION}")),
    ] {
        assert_eq!(
            metadata.pointer(&format!("/annotations/{annotation}")),
            Some(&json!(value)),
            "{annotation}"
        );
    }
}

#[test]
fn the_changelog_has_an_entry_for_this_version_or_for_what_comes() {
    let changelog = read("CHANGELOG.md");
    assert!(
        changelog.contains(&format!("## [{VERSION}]")) || changelog.contains("## [Unreleased]"),
        "neither {VERSION} nor Unreleased has an entry"
    );
}

/// Everything that a user reads or applies.
fn written() -> Vec<String> {
    let paths: Vec<_> = ["", "docs", "examples/policies", "examples/look-ups"]
        .iter()
        .flat_map(|folder| {
            ["md", "yml", "yaml"]
                .iter()
                .flat_map(move |ending| files(folder, ending))
        })
        .collect();
    paths
        .iter()
        .map(|path| path.display().to_string())
        .collect()
}

/// What stands behind every mention of an address.
fn behind<'a>(text: &'a str, address: &str) -> Vec<&'a str> {
    text.split(address).skip(1).collect()
}

#[test]
fn every_address_of_the_module_has_the_tag_of_this_version() {
    let module = module();
    let (repository, version) = module.rsplit_once(':').unwrap();
    let mut named = 0;
    for file in written() {
        for rest in behind(&read(&file), repository) {
            let Some(tag) = rest.strip_prefix(':') else {
                continue;
            };
            let end = tag.find(|each: char| each.is_whitespace() || "`\"')".contains(each));
            assert_eq!(tag.get(..end.unwrap_or(tag.len())), Some(version), "{file}");
            named += 1;
        }
    }
    assert!(named >= 13, "{named} addresses were found");
}

#[test]
fn every_manifest_of_the_workspace_takes_its_version_from_one_place() {
    for manifest in ["Cargo.toml", "e2e-tests/Cargo.toml"] {
        let package = read(manifest);
        let (_, package) = package.split_once("[package]").unwrap();
        let (package, _) = package.split_once("\n[").unwrap();
        assert!(
            package.contains("\nversion.workspace = true\n"),
            "{manifest}"
        );
    }
}
