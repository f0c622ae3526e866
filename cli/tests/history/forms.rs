//! The forms in which an image is pinned.

use crate::story::Story;

/// A text that moves from one digest to another.
fn moves(name: &str, file: &str, text: &str) -> Vec<String> {
    let other = text.replace(":A", ":B");
    let story = Story::default()
        // Something that is pinned in any case.
        .commit(0.0, &[("anchor", "acme/anchor:1@sha256:F")])
        .commit(0.0, &[(file, text)])
        .commit(40.0, &[(file, &other)]);
    let mut moves = story.moves(name);
    moves.retain(|line| !line.contains("anchor"));
    moves
}

#[test]
fn a_tag_is_pinned_in_many_forms() {
    for (name, file, text) in [
        ("manifest", "a.yaml", "image: \"acme/web:1.2.3@sha256:A\""),
        (
            "dockerfile",
            "Dockerfile",
            "FROM acme/web:1.2.3@sha256:A AS build",
        ),
        ("go", "images.go", "\"Web\": \"acme/web:1.2.3@sha256:A\","),
        (
            "values",
            "values.yaml",
            "image:\n  repository: acme/web\n  tag: 1.2.3\n  digest: sha256:A",
        ),
        (
            "values-without-algorithm",
            "values.yaml",
            "image:\n  repository: acme/web\n  tag: 1.2.3\n  sha: hex:A",
        ),
        (
            "tag-with-digest",
            "values.yaml",
            "image:\n  repository: acme/web\n  tag: 1.2.3@sha256:A",
        ),
        (
            "kustomization",
            "kustomization.yaml",
            "images:\n- name: acme/web\n  newTag: 1.2.3\n  digest: sha256:A",
        ),
        (
            "a name with a blank",
            "my apps/ü \"x\".yaml",
            "image: acme/web:1.2.3@sha256:A",
        ),
    ] {
        let expected = "acme/web:1.2.3 1 moves, 0 corrections";
        assert_eq!(moves(name, file, text), [expected], "{name}");
    }
}

#[test]
fn a_pin_needs_a_name_a_tag_and_a_digest() {
    for (name, text) in [
        ("no-digest", "image: acme/web:1.2.3"),
        ("no-tag", "image: acme/web@sha256:A"),
        ("no-name", "tag: 1.2.3@sha256:A"),
        (
            "apart",
            "a:\n  repository: acme/web\nb:\n  tag: 1.2.3@sha256:A",
        ),
        ("template", "image: ${REGISTRY}/web:1.2.3@sha256:A"),
    ] {
        assert_eq!(moves(name, "a.yaml", text), [""; 0], "{name}");
    }
}
