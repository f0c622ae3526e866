//! Tests of the properties of references.

use mutable_tags_policy::image::ImageReference;

use crate::held::draw::Draw;
use crate::held::reference::{draw, is_quoted_as_json, parses_as_it_displays};
use crate::held::{Held, Subject};
use crate::{assert_fails, assert_holds};

const COUNT: u64 = 20_000;

fn displaying(subject: &Subject, bytes: &mut Draw<'_>) -> Held {
    parses_as_it_displays(subject, &draw(bytes))
}

fn quoting(subject: &Subject, bytes: &mut Draw<'_>) -> Held {
    is_quoted_as_json(subject, &draw(bytes))
}

#[test]
fn every_reference_parses_as_it_displays() {
    assert_holds(COUNT, displaying);
}

#[test]
fn notices_a_display_that_leaves_the_digest_out() {
    let display = |reference: &ImageReference<'_>| {
        let text = (Subject::POLICY.display)(reference);
        text.split('@').next().unwrap().to_owned()
    };
    assert_fails(
        COUNT,
        Subject {
            display,
            ..Subject::POLICY
        },
        displaying,
    );
}

#[test]
fn notices_a_registry_that_is_not_normalised() {
    let registry = |reference: &ImageReference<'_>| match reference.registry() {
        "docker.io" => "index.docker.io",
        _ => "quay.io",
    };
    assert_fails(
        COUNT,
        Subject {
            registry,
            ..Subject::POLICY
        },
        displaying,
    );
}

#[test]
fn every_text_is_quoted_as_json() {
    assert_holds(COUNT, quoting);
}

#[test]
fn notices_a_quote_without_escapes() {
    let quote = |text: &str| format!("\"{text}\"");
    assert_fails(
        COUNT,
        Subject {
            quote,
            ..Subject::POLICY
        },
        quoting,
    );
}
