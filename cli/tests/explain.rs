//! Tests `mutable-tags explain`.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod program;

use mutable_tags_policy::image::ImageReference;
use mutable_tags_policy::image::publisher::{PUBLISHERS, Source};
use mutable_tags_policy::settings::Settings;
use program::{Folder, Run};
use serde_json::{Value, json};

/// Settings in which each kind of entry decides something.
const SETTINGS: &str = r#"
environments:
  - {name: test, mode: lenient, namespaces: [ci]}
  - {name: production, mode: strict, namespaceSelector: {matchLabels: {env: prod}}}
tags:
  mutable: ["harbor.example/acme/billing:production"]
  immutable: ["", "harbor.example/acme/**"]
  mirrors: {harbor.example/dockerhub: docker.io}
exemptions:
  - {images: ["busybox"], reason: "nobody runs it for long"}
  - {images: ["istio/**"], namespaces: [shop], containers: ["istio-*"], reason: "injected"}
"#;

fn explain(name: &str, arguments: &[&str]) -> Run {
    let mut all = vec!["explain"];
    all.extend(arguments);
    Folder::new(name).run(&all)
}

/// Explains images by [`SETTINGS`].
fn explain_by_settings(name: &str, arguments: &[&str]) -> Run {
    let folder = Folder::new(name);
    folder.write("settings.yaml", SETTINGS);
    let mut all = vec!["explain", "--settings-path", "settings.yaml"];
    all.extend(arguments);
    folder.run(&all)
}

/// Explains each image of a list as JSON, from standard input.
fn lines(name: &str, images: &[String]) -> Vec<Value> {
    let run = Folder::new(name).run_with_input(&["explain", "-o", "json"], &images.join("\n"));
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    let lines: Vec<_> = run
        .output
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), images.len());
    lines
}

/// The images of the table of tags, each with its class and its reason.
fn table() -> Vec<(String, &'static str, &'static str)> {
    let table = include_str!("../../tests/cases/tags.tsv");
    let rows = table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|row| {
        let columns: Vec<_> = row.split('\t').collect();
        let image = match columns[0].contains(':') {
            true => columns[0].to_owned(),
            false => format!("registry.example/app:{}", columns[0]),
        };
        (image, columns[1], columns[2])
    })
    .collect()
}

#[test]
fn agrees_with_the_policy_on_every_row_of_the_table() {
    let table = table();
    assert!(table.len() >= 800);
    let images: Vec<_> = table.iter().map(|(image, ..)| image.clone()).collect();
    for ((image, class, reason), line) in table.iter().zip(lines("explain-table", &images)) {
        let reference = ImageReference::try_from(image.as_str()).unwrap();
        let judged = Settings::default().tags().mutability(&reference);
        assert_eq!(line["image"], *image);
        assert_eq!(line["normalised"].as_str(), Some(reference.name().as_str()));
        let found = (line["class"].as_str(), line["reason"].as_str());
        assert_eq!(found, (Some(*class), Some(*reason)), "{image}");
        assert_eq!(
            found,
            (Some(judged.class()), Some(judged.code())),
            "{image}"
        );
        let is_latest = reference.effective_tag().unwrap().is_latest();
        let default = if is_latest { "Always" } else { "IfNotPresent" };
        assert_eq!(line["defaultPullPolicy"], default, "{image}");
        let verdict = |is_pulled| match is_pulled && *class == "mutable" {
            true => "rejected",
            false => "accepted",
        };
        let answer =
            json!({"mode": "strict", "always": verdict(true), "default": verdict(is_latest)});
        assert_eq!(line["answers"], json!([answer]), "{image}");
    }
}

#[test]
fn names_a_source_for_every_publisher() {
    let rows = PUBLISHERS.iter().flat_map(|publisher| {
        let images = publisher.images().iter();
        images.map(move |images| (publisher, *images))
    });
    let rows: Vec<_> = rows.collect();
    let images = rows.iter().map(|(_, images)| match images.ends_with('/') {
        true => format!("{images}app:1.2.3"),
        false => format!("{images}:1.2.3"),
    });
    let images: Vec<_> = images.collect();
    for ((publisher, _), line) in rows.iter().zip(lines("explain-publishers", &images)) {
        let page = "https://github.com/mutable-tags/mutable-tags-policy/blob/main/docs/evidence.md";
        let source = match publisher.source() {
            Source::Documented(page) => json!({"page": page}),
            Source::Observed { versions, moved } => {
                json!({"page": page, "versions": versions, "moved": moved})
            }
        };
        assert_eq!(line["publisher"]["source"], source, "{line}");
    }
}

