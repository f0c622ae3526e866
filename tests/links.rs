//! Checks that every link of every document has a target.
//!
//! Artifact Hub shows only the README and drops relative links, so that the README links
//! to the repository by address. This test looks such an address up in the checkout.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{BrokenLink, Event, Options, Parser, Tag, TagEnd};

const REPOSITORY: &str = "https://github.com/mutable-tags/mutable-tags-policy/";
/// Pages that GitHub serves itself, without a file in the repository.
const SERVED: [&str; 3] = ["security/advisories/new", "releases", "commits/main"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The paths of all documents, relative to the root.
fn documents() -> Vec<PathBuf> {
    let mut documents = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let path = folder.join(&name);
            if entry.file_type().unwrap().is_dir() {
                let is_ours = !name.starts_with('.') && name != "target" && name != "node_modules";
                folders.extend((is_ours || name == ".github").then_some(path));
            } else if name.ends_with(".md") {
                documents.push(path);
            }
        }
    }
    documents.sort();
    documents
}

/// The targets of the links in a document, and the references that have no target.
fn links(text: &str) -> (Vec<String>, Vec<String>) {
    let mut undefined = Vec::new();
    let mut note = |link: BrokenLink<'_>| {
        undefined.push(link.reference.to_string());
        None
    };
    let parser = Parser::new_with_broken_link_callback(text, Options::all(), Some(&mut note));
    let mut targets: Vec<_> = parser
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(dest_url.to_string())
            }
            _ => None,
        })
        .collect();
    targets.extend(written_addresses(text));
    (targets, undefined)
}

/// Whether a path is a release, or the files of one; curl takes several in braces.
fn is_released(path: &str) -> bool {
    let release = concat!("releases/download/v", env!("CARGO_PKG_VERSION"));
    let builds = include_str!("../.github/workflows/program.yml");
    let is_file = |file: &str| {
        let target = file.strip_prefix("mutable-tags-");
        let target = target.and_then(|rest| rest.strip_suffix(".tar.gz"));
        ["", "SHA256SUMS", "SHA256SUMS.sigstore.json"].contains(&file)
            || target.is_some_and(|target| builds.contains(&format!("target: {target}\n")))
    };
    path.strip_prefix(release).is_some_and(|files| {
        let files = files.trim_matches(['/', '{', '}']);
        files.split(',').all(is_file)
    })
}

/// Addresses within the repository, also in blocks of code.
fn written_addresses(text: &str) -> impl Iterator<Item = String> {
    text.match_indices(REPOSITORY).map(|(at, _)| {
        let address = text.get(at..).unwrap_or_default();
        let end = |each: char| each.is_whitespace() || "`\"')]>".contains(each);
        address.split(end).next().unwrap_or_default().to_owned()
    })
}

/// The anchors that GitHub gives to headings.
fn anchors(text: &str) -> Vec<String> {
    let mut anchors = Vec::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::all()) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => anchors.extend(heading.take()),
            Event::Text(words) | Event::Code(words) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&words);
                }
            }
            _ => {}
        }
    }
    anchors.iter().map(|heading| anchor(heading)).collect()
}

fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .replace(' ', "-")
        .chars()
        .filter(|each| each.is_alphanumeric() || "-_".contains(*each))
        .collect()
}

/// The file of this checkout, with its anchor, that an address of the repository names.
fn in_checkout(address: &str) -> Option<&str> {
    let path = address.strip_prefix(REPOSITORY)?;
    let branches = ["blob/main/", "tree/main/"];
    let released = concat!("raw/v", env!("CARGO_PKG_VERSION"), "/");
    branches
        .iter()
        .chain([&released])
        .find_map(|branch| path.strip_prefix(*branch))
        .or_else(|| path.strip_suffix(concat!("@refs/tags/v", env!("CARGO_PKG_VERSION"))))
        .or_else(|| (SERVED.contains(&path) || is_released(path)).then_some("README.md"))
}

