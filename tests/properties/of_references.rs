//! Tests of the properties of references.

use mutable_tags_policy::image::ImageReference;
use oci_spec::distribution::Reference;

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

/// Whether another implementation of the grammar takes the text for the same reference. It
/// knows no IPv6 addresses, no registries in upper case and no IDs of images; it takes any
/// letter for one of a tag; and it does not count a registry with an underscore to the path,
/// whose length is limited.
fn agreeing(subject: &Subject, bytes: &mut Draw<'_>) -> Held {
    let text = draw(bytes);
    let first = text.split('/').next().unwrap();
    let is_out_of_scope = !text.is_ascii()
        || first.contains('[')
        || first.bytes().any(|b| b.is_ascii_uppercase())
        || text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())
        || text.len() > 255 && first.contains('_');
    if is_out_of_scope {
        return Ok(());
    }
    let own = (subject.parse)(&text).ok();
    let own = own.map(|reference| Parts {
        registry: (subject.registry)(&reference).to_owned(),
        repository: reference.repository().to_string(),
        tag: reference.effective_tag().map(|tag| tag.as_str().to_owned()),
        digest: reference.digest().map(|digest| digest.as_str().to_owned()),
    });
    let other = text.parse::<Reference>().ok();
    let other = other.map(|reference| Parts {
        registry: reference.registry().to_owned(),
        repository: reference.repository().to_owned(),
        tag: reference.tag().map(str::to_owned),
        digest: reference.digest().map(str::to_owned),
    });
    if own == other {
        Ok(())
    } else {
        Err(format!("{text:?} is {own:?}, and {other:?} elsewhere"))
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Parts {
    registry: String,
    repository: String,
    tag: Option<String>,
    digest: Option<String>,
}

#[test]
fn parses_like_another_implementation() {
    assert_holds(COUNT, agreeing);
}

#[test]
fn a_registry_that_the_other_implementation_has_not_is_seen() {
    let registry = |_: &ImageReference<'_>| "quay.io";
    assert_fails(
        COUNT,
        Subject {
            registry,
            ..Subject::POLICY
        },
        agreeing,
    );
}
