//! Checks the assumptions of Kubewarden's release workflows.

use crate::{read, yaml};

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

/// The targets that the program is built for.
fn targets() -> Vec<String> {
    let workflow = read(".github/workflows/program.yml");
    let targets = after(&workflow, "- target: ").into_iter();
    let mut targets: Vec<_> = targets.map(str::to_owned).collect();
    targets.sort();
    targets
}

#[test]
fn every_program_that_is_built_is_downloaded_and_told_of() {
    let script = read("scripts/released-program");
    let mut downloaded: Vec<_> = script
        .split("target=")
        .skip(1)
        .map(|rest| rest.split([' ', '\n']).next().unwrap())
        .collect();
    downloaded.sort_unstable();
    assert_eq!(targets(), downloaded);

    let page = read("docs/ci.md");
    let (_, table) = page.split_once("\n| system | archive |\n").unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    let mut told: Vec<_> = table
        .split('`')
        .filter_map(|word| word.strip_prefix("mutable-tags-")?.strip_suffix(".tar.gz"))
        .collect();
    told.sort_unstable();
    assert_eq!(targets(), told);
}

#[test]
fn the_action_passes_every_input_and_the_page_tells_of_it() {
    let action = yaml("action.yml");
    let environment = action.pointer("/runs/steps/0/env").unwrap();
    let script = read("scripts/check-in-github");
    let page = read("docs/ci.md");
    let inputs = action.get("inputs").unwrap().as_object().unwrap();
    for name in inputs.keys() {
        let variable = format!("INPUT_{}", name.replace('-', "_").to_uppercase());
        assert_eq!(
            environment.get(&variable).unwrap(),
            &format!("${{{{ inputs.{name} }}}}")
        );
        assert!(script.contains(&format!("${{{variable}:")), "{variable}");
        assert!(page.contains(&format!("\n| `{name}` |")), "{name}");
    }
    assert_eq!(inputs.len(), environment.as_object().unwrap().len());
}

#[test]
fn the_hooks_run_what_is_there() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let entries: Vec<_> = hooks
        .as_array()
        .unwrap()
        .iter()
        .map(|hook| hook.get("entry").unwrap().as_str().unwrap())
        .collect();
    assert_eq!(
        entries,
        [
            "scripts/check-in-pre-commit",
            "mutable-tags check --hook --quiet"
        ]
    );
    let script = read("scripts/check-in-pre-commit");
    assert!(script.ends_with("exec \"$program\" check --hook --quiet \"$@\"\n"));
}
