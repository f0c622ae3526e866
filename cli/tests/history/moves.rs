//! Moves of a tag, and changes that are not moves.

use crate::story::Story;

const A: &str = "image: acme/web:1.2.3@sha256:A";
const B: &str = "image: acme/web:1.2.3@sha256:B";
const C: &str = "image: acme/web:1.2.3@sha256:C";

fn assert_moves(name: &str, story: &Story, moves: u32, corrections: u32) {
    let expected = format!("acme/web:1.2.3 {moves} moves, {corrections} corrections");
    assert_eq!(story.moves(name), [expected]);
}

#[test]
fn a_digest_that_replaces_another_is_a_move() {
    let first = Story::default().commit(0.0, &[("web.yaml", A)]);
    let replaced = first.clone().commit(40.0, &[("web.yaml", B)]);
    assert_moves("replaced", &replaced, 1, 0);
    let kept = format!("{A}\nreplicas: 2");
    let other_change = first.commit(40.0, &[("web.yaml", &kept)]);
    assert_moves("kept", &other_change, 0, 0);
}

#[test]
fn a_tag_that_changes_with_its_digest_did_not_move() {
    let story = Story::default()
        .commit(0.0, &[("web.yaml", A)])
        .commit(40.0, &[("web.yaml", "image: acme/web:1.2.4@sha256:B")]);
    assert_eq!(
        story.moves("both"),
        [
            "acme/web:1.2.3 0 moves, 0 corrections",
            "acme/web:1.2.4 0 moves, 0 corrections"
        ]
    );
}

#[test]
fn a_release_is_corrected_within_a_day() {
    let first = Story::default().commit(0.0, &[("web.yaml", A)]);
    let soon = first.clone().commit(0.99, &[("web.yaml", B)]);
    assert_moves("soon", &soon, 0, 1);
    let later = first.commit(1.01, &[("web.yaml", B)]);
    assert_moves("later", &later, 1, 0);
}

#[test]
fn a_late_architecture_stands_beside_another() {
    let first = Story::default().commit(0.0, &[("web.yaml", A)]);
    let beside = format!("{A}\n{B}");
    let late = first.clone().commit(9.0, &[("web.yaml", &beside)]);
    assert_moves("beside", &late, 0, 0);
    let then_alone = late.commit(19.0, &[("web.yaml", B)]);
    assert_moves("then-alone", &then_alone, 0, 0);
    let at_once = first.commit(9.0, &[("web.yaml", B)]);
    assert_moves("at-once", &at_once, 1, 0);
}

#[test]
fn a_merged_branch_moves_a_tag_once() {
    let branch = Story::default()
        .commit(0.0, &[("web.yaml", A)])
        .branch("topic", 9.0, &[("web.yaml", B)])
        .commit(10.0, &[("other", "a change beside it")]);
    let merged = branch.clone().merge("topic", 11.0, &[("web.yaml", B)]);
    assert_moves("merged", &merged, 1, 0);
    let picked =
        branch
            .clone()
            .commit(10.5, &[("web.yaml", B)])
            .merge("topic", 11.0, &[("web.yaml", B)]);
    assert_moves("picked", &picked, 1, 0);
    let dropped = branch.merge("topic", 11.0, &[]);
    assert_moves("dropped", &dropped, 0, 0);
}

#[test]
fn a_branch_counts_from_its_merge() {
    let story = Story::default()
        .commit(0.0, &[("web.yaml", A)])
        .branch("topic", 0.5, &[("web.yaml", B)])
        .commit_to_branch("topic", 0.6, &[("web.yaml", C)])
        .merge("topic", 9.0, &[("web.yaml", C)]);
    assert_moves("branch-dates", &story, 1, 0);
}

#[test]
fn a_branch_that_is_not_merged_does_not_count() {
    let story =
        Story::default()
            .commit(0.0, &[("web.yaml", A)])
            .branch("topic", 9.0, &[("web.yaml", B)]);
    assert_moves("unmerged", &story, 0, 0);
}

#[test]
fn a_revert_is_no_move() {
    let moved = Story::default()
        .commit(0.0, &[("web.yaml", A)])
        .commit(9.0, &[("web.yaml", B)]);
    let reverted = moved
        .clone()
        .commit(10.0, &[("web.yaml", A)])
        .commit(11.0, &[("web.yaml", B)]);
    assert_moves("reverted", &reverted, 1, 0);
    let moved_again = moved.commit(10.0, &[("web.yaml", C)]);
    assert_moves("moved-again", &moved_again, 2, 0);
}

