//! What the workflows of a release take for granted.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![cfg(not(target_arch = "wasm32"))]

const WORKFLOWS: [&str; 2] = [
    include_str!("../.github/workflows/test.yml"),
    include_str!("../.github/workflows/release.yml"),
];

/// What follows `prefix` in the lines that begin with it, spaces apart.
fn after<'text>(text: &'text str, prefix: &str) -> Vec<&'text str> {
    text.lines()
        .filter_map(|line| line.trim_start().strip_prefix(prefix))
        .collect()
}

/// They look for lines, not for keys: a second line would be a second version.
#[test]
fn the_version_is_where_kubewardens_workflows_look_for_it() {
    let version = env!("CARGO_PKG_VERSION");
    let manifest = include_str!("../Cargo.toml");
    let lines = manifest
        .lines()
        .filter(|line| line.starts_with("version = "));
    let quoted = format!("version = \"{version}\"");
    assert_eq!(lines.collect::<Vec<_>>(), [quoted]);

    let metadata = include_str!("../metadata.yml");
    assert_eq!(metadata.matches("io.kubewarden.policy.version").count(), 1);
    let written = after(metadata, "io.kubewarden.policy.version: ");
    assert_eq!(written, [version]);
}

#[test]
fn kubewardens_workflows_are_at_one_commit() {
    let mut commits: Vec<_> = WORKFLOWS
        .iter()
        .flat_map(|workflow| after(workflow, "uses: kubewarden/github-actions/"))
        .map(|used| used.split_once('@').unwrap().1)
        .collect();
    assert_eq!(commits.len(), 2);
    commits.dedup();
    assert_eq!(commits.len(), 1, "{commits:?}");
}
