//! Checks the assumptions of Kubewarden's release workflows.

use crate::read;

const WORKFLOWS: [&str; 2] = [
    ".github/workflows/test.yml",
    ".github/workflows/release.yml",
];

/// The rest of every line that begins with `prefix`, without surrounding spaces.
fn after<'text>(text: &'text str, prefix: &str) -> Vec<&'text str> {
    text.lines()
        .filter_map(|line| line.trim_start().strip_prefix(prefix))
        .collect()
}

/// The workflows search for lines, not keys, so that a second line would be a second
/// version.
#[test]
fn the_version_is_where_kubewardens_workflows_look_for_it() {
    let version = env!("CARGO_PKG_VERSION");
    let manifest = read("Cargo.toml");
    let lines = manifest
        .lines()
        .filter(|line| line.starts_with("version = "));
    let quoted = format!("version = \"{version}\"");
    assert_eq!(lines.collect::<Vec<_>>(), [quoted]);

    let metadata = read("metadata.yml");
    assert_eq!(metadata.matches("io.kubewarden.policy.version").count(), 1);
    let written = after(&metadata, "io.kubewarden.policy.version: ");
    assert_eq!(written, [version]);
}

#[test]
fn kubewardens_workflows_are_at_one_commit() {
    let mut commits: Vec<_> = WORKFLOWS
        .iter()
        .flat_map(|workflow| {
            let workflow = read(workflow);
            let used = after(&workflow, "uses: kubewarden/github-actions/");
            let commits = used.into_iter().map(|used| used.split_once('@').unwrap().1);
            commits.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(commits.len(), 2);
    commits.dedup();
    assert_eq!(commits.len(), 1, "{commits:?}");
}
