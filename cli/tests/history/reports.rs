//! The reports, and the settings that follow.

use crate::program::Folder;
use crate::story::Story;

/// A name that leaves no room for the columns of a table.
const LONG: &str = "registry.of-a-company-with-a-name-longer-than-others.example/platform-team";

/// Versions of a repository, each pinned by the same digest.
fn versions(repository: &str, count: usize, digest: char) -> String {
    let lines = (0..count).map(|patch| format!("{repository}:1.2.{patch}@sha256:{digest}\n"));
    lines.collect()
}

/// Publishers that move versions: one that the policy knows, and two that it does not. Another one
/// moves none, though the policy expects it. Of the last there is little to say.
fn eventful() -> Story {
    let first = [
        versions("ghcr.io/acme/web", 4, 'A'),
        versions("ghcr.io/acme/api", 3, 'A'),
        "ghcr.io/acme/web:main@sha256:A\n".to_owned(),
        versions("nginx", 6, 'A'),
        versions("1password/connect-api", 20, 'A'),
        versions("quay.io/still/app", 2, 'A'),
        versions(&format!("{LONG}/web"), 1, 'A'),
    ];
    let moved = [
        versions("ghcr.io/acme/web", 3, 'B'),
        versions("ghcr.io/acme/api", 1, 'B'),
        "ghcr.io/acme/web:main@sha256:B\n".to_owned(),
        versions("nginx", 5, 'B'),
        versions(&format!("{LONG}/web"), 1, 'B'),
    ];
    let first = first.concat();
    let second = moved.concat().lines().fold(first.clone(), |text, line| {
        let old = line.replace("sha256:B", "sha256:A");
        text.replace(&old, line)
    });
    let third = second.replace("web:1.2.0@sha256:B", "web:1.2.0@sha256:C");
    let corrected = "quay.io/other/app:1.0.0@sha256:A";
    Story::default()
        .commit(0.0, &[("images", &first)])
        .commit(40.0, &[("images", &second), ("corrected", corrected)])
        .commit(
            40.5,
            &[("corrected", &corrected.replace("sha256:A", "sha256:B"))],
        )
        .commit(60.0, &[("images", &third)])
}

/// A tag of each kind: one that moved, one that stood still and one that was corrected.
fn quiet() -> Story {
    Story::default()
        .commit(
            0.0,
            &[("a", "acme/web:1.2.3@sha256:A\nacme/api:main@sha256:A")],
        )
        .commit(
            40.0,
            &[("a", "acme/web:1.2.3@sha256:B\nacme/api:main@sha256:A")],
        )
        .commit(50.0, &[("b", "nginx:1.27.3@sha256:A")])
        .commit(50.5, &[("b", "nginx:1.27.3@sha256:B")])
        .commit(80.0, &[("b", "")])
}

