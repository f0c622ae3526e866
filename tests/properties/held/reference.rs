//! Properties of texts that may be references.

use mutable_tags_policy::image::{ImageReference, PullPolicy, shape};
use mutable_tags_policy::quoted::Quoted;

use super::draw::Draw;
use super::edit::edit_text;
use super::{Held, Subject, corpus, hold};

/// Edits a reference of the table, or returns the bytes themselves.
pub(crate) fn draw(draw: &mut Draw<'_>) -> String {
    if draw.below(2) == 0 {
        return String::from_utf8_lossy(draw.rest()).into_owned();
    }
    let mut text = draw.one_of(corpus::references()).clone();
    for _ in 0..draw.below(5) {
        edit_text(&mut text, draw);
    }
    text
}

/// A reference displays as written, and its normalised form parses to the same.
pub(crate) fn parses_as_it_displays(subject: &Subject, text: &str) -> Held {
    let reference = match (subject.parse)(text) {
        Ok(reference) => reference,
        Err(error) => {
            let message = error.to_string();
            let is_explained = !message.is_empty() && !message.contains('\n');
            return hold(is_explained, || {
                format!("{text:?} is refused with {message:?}")
            });
        }
    };
    let displayed = (subject.display)(&reference);
    let is_equal = (subject.parse)(&displayed) == Ok(reference);
    hold(is_equal && displayed == text, || {
        format!("{text:?} displays as {displayed:?}, which is something else")
    })?;
    let normal = normalised(subject, &reference);
    let Ok(again) = (subject.parse)(&normal) else {
        return Err(format!("{normal:?}, of {text:?}, does not parse"));
    };
    hold(normalised(subject, &again) == normal, || {
        format!("{normal:?}, of {text:?}, is not normalised")
    })?;
    let meaning = |reference: &ImageReference<'_>| {
        (
            reference.registry().to_owned(),
            reference.repository().to_string(),
            reference.tag().map(|tag| tag.as_str().to_owned()),
            reference.digest().map(|digest| digest.as_str().to_owned()),
            PullPolicy::default_for(&Ok(*reference)),
            reference.effective_tag().map(shape::classify),
        )
    };
    hold(meaning(&again) == meaning(&reference), || {
        format!("{normal:?} means something else than {text:?}")
    })
}

/// A quoted text is a JSON string of the text, or of as much of its beginning as there is room
/// for, in printable ASCII.
pub(crate) fn is_quoted_as_json(subject: &Subject, text: &str) -> Held {
    const LONGEST_ESCAPE: usize = r"\ud83d\ude00".len();
    let quoted = (subject.quote)(text);
    let read: String = serde_json::from_str(&quoted).unwrap_or_default();
    let length = quoted.chars().count() - "\"\"".len();
    let is_whole = read == text && length <= Quoted::LIMIT;
    let is_beginning = read.strip_suffix('…').is_some_and(|kept| {
        let room = Quoted::LIMIT - LONGEST_ESCAPE..=Quoted::LIMIT;
        text.len() > kept.len() && text.starts_with(kept) && room.contains(&(length - 1))
    });
    let is_printable = quoted
        .replace('…', "")
        .bytes()
        .all(|b| matches!(b, b' '..=b'~'));
    hold((is_whole || is_beginning) && is_printable, || {
        format!("{text:?} is quoted as {quoted}")
    })
}

fn normalised(subject: &Subject, reference: &ImageReference<'_>) -> String {
    let mut normal = format!(
        "{}/{}",
        (subject.registry)(reference),
        reference.repository()
    );
    if let Some(tag) = reference.tag() {
        normal.push(':');
        normal.push_str(tag.as_str());
    }
    if let Some(digest) = reference.digest() {
        normal.push('@');
        normal.push_str(digest.as_str());
    }
    normal
}