/// The problem of a link in a document; `None` if it has a target.
fn problem(document: &Path, target: &str) -> Option<String> {
    let is_own = target.starts_with(REPOSITORY);
    let (from, target) = match in_checkout(target) {
        Some(path) => (Path::new(""), path),
        None if is_own => return Some("leads to no file of the repository".to_owned()),
        None if target.starts_with("https://") => return None,
        None if target.contains("://") => return Some("is not https".to_owned()),
        None if document == Path::new("README.md") && !target.starts_with('#') => {
            return Some("is relative, which Artifact Hub drops".to_owned());
        }
        None => (document.parent().unwrap(), target),
    };
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let path = if path.is_empty() {
        document.to_owned()
    } else {
        from.join(path)
    };
    if !root().join(&path).exists() {
        return Some(format!("leads to {}, which does not exist", path.display()));
    }
    if anchor.is_empty() {
        return None;
    }
    let text = fs::read_to_string(root().join(&path)).unwrap();
    let known = anchors(&text);
    (!known.iter().any(|each| each == anchor)).then(|| format!("has an anchor beyond {known:?}"))
}

#[test]
fn every_link_has_a_target() {
    let mut followed = 0;
    for document in documents() {
        let text = fs::read_to_string(root().join(&document)).unwrap();
        let (targets, undefined) = links(&text);
        assert_eq!(undefined, [""; 0], "{} names no link", document.display());
        for target in targets {
            let problem = problem(&document, &target);
            assert_eq!(problem, None, "{}: {target}", document.display());
            followed += 1;
        }
    }
    assert!(followed >= 60, "{followed} links were followed");
}

#[test]
fn sees_a_link_without_a_target() {
    let readme = Path::new("README.md");
    let tags = Path::new("docs/tags.md");
    for (document, target, expected) in [
        (readme, "https://kubewarden.io", None),
        (readme, "http://kubewarden.io", Some("is not https")),
        (
            readme,
            "docs/tags.md",
            Some("is relative, which Artifact Hub drops"),
        ),
        (tags, "kinds.md#rules", None),
        (
            tags,
            "rules.md",
            Some("leads to docs/rules.md, which does not exist"),
        ),
        (
            tags,
            "https://github.com/mutable-tags/mutable-tags-policy/blob/main/policy.yaml",
            None,
        ),
        (
            tags,
            "https://github.com/mutable-tags/mutable-tags-policy/blob/main/policies.yaml",
            Some("leads to policies.yaml, which does not exist"),
        ),
        (
            tags,
            "https://github.com/mutable-tags/mutable-tags-policy/wiki",
            Some("leads to no file of the repository"),
        ),
        (
            readme,
            concat!(
                "https://github.com/mutable-tags/mutable-tags-policy/releases/download/v",
                env!("CARGO_PKG_VERSION"),
                "/{SHA256SUMS,mutable-tags-aarch64-apple-darwin.tar.gz}"
            ),
            None,
        ),
        (
            readme,
            concat!(
                "https://github.com/mutable-tags/mutable-tags-policy/releases/download/v",
                env!("CARGO_PKG_VERSION"),
                "/{SHA256SUMS,mutable-tags-riscv64gc-apple-darwin.tar.gz}"
            ),
            Some("leads to no file of the repository"),
        ),
        (
            tags,
            "#rules",
            Some(
                "has an anchor beyond [\"how-a-tag-is-judged\", \"ask-about-an-image\", \
                 \"the-order\", \"the-shape-of-the-tag\", \"the-publisher\", \"what-no-rule-can-know\"]",
            ),
        ),
    ] {
        assert_eq!(problem(document, target).as_deref(), expected, "{target}");
    }
    assert_eq!(
        links("[a] and [b](c.md)\n"),
        (vec!["c.md".to_owned()], vec!["a".to_owned()])
    );
}