#[test]
fn the_text_tells_the_most_moves_first() {
    let run = eventful().repository("text").history(&[]);
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    let expected = "\
Commits on the main line: 5 (2024-01-01 to 2024-04-10)
Tags pinned by digest: 38 in 7 image repositories, 11 moved
Tags corrected within a day, which is not a move: 1
Exact versions and builds seen for 14 days or more: 37, 10 moved

publisher                          moved  days  known as
docker.io/library/**              5 of 6   100  rebuilds: confirmed
ghcr.io/acme/**                   4 of 7   100  unknown: moves versions
registry.of-a-company-with-a-name-longer-than-others.example/platform-team/**
                                  1 of 1   100  unknown
docker.io/1password/connect-api  0 of 20   100  rebuilds: contradicted
moved: of the exact versions and builds that were seen for 14 days or more
days: the median number of days that they were seen
known as: what the policy knows of the publisher, and whether this history confirms it
Publishers left out, with fewer than 20 of them and no move: 2

Tags that moved although the policy accepts them:
moves   days  tag
    2    100  ghcr.io/acme/web:1.2.0
    2    100  registry.of-a-company-with-a-name-longer-than-others.example/platform-team/web:1.2.0
    1    100  ghcr.io/acme/api:1.2.0
    1    100  ghcr.io/acme/web:1.2.1
    1    100  ghcr.io/acme/web:1.2.2

Suggested settings:

settings:
  tags:
    mutable:
      # 4 of 7 versions moved, each seen for 14 days or more
      - \"ghcr.io/acme/**\"
    immutable:
      # none of 20 versions moved, each seen for 30 days or more
      - \"docker.io/1password/connect-api:*.*.*\"
";
    assert_eq!(run.output, expected);
    assert!(run.output.lines().all(|line| line.len() <= 100));
}

#[test]
fn the_text_says_where_no_settings_follow() {
    let run = quiet().repository("no-settings").history(&[]);
    let expected = "\
Commits on the main line: 6 (2024-01-01 to 2024-04-10)
Tags pinned by digest: 3 in 3 image repositories, 1 moved
Tags corrected within a day, which is not a move: 1
Exact versions and builds seen for 14 days or more: 2, 1 moved

publisher           moved  days  known as
docker.io/acme/**  1 of 1   100  unknown
moved: of the exact versions and builds that were seen for 14 days or more
days: the median number of days that they were seen
known as: what the policy knows of the publisher, and whether this history confirms it
Publishers left out, with fewer than 20 of them and no move: 1

Tags that moved although the policy accepts them:
moves   days  tag
    1    100  docker.io/acme/web:1.2.3

No settings to suggest: the policy knows what moved, or too few tags were seen.
";
    assert_eq!(run.output, expected);
}

#[test]
fn the_table_has_a_line_for_each_tag() {
    let run = quiet().repository("tsv").history(&["-o", "tsv"]);
    let expected = "\
group\trepository\ttag\tfirst_seen\tdays_seen\tmoves
pins\tdocker.io/acme/api\tmain\t2024-01-01\t100\t0
pins\tdocker.io/acme/web\t1.2.3\t2024-01-01\t100\t1
pins\tdocker.io/library/nginx\t1.27.3\t2024-02-20\t30\t0
";
    assert_eq!(run.output, expected);
}

#[test]
fn the_object_has_publishers_settings_and_tags() {
    let run = quiet().repository("json").history(&["-o", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.output).unwrap();
    let expected = serde_json::json!({
        "commits": 6,
        "firstCommit": "2024-01-01",
        "lastCommit": "2024-04-10",
        "days": 14,
        "publishers": [
            {"images": "docker.io/acme/**", "versions": 1, "moved": 1, "medianDays": 100, "tags": 2},
            {
                "images": "docker.io/library/**",
                "practice": "rebuilds",
                "versions": 1,
                "moved": 0,
                "medianDays": 30,
                "tags": 1,
            },
        ],
        "settings": {"tags": {}},
        "tags": [
            {
                "repository": "docker.io/acme/api",
                "tag": "main",
                "firstSeen": "2024-01-01",
                "lastSeen": "2024-04-10",
                "days": 100,
                "moves": 0,
                "corrections": 0,
                "mutable": true,
                "reason": "channel",
            },
            {
                "repository": "docker.io/acme/web",
                "tag": "1.2.3",
                "firstSeen": "2024-01-01",
                "lastSeen": "2024-04-10",
                "days": 100,
                "moves": 1,
                "corrections": 0,
                "mutable": false,
                "reason": "version",
            },
            {
                "repository": "docker.io/library/nginx",
                "tag": "1.27.3",
                "firstSeen": "2024-02-20",
                "lastSeen": "2024-03-21",
                "days": 30,
                "moves": 0,
                "corrections": 1,
                "mutable": true,
                "reason": "rebuilt",
            },
        ],
    });
    assert_eq!(report, expected);
}

/// A Pod that pulls an image at every start.
fn pod(image: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers:\n    - {{name: a, image: \"{image}\", imagePullPolicy: Always}}\n"
    )
}

#[test]
fn the_settings_can_be_pasted_into_a_policy() {
    let run = eventful().repository("pasted").history(&[]);
    let (_, pasted) = run.output.split_once("\n\nsettings:\n").unwrap();
    let indented: String = pasted.lines().map(|line| format!("  {line}\n")).collect();
    let folder = Folder::new("history-pasted-policy");
    folder.write(
        "policy.yaml",
        &format!(
            "apiVersion: policies.kubewarden.io/v1\nkind: ClusterAdmissionPolicy\nmetadata: {{name: a}}\nspec:\n  settings:\n{indented}"
        ),
    );
    for (image, before, after) in [
        ("ghcr.io/acme/web:9.9.9", 0, 1),
        ("ghcr.io/acme-labs/web:9.9.9", 0, 0),
        ("1password/connect-api:9.9.9", 1, 0),
        ("1password/connect-sync:9.9.9", 1, 1),
    ] {
        folder.write("pod.yaml", &pod(image));
        let without = folder.run(&["check", "pod.yaml"]);
        assert_eq!(
            (without.status, without.errors.as_str()),
            (before, ""),
            "{image}"
        );
        let with = folder.run(&["check", "pod.yaml", "--policy", "policy.yaml"]);
        assert_eq!((with.status, with.errors.as_str()), (after, ""), "{image}");
    }
}

#[test]
fn the_settings_of_the_object_are_settings_of_the_policy() {
    let run = eventful()
        .repository("json-settings")
        .history(&["-o", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.output).unwrap();
    let expected = serde_json::json!({"tags": {
        "mutable": ["ghcr.io/acme/**"],
        "immutable": ["docker.io/1password/connect-api:*.*.*"],
    }});
    assert_eq!(report["settings"], expected);
    let folder = Folder::new("history-json-settings-pod");
    folder.write("pod.yaml", &pod("ghcr.io/acme/web:9.9.9"));
    let settings = report["settings"].to_string();
    let run = folder.run(&["check", "pod.yaml", "--settings-json", &settings]);
    assert_eq!((run.status, run.errors.as_str()), (1, ""));
}

#[test]
fn a_mutable_pattern_spares_dates_that_stood_still() {
    let dates = "ghcr.io/acme/web:20240101@sha256:A\n";
    let story = |digest| versions("ghcr.io/acme/web", 5, digest) + dates;
    let story = Story::default()
        .commit(0.0, &[("images", &story('A'))])
        .commit(40.0, &[("images", &story('B'))]);
    let run = story.repository("dates").history(&["-o", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.output).unwrap();
    let expected = serde_json::json!({"tags": {"mutable": ["ghcr.io/acme/web:*.*.*"]}});
    assert_eq!(report["settings"], expected);
}

#[test]
fn a_repository_that_stands_still_is_spared() {
    let first = versions("ghcr.io/acme/web", 5, 'A') + &versions("ghcr.io/acme/api", 5, 'A');
    let later = first.replace("web:1.2.0@sha256:A", "web:1.2.0@sha256:B");
    let later = later.replace("web:1.2.1@sha256:A", "web:1.2.1@sha256:B");
    let moves = |first: &str, later: &str, name| {
        let story = Story::default()
            .commit(0.0, &[("images", first)])
            .commit(40.0, &[("images", later)]);
        let run = story.repository(name).history(&["-o", "json"]);
        let report: serde_json::Value = serde_json::from_str(&run.output).unwrap();
        report["settings"]["tags"]["mutable"].clone()
    };
    assert_eq!(
        moves(&first, &later, "one-of-two"),
        serde_json::json!(["ghcr.io/acme/web"])
    );
    let both = later.replace("api:1.2.0@sha256:A", "api:1.2.0@sha256:B");
    assert_eq!(
        moves(&first, &both, "both"),
        serde_json::json!(["ghcr.io/acme/**"])
    );
}

#[test]
fn little_that_was_watched_says_nothing() {
    let patterns = |count, moved, days: &str, name| {
        let first = versions("ghcr.io/acme/web", count, 'A');
        let later = versions("ghcr.io/acme/web", moved, 'B');
        let still = first.lines().skip(moved).map(|line| format!("{line}\n"));
        let story = Story::default()
            .commit(0.0, &[("images", &first)])
            .commit(40.0, &[("images", &(later + &still.collect::<String>()))]);
        let run = story
            .repository(name)
            .history(&["-o", "json", "--days", days]);
        let report: serde_json::Value = serde_json::from_str(&run.output).unwrap();
        report["settings"]["tags"]["mutable"].clone()
    };
    let expected = serde_json::json!(["ghcr.io/acme/web"]);
    assert_eq!(patterns(2, 2, "100", "enough"), expected);
    assert_eq!(patterns(8, 2, "100", "often-enough"), expected);
    assert_eq!(patterns(2, 1, "100", "too-few"), serde_json::Value::Null);
    assert_eq!(patterns(9, 2, "100", "too-rarely"), serde_json::Value::Null);
    assert_eq!(patterns(5, 2, "101", "too-short"), serde_json::Value::Null);
}