#[test]
fn a_file_that_lags_after_is_no_move() {
    let ahead = Story::default()
        .commit(0.0, &[("web.yaml", A), ("copy/web.yaml", A)])
        .commit(9.0, &[("web.yaml", B)]);
    let followed = ahead.clone().commit(19.0, &[("copy/web.yaml", B)]);
    assert_moves("followed", &followed, 1, 0);
    let overtaken = ahead.commit(19.0, &[("copy/web.yaml", C)]);
    assert_moves("overtaken", &overtaken, 2, 0);
}

#[test]
fn a_renamed_file_keeps_its_pins() {
    let first = Story::default().commit(0.0, &[("web.yaml", A)]);
    let renamed = first
        .clone()
        .commit(9.0, &[("web.yaml", ""), ("apps/web.yaml", A)]);
    assert_moves("renamed", &renamed, 0, 0);
    let changed = first.commit(9.0, &[("web.yaml", ""), ("apps/web.yaml", B)]);
    assert_moves("renamed-and-changed", &changed, 1, 0);
}

#[test]
fn a_tag_that_comes_back_is_compared_with_before() {
    let gone = Story::default()
        .commit(0.0, &[("web.yaml", A)])
        .commit(9.0, &[("web.yaml", "")]);
    let same = gone.clone().commit(19.0, &[("web.yaml", A)]);
    assert_moves("back-as-it-was", &same, 0, 0);
    let other = gone.commit(19.0, &[("web.yaml", B)]);
    assert_moves("back-by-another", &other, 1, 0);
}

#[test]
fn a_tag_can_take_over_the_digest_of_another() {
    let fields = |tag, digest| format!("repository: acme/web\ntag: {tag}\ndigest: sha256:{digest}");
    let first = Story::default()
        .commit(0.0, &[("values.yaml", &fields("1.2.2", "A"))])
        .commit(9.0, &[("values.yaml", &fields("1.2.3", "A"))]);
    let lines = |moves| {
        [
            "acme/web:1.2.2 0 moves, 0 corrections".to_owned(),
            format!("acme/web:1.2.3 {moves} moves, 0 corrections"),
        ]
    };
    let moved = first
        .clone()
        .commit(40.0, &[("values.yaml", &fields("1.2.3", "B"))]);
    assert_eq!(moved.moves("taken-over"), lines(1));
    let replaced = first.commit(40.0, &[("other.yaml", &fields("1.2.3", "B"))]);
    assert_eq!(replaced.moves("beside-taken-over"), lines(0));
}

#[test]
fn fields_of_every_form_tell_of_moves() {
    for (name, template) in [
        (
            "anchor",
            "repository: acme/web\ntag: 1.2.3\ndigest: &digest sha256:X",
        ),
        (
            "braces",
            "image: {repository: acme/web, tag: 1.2.3, digest: \"sha256:X\"}",
        ),
        (
            "line",
            "{\"image\":{\"repository\":\"acme/web\",\"tag\":\"1.2.3@sha256:X\"}}",
        ),
        (
            "table",
            "[image]\nrepository = \"acme/web\"\ntag = \"1.2.3\"\ndigest = \"sha256:X\"",
        ),
    ] {
        let text = |digest| template.replace('X', digest);
        let first = Story::default().commit(0.0, &[("file", &text("A"))]);
        let moved = first.clone().commit(40.0, &[("file", &text("B"))]);
        assert_moves(&format!("fields-{name}"), &moved, 1, 0);
        let kept = first.commit(40.0, &[("file", &format!("\n{}", text("A")))]);
        assert_moves(&format!("fields-{name}-kept"), &kept, 0, 0);
    }
}

#[test]
fn a_digest_of_a_field_may_have_no_algorithm() {
    let fields = |digest: &str| {
        let digest = digest.repeat(64);
        format!("repository: acme/web\ntag: 1.2.3\nsha: {digest}")
    };
    let first = Story::default().commit(0.0, &[("values.yaml", &fields("a"))]);
    let moved = first.clone().commit(40.0, &[("values.yaml", &fields("b"))]);
    assert_moves("bare-hash", &moved, 1, 0);
}