#[test]
fn text_has_the_class_and_the_reasons() {
    let run = explain(
        "explain-text",
        &[
            "nginx",
            "ghcr.io/acme/app:1.2.3",
            "ghcr.io/bjw-s/radarr:5.1.0",
        ],
    );
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    assert_eq!(
        run.output,
        "\
mutable   nginx
  image        docker.io/library/nginx:latest
  rule         no-tag: without a tag, latest is pulled
  publisher    docker.io/library/** rebuilds versions and builds in place
  source       https://github.com/docker-library/official-images#library-definition-files
  pull policy  Always    none set: Always
  answer       rejected  rejected          everywhere (strict)
immutable ghcr.io/acme/app:1.2.3
  rule         version: a full version (rule 9)
  publisher    not known
  pull policy  Always    none set: IfNotPresent
  answer       accepted  accepted                everywhere (strict)
mutable   ghcr.io/bjw-s/radarr:5.1.0
  rule         rebuilt: a full version (rule 9), which its publisher rebuilds under the same tag
  publisher    ghcr.io/bjw-s/** rebuilds versions and builds in place
  source       64 of 91 versions moved while they were watched:
               https://github.com/mutable-tags/mutable-tags-policy/blob/main/docs/evidence.md
  pull policy  Always    none set: IfNotPresent
  answer       rejected  accepted                everywhere (strict)
1 immutable, 2 mutable
"
    );
}

#[test]
fn tells_the_entry_of_the_settings_that_decides() {
    let run = explain_by_settings(
        "explain-entries",
        &[
            "harbor.example/acme/billing:production",
            "harbor.example/acme/shop:main",
            "harbor.example/dockerhub/library/redis:7.4.1",
        ],
    );
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    assert_eq!(
        run.output,
        "\
mutable   harbor.example/acme/billing:production
  rule         declared: tags.mutable[0] is \"harbor.example/acme/billing:production\"
  publisher    not known
  pull policy  Always    none set: IfNotPresent
  answer       warned    accepted                test (lenient)
               rejected  accepted                production (strict)
               rejected  accepted                elsewhere (strict)
immutable harbor.example/acme/shop:main
  rule         declared: tags.immutable[1] is \"harbor.example/acme/**\"
  publisher    not known
  pull policy  Always    none set: IfNotPresent
  answer       accepted  accepted                in every environment
mutable   harbor.example/dockerhub/library/redis:7.4.1
  rule         rebuilt: a full version (rule 9), which its publisher rebuilds under the same tag
  copy of      docker.io/library/redis (tags.mirrors: harbor.example/dockerhub)
  publisher    docker.io/library/** rebuilds versions and builds in place
  source       https://github.com/docker-library/official-images#library-definition-files
  pull policy  Always    none set: IfNotPresent
  answer       warned    accepted                test (lenient)
               rejected  accepted                production (strict)
               rejected  accepted                elsewhere (strict)
1 immutable, 2 mutable
"
    );
}

#[test]
fn tells_exemptions_and_where_they_apply() {
    let run = explain_by_settings("explain-exemptions", &["busybox", "istio/proxyv2:latest"]);
    assert_eq!(
        run.output,
        "\
mutable   busybox
  image        docker.io/library/busybox:latest
  rule         no-tag: without a tag, latest is pulled
  publisher    docker.io/library/** rebuilds versions and builds in place
  source       https://github.com/docker-library/official-images#library-definition-files
  exempt       exemptions[0]: nobody runs it for long
  pull policy  Always    none set: Always
  answer       accepted  accepted          in every environment
mutable   istio/proxyv2:latest
  image        docker.io/istio/proxyv2:latest
  rule         latest: latest moves with every release
  publisher    not known
  exempt       exemptions[1] for namespaces shop, containers istio-*: injected
  pull policy  Always    none set: Always
  answer       warned    warned            test (lenient)
               rejected  rejected          production (strict)
               rejected  rejected          elsewhere (strict)
2 mutable
"
    );
}

#[test]
fn tells_in_json_what_text_tells() {
    let run = explain_by_settings(
        "explain-json",
        &[
            "-o",
            "json",
            "istio/proxyv2:latest",
            "harbor.example/acme/shop:main",
            "harbor.example/dockerhub/linuxserver/sonarr:4.0.13-ls274",
            "Acme/App:1",
        ],
    );
    assert_eq!(run.status, 2);
    let found: Vec<Value> = run
        .output
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let answers = |by_mode: [[&str; 2]; 2]| {
        let [[lenient_always, lenient], [strict_always, strict]] = by_mode;
        json!([
            {"environment": "test", "mode": "lenient", "always": lenient_always, "default": lenient},
            {"environment": "production", "mode": "strict", "always": strict_always, "default": strict},
            {"mode": "strict", "always": strict_always, "default": strict},
        ])
    };
    let accepted = answers([["accepted"; 2]; 2]);
    let expected = [
        json!({
            "image": "istio/proxyv2:latest",
            "normalised": "docker.io/istio/proxyv2:latest",
            "class": "mutable",
            "reason": "latest",
            "decidedBy": "latest",
            "defaultPullPolicy": "Always",
            "exemptions": [{
                "path": "exemptions[1]",
                "reason": "injected",
                "namespaces": ["shop"],
                "containers": ["istio-*"],
            }],
            "answers": answers([["warned"; 2], ["rejected"; 2]]),
        }),
        json!({
            "image": "harbor.example/acme/shop:main",
            "normalised": "harbor.example/acme/shop:main",
            "class": "immutable",
            "reason": "declared",
            "decidedBy": "tags.immutable",
            "entry": {"path": "tags.immutable[1]", "pattern": "harbor.example/acme/**"},
            "defaultPullPolicy": "IfNotPresent",
            "answers": accepted,
        }),
        json!({
            "image": "harbor.example/dockerhub/linuxserver/sonarr:4.0.13-ls274",
            "normalised": "harbor.example/dockerhub/linuxserver/sonarr:4.0.13-ls274",
            "class": "immutable",
            "reason": "build",
            "decidedBy": "publisher",
            "shapeRule": 9,
            "publisher": {
                "images": "docker.io/linuxserver/**",
                "copyOf": "docker.io/linuxserver/sonarr",
                "mirror": "harbor.example/dockerhub",
                "practice": "rebuilds-unless",
                "suffix": "ls",
                "source": {"page": "https://www.linuxserver.io/blog/docker-tags-so-many-tags-so-little-time"},
                "counts": true,
            },
            "defaultPullPolicy": "IfNotPresent",
            "answers": accepted,
        }),
        json!({
            "image": "Acme/App:1",
            "error": "\"Acme/App:1\" is not a valid image reference (upper-case \"A\" in the repository at character 6): write the repository in lower case",
        }),
    ];
    assert_eq!(found, expected);
}

#[test]
fn explains_the_others_where_one_is_no_image() {
    let digest = "sha256:".to_owned() + &"ab".repeat(32);
    let input = format!(
        "acme/app@{digest}\nhttps://quay.io/a\nx:${{TAG}}\na:1 b:2\n\"redis:7\"\n{{{{ .Values.image }}}}\n"
    );
    let run = Folder::new("explain-errors").run_with_input(&["explain"], &input);
    assert_eq!(run.status, 2);
    assert_eq!(
        run.errors,
        "\
error: standard input, line 2: \"https://quay.io/a\" is not a valid image reference (an image has no scheme): write \"quay.io/a\"
error: standard input, line 3: \"x:${TAG}\" has the placeholder \"${TAG}\", which was not filled in: render the template first
error: standard input, line 4: \"a:1 b:2\" has white space: name one image at a time
error: standard input, line 5: \"\\\"redis:7\\\"\" is not a valid image reference (unexpected \"\\\"\" in the repository at character 1): correct the reference
error: standard input, line 6: \"{{ .Values.image }}\" has the placeholder \"{{ .Values.image }}\", which was not filled in: render the template first
"
    );
    let expected = format!(
        "\
pinned    acme/app@{digest}
  image        docker.io/acme/app@{digest}
  rule         digest: a digest names one image
  publisher    not known
  pull policy  Always    none set: IfNotPresent
  answer       accepted  accepted                everywhere (strict)
unusable  https://quay.io/a
unusable  x:${{TAG}}
unusable  a:1 b:2
unusable  \"redis:7\"
unusable  {{{{ .Values.image }}}}
1 pinned, 5 unusable
"
    );
    assert_eq!(run.output, expected);
}

#[test]
fn an_empty_argument_is_no_image() {
    let run = explain("explain-empty", &[""]);
    let error =
        "error: \"\" is not a valid image reference (the repository is empty at character 1)\n";
    assert_eq!((run.status, run.errors.as_str()), (2, error));
}

#[test]
fn without_any_image_there_is_nothing_to_explain() {
    let error = "error: no image to explain: name one, such as nginx:1.27.3, or write images to standard input, one per line\n";
    for arguments in [&["explain"][..], &["explain", "-"]] {
        let run = Folder::new("explain-nothing").run_with_input(arguments, "# none\n\n");
        assert_eq!((run.status, run.errors.as_str()), (2, error));
    }
}

#[test]
fn takes_settings_from_a_policy_and_from_the_repository() {
    let lenient = "everywhere (lenient)\n";
    let folder = Folder::new("explain-settings");
    folder.write(
        "policy.yaml",
        "apiVersion: policies.kubewarden.io/v1\nkind: ClusterAdmissionPolicy\nmetadata: {name: a}\nspec: {settings: {mode: lenient}}\n",
    );
    let run = folder.run(&["explain", "nginx", "--policy", "policy.yaml"]);
    assert!(run.output.ends_with(lenient), "{run:?}");
    let run = folder.run(&["explain", "nginx"]);
    assert!(run.output.ends_with("everywhere (strict)\n"), "{run:?}");
    folder.write(".mutable-tags.yaml", "settings: {mode: lenient}\n");
    let run = folder.run(&["explain", "nginx"]);
    assert!(run.output.ends_with(lenient), "{run:?}");
    let run = folder.run(&[
        "explain",
        "nginx",
        "--settings-json",
        "{\"mode\": \"loose\"}",
    ]);
    let error = "error: --settings-json: the policy refuses the settings: mode must be strict or lenient, not \"loose\"\n";
    assert_eq!(run.status, 2);
    assert!(run.errors.ends_with(error), "{run:?}");
}

#[test]
fn answers_with_every_setting_that_changes_them() {
    for (settings, answer) in [
        (
            json!({}),
            "rejected  accepted                everywhere (strict)",
        ),
        (
            json!({"mode": "lenient"}),
            "warned    accepted                everywhere (lenient)",
        ),
        (
            json!({"adjust": "if-not-present"}),
            "adjusted  accepted                everywhere (strict)",
        ),
        (
            json!({"pullPolicies": ["IfNotPresent"]}),
            "accepted  rejected                everywhere (strict)",
        ),
        (
            json!({"alwaysPullImages": true}),
            "rejected  rejected                              everywhere (strict)",
        ),
        (
            json!({"environment": "a", "environments": [
                {"name": "a", "mode": "lenient"},
                {"name": "b", "mode": "strict", "namespaces": ["b"]},
            ]}),
            "warned    accepted                a (lenient)",
        ),
    ] {
        let settings = settings.to_string();
        let run = explain(
            "explain-answers",
            &["nginx:1", "--settings-json", &settings],
        );
        let expected = format!("  answer       {answer}\n");
        assert!(run.output.ends_with(&expected), "{settings}: {run:?}");
    }
}

#[test]
fn tells_that_no_registry_is_asked() {
    let settings = r#"{"adjust": "pin", "registries": ["docker.io"]}"#;
    let run = explain("explain-lookups", &["nginx", "--settings-json", settings]);
    assert_eq!(
        run.errors,
        "note: explain looks nothing up: adjust and drift answer as if no registry could be reached\n"
    );
}

#[test]
fn tells_that_a_file_is_explained_as_an_image() {
    let folder = Folder::new("explain-file");
    folder.write("images.txt", "nginx\n");
    let run = folder.run(&["explain", "images.txt"]);
    assert_eq!(run.status, 0);
    assert_eq!(
        run.errors,
        "note: images.txt is a file, but is explained as an image: to read images from it, write - < images.txt; to check a manifest, use mutable-tags check\n"
    );
}

#[test]
fn colours_the_words_where_that_is_asked_for() {
    let run = explain("explain-colour", &["nginx", "--color", "always"]);
    let (red, end) = ("\u{1b}[1;31m", "\u{1b}[0m");
    assert!(
        run.output
            .starts_with("\u{1b}[1;33mmutable  \u{1b}[0m nginx\n"),
        "{run:?}"
    );
    let answer =
        format!("  answer       {red}rejected{end}  {red}rejected        {end}  everywhere");
    assert!(run.output.contains(&answer), "{run:?}");
}

#[test]
fn wraps_lines_after_a_hundred_columns() {
    let images: Vec<_> = table().into_iter().map(|(image, ..)| image).collect();
    let run = Folder::new("explain-width").run_with_input(&["explain"], &images.join("\n"));
    for line in run.output.lines().filter(|line| line.len() > 100) {
        let words: Vec<_> = line.split_whitespace().collect();
        assert_eq!(words.len(), 2, "{line}");
    }
}

#[test]
fn the_page_on_tags_shows_what_is_said() {
    let page = include_str!("../../docs/tags.md");
    let (_, example) = page
        .split_once("```console\n$ mutable-tags explain ")
        .unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let (images, expected) = example.split_once('\n').unwrap();
    let images: Vec<_> = images.split(' ').collect();
    assert_eq!(explain("explain-page", &images).output, expected);
}

#[test]
fn explain_says_which_fields_of_the_configuration_it_uses() {
    let folder = Folder::new("explain-configuration");
    for (configuration, note) in [
        (
            "settings: {}\nexclude: [test]\n",
            "note: using settings from .mutable-tags.yaml: pass --no-config to ignore it\n",
        ),
        ("exclude: [test]\n", ""),
    ] {
        folder.write(".mutable-tags.yaml", configuration);
        let run = folder.run(&["explain", "nginx:1.27.3"]);
        assert_eq!(run.errors, note, "{configuration}");
    }
}
