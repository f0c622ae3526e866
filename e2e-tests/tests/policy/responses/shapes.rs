//! Pairs of tags in which one word or one number makes the difference.

use serde_json::json;

use crate::answer;
use crate::answer::{ACCEPTED, Answer, Expected, Finding};
use crate::request::create_pod_of;

/// The answer to a tag.
fn judged(tag: &str) -> Answer {
    answer(tag, &create_pod_of(&format!("acme/web:{tag}")), &json!({}))
}

fn rejected(tag: &str, reason: &str) -> Expected {
    let image = format!("acme/web:{tag}");
    let finding = Finding::at("spec.containers[0].image", &image).with_reason(reason);
    Expected::strict([finding]).rejected(403)
}

/// Checks pairs of tags, of which the first is a channel and the second names a build.
fn check_pairs(pairs: &[(&str, &str)]) {
    for (channel, build) in pairs {
        let expected = rejected(channel, "channel");
        assert_eq!(judged(channel), expected, "{channel}");
        assert_eq!(judged(build), ACCEPTED, "{build}");
    }
}

#[test]
fn a_moving_word_after_a_dot_makes_a_channel() {
    check_pairs(&[
        ("1.0.0.SNAPSHOT", "1.0.0.RELEASE"),
        ("2.0.0.latest", "2.0.0.late"),
        ("1.2.3.main", "1.2.3.mainly"),
        ("2.5.0.Dev", "2.5.0.Final"),
    ]);
}

#[test]
fn a_moving_word_glued_to_a_version_makes_a_channel() {
    check_pairs(&[
        ("1.2.3dev", "1.2.3deb"),
        ("v1.2.3SNAPSHOT", "v1.2.3RELEASE"),
    ]);
}

#[test]
fn a_moving_word_with_a_number_names_a_build() {
    check_pairs(&[("1.2.3.dev", "1.2.3.dev4"), ("1.2.3dev", "1.2.3dev4")]);
}

#[test]
fn the_release_of_a_distribution_is_no_version() {
    check_pairs(&[
        ("debian-12", "debian-12-1.2.3"),
        ("debian-12", "web-12.0.1"),
        ("alpine-3.20.1", "web-3.20.1"),
    ]);
    let floating = "debian-12-1.2";
    assert_eq!(judged(floating), rejected(floating, "floating-version"));
}
