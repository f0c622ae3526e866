//! Explanations as JSON, one object per line.

use std::io;

use mutable_tags_policy::image::publisher::{Practice, Source};
use mutable_tags_policy::settings::DecidedBy;
use serde::Serialize;

use super::answer::{Answers, Environment};
use super::explanation::{Entry, Exemption, Explanation, KnownPublisher};
use super::words::{EVIDENCE, practice_code};

/// A line for an image.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'e> {
    image: &'e str,
    normalised: &'e str,
    class: &'static str,
    reason: &'static str,
    decided_by: &'static str,
    /// The entry of the settings that decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<&'e Entry>,
    /// The number of the rule for shapes, where one was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    shape_rule: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<PublisherLine<'e>>,
    default_pull_policy: &'static str,
    #[serde(skip_serializing_if = "<[Exemption]>::is_empty")]
    exemptions: &'e [Exemption],
    answers: Vec<AnswersLine<'e>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PublisherLine<'e> {
    images: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    copy_of: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mirror: Option<&'e str>,
    practice: &'static str,
    /// The suffix of the tags that stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    suffix: Option<&'static str>,
    source: SourceLine,
    counts: bool,
}

#[derive(Serialize)]
struct SourceLine {
    page: &'static str,
    /// The versions that were watched, where the publisher does not say what it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    versions: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moved: Option<u16>,
}

#[derive(Serialize)]
struct AnswersLine<'e> {
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<&'e str>,
    mode: &'static str,
    always: &'static str,
    default: &'static str,
}

/// A line for a text that is not an image reference.
#[derive(Serialize)]
struct ErrorLine<'e> {
    image: &'e str,
    error: &'e str,
}

pub(super) fn explained(explanation: &Explanation) -> io::Result<String> {
    line(&Line::of(explanation))
}

pub(super) fn unusable(image: &str, error: &str) -> io::Result<String> {
    line(&ErrorLine { image, error })
}

fn line(value: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string(value)? + "\n")
}

impl<'e> Line<'e> {
    fn of(explanation: &'e Explanation) -> Self {
        let mutability = explanation.decided_by.mutability();
        let (decided_by, shape) = match explanation.decided_by {
            DecidedBy::Digest => ("digest", None),
            DecidedBy::DeclaredMutable(_) => ("tags.mutable", None),
            DecidedBy::DeclaredImmutable(_) => ("tags.immutable", None),
            DecidedBy::NoTag => ("no-tag", None),
            DecidedBy::Latest => ("latest", None),
            DecidedBy::ConsiderLatest | DecidedBy::ConsiderAny => ("tags.consider", None),
            DecidedBy::Shape(shape) => ("shape", Some(shape)),
            DecidedBy::Publisher { shape, .. } => ("publisher", Some(shape)),
        };
        Self {
            image: &explanation.image,
            normalised: &explanation.normalised,
            class: mutability.class(),
            reason: mutability.code(),
            decided_by,
            entry: explanation.entry.as_ref(),
            shape_rule: shape.map(|shape| shape.number()),
            publisher: explanation.publisher.as_ref().map(PublisherLine::of),
            default_pull_policy: explanation.default_pull_policy.as_str(),
            exemptions: &explanation.exemptions,
            answers: explanation.answers.iter().map(AnswersLine::of).collect(),
        }
    }
}

impl<'e> PublisherLine<'e> {
    fn of(known: &'e KnownPublisher) -> Self {
        let practice = known.publisher.practice();
        let suffix = match practice {
            Practice::RebuildsUnless(suffix) => Some(suffix),
            _ => None,
        };
        let source = match known.publisher.source() {
            Source::Documented(page) => SourceLine {
                page,
                versions: None,
                moved: None,
            },
            Source::Observed { versions, moved } => SourceLine {
                page: EVIDENCE,
                versions: Some(versions),
                moved: Some(moved),
            },
        };
        Self {
            images: &known.images,
            copy_of: known.copy_of.as_deref(),
            mirror: known.mirror.as_deref(),
            practice: practice_code(practice),
            suffix,
            source,
            counts: known.counts,
        }
    }
}

impl<'e> AnswersLine<'e> {
    fn of(answers: &'e Answers) -> Self {
        Self {
            environment: match &answers.environment {
                Environment::Named(name) => Some(name),
                Environment::Elsewhere | Environment::Everywhere => None,
            },
            mode: answers.mode.as_str(),
            always: answers.always.word(),
            default: answers.default.word(),
        }
    }
}
