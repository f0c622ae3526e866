//! Rules 4 and 7: a tag that numbers a build.

use super::character::{is_dot, without_v};
use super::parts::Parts;
use super::version::Version;
use super::words;
use crate::image::split;

/// Rule 4: seven digits or more, also behind `v`, are no version that a person
/// counts on. A hash of seven characters has no letter once in 27 times: with
/// one digit more here, such a commit would look like nothing.
pub(super) fn is_long_number_in(parts: &Parts<'_>) -> bool {
    parts.all().iter().any(|part| is_number_from(7, part))
}

/// Rule 7: a number that a build system counts, wherever it stands, or one that
/// stands behind a version and tells its rebuilds apart.
pub(super) fn is_in(parts: &Parts<'_>, version: Option<&Version>) -> bool {
    parts.any_behind(is_build) || version.is_some_and(|version| is_behind(parts, version))
}

/// Whether one or two digits and a code name follow the version: the number of a
/// base image's release, which is rebuilt in place (CloudNativePG's extensions).
pub(super) fn is_rebuild_of(parts: &Parts<'_>, version: &Version) -> bool {
    match parts.behind(version.part()) {
        [number, name, ..] => number.len() <= 2 && is_number(number) && is_code_name(name),
        _ => false,
    }
}

fn is_build(previous: &str, part: &str) -> bool {
    let is_announced = words::holds(words::BUILDS, previous);
    let is_numbered = |word: &&str| {
        behind_word(part, word)
            .is_some_and(|rest| is_number(rest.strip_prefix('.').unwrap_or(rest)))
    };
    is_number_from(5, part)
        || (is_announced && is_number(part))
        || words::BUILDS.iter().any(is_numbered)
        || behind_word(part, "b").is_some_and(|digits| digits.len() >= 2 && is_number(digits))
        || behind_word(part, "kb").is_some_and(is_number)
}

fn is_behind(parts: &Parts<'_>, version: &Version) -> bool {
    let behind = parts.behind(version.part());
    let is_revision = |part: &&str| {
        ["r", "p"]
            .iter()
            .any(|word| behind_word(part, word).is_some_and(is_number))
            || is_long_dotted_number(part)
    };
    if behind.iter().any(is_revision) {
        return true;
    }
    version.components() == 2
        && match behind {
            [number, name, ..] => is_number(number) && !is_code_name(name),
            [number] => is_number(number),
            [] => false,
        }
}

fn is_code_name(part: &str) -> bool {
    words::holds(words::CODE_NAMES, part)
}

/// Digits and dots, one component of three digits or more.
fn is_long_dotted_number(part: &str) -> bool {
    split(part, is_dot).all(is_number) && split(part, is_dot).any(|component| component.len() >= 3)
}

/// What stands behind `word`, which is compared without regard to case.
fn behind_word<'a>(part: &'a str, word: &str) -> Option<&'a str> {
    let (head, tail) = part.split_at_checked(word.len())?;
    head.eq_ignore_ascii_case(word).then_some(tail)
}

/// At least so many digits, also behind `v`, and nothing else.
fn is_number_from(length: usize, part: &str) -> bool {
    let digits = without_v(part);
    digits.len() >= length && is_number(digits)
}

/// One digit or more, and nothing else.
fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
