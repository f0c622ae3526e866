//! Checks that all files name the same version and the same address of the module.

use serde_json::json;

use crate::{files, read, yaml};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The address of the published module, with the tag of this version.
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

/// After the first release, a version needs its entry before it is released.
#[test]
fn the_changelog_has_an_entry_once_anything_was_released() {
    let changelog = read("CHANGELOG.md");
    let released: Vec<_> = changelog
        .lines()
        .filter_map(|line| line.strip_prefix("## ["))
        .filter(|entry| !entry.starts_with("Unreleased]"))
        .collect();
    let this = format!("{VERSION}] - ");
    assert!(
        released.is_empty() || released.iter().any(|entry| entry.starts_with(&this)),
        "{VERSION} is not among {released:?}"
    );
}

/// The text of every file that a user reads or applies.
fn written() -> Vec<String> {
    let paths: Vec<_> = ["", "docs", "examples/policies", "examples/lookups"]
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

/// The tag that follows each mention of `mention`.
fn tags_after(text: &str, mention: &str) -> Vec<String> {
    let rests = text.split(mention).skip(1);
    let is_end = |each: char| each.is_whitespace() || "`\"')/".contains(each);
    rests
        .map(|rest| rest.split(is_end).next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn every_address_of_this_version_has_its_tag() {
    let module = module();
    let (repository, version) = module.rsplit_once(':').unwrap();
    let mentions = [
        &format!("{repository}:"),
        "mutable-tags-policy/raw/",
        "refs/tags/",
        "ghcr.io/mutable-tags/mutable-tags:",
        "uses: mutable-tags/mutable-tags-policy@",
        "rev: ",
        "releases/download/",
    ];
    let mut named = 0;
    for file in written() {
        for mention in mentions {
            for tag in tags_after(&read(&file), mention) {
                assert_eq!(tag, version, "{file}: {mention}");
                named += 1;
            }
        }
    }
    assert!(named >= 20, "{named} addresses were found");
}

#[test]
fn every_crate_takes_its_version_from_the_workspace() {
    let workspace = read("Cargo.toml");
    let (_, members) = workspace.split_once("\nmembers = [").unwrap();
    let (members, _) = members.split_once(']').unwrap();
    let members = members
        .split(',')
        .map(|member| member.trim().trim_matches('"'));
    let members = members.filter(|member| !member.is_empty());
    let manifests = members.map(|member| format!("{member}/Cargo.toml"));
    let manifests: Vec<_> = manifests.chain(["Cargo.toml".to_owned()]).collect();
    assert!(manifests.len() >= 4, "{manifests:?}");
    for manifest in &manifests {
        let package = read(manifest);
        let (_, package) = package.split_once("[package]").unwrap();
        let (package, _) = package.split_once("\n[").unwrap();
        assert!(
            package.contains("\nversion.workspace = true\n"),
            "{manifest}"
        );
    }
}
