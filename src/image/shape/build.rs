//! Rules 4 and 7: a tag that has a build number.

use super::character::{is_number, without_v};
use super::parts::Parts;
use super::version::Version;
use super::words;

/// Rule 4: seven digits or more, with or without `v`, are longer than any version that
/// people write. The limit is not eight, because one in 27 commit hashes of seven
/// characters has no letter, and would match no rule.
pub(super) fn has_long_number(parts: &Parts<'_>) -> bool {
    parts.all().iter().any(|part| is_number_from(7, part))
}

/// Rule 7: the counter of a build system, anywhere in the tag, or a number that follows a
/// version and tells its rebuilds apart.
pub(super) fn has_build_number(parts: &Parts<'_>, version: Option<&Version>) -> bool {
    parts.any_with_previous(is_build)
        || version.is_some_and(|version| is_followed_by_revision(version, parts))
}

/// Whether parts begin with a word such as `build` and its number.
pub(super) fn is_numbered_build(parts: &[&str]) -> bool {
    match parts {
        [word, number, ..] if words::contains(words::BUILDS, word) => is_number(number),
        [part, ..] => is_numbered_build_word(part),
        [] => false,
    }
}

/// Whether one or two digits and a code name follow the version. These digits are the
/// release of the base image, which is rebuilt in place (CloudNativePG's extensions).
pub(super) fn is_followed_by_base_release(version: &Version, parts: &Parts<'_>) -> bool {
    match parts.after(version.part()) {
        [number, name, ..] => number.len() <= 2 && is_number(number) && is_code_name(name),
        _ => false,
    }
}

fn is_build(previous: &str, part: &str) -> bool {
    let follows_build_word = words::contains(words::BUILDS, previous);
    is_number_from(5, part)
        || (follows_build_word && is_number(part))
        || is_numbered_build_word(part)
        || strip_word(part, "b").is_some_and(|digits| digits.len() >= 2 && is_number(digits))
        || strip_word(part, "kb").is_some_and(is_number)
}

/// Whether a part is a word such as `build` with its number in it: `build12`, `ci.12`.
fn is_numbered_build_word(part: &str) -> bool {
    let number = |word: &&str| strip_word(part, word);
    let mut numbers = words::BUILDS.iter().filter_map(number);
    numbers.any(|rest| is_number(rest.strip_prefix('.').unwrap_or(rest)))
}

fn is_followed_by_revision(version: &Version, parts: &Parts<'_>) -> bool {
    let following = parts.after(version.part());
    let is_revision = |part: &&str| {
        ["r", "p"]
            .iter()
            .any(|word| strip_word(part, word).is_some_and(is_number))
            || is_long_dotted_number(part)
    };
    if following.iter().any(is_revision) {
        return true;
    }
    version.components() == 2
        && match following {
            [number, name, ..] => is_number(number) && !is_code_name(name),
            [number] => is_number(number),
            [] => false,
        }
}

fn is_code_name(part: &str) -> bool {
    words::contains(words::CODE_NAMES, part)
}

/// Whether the part is numbers separated by dots, one of them of three digits or more.
fn is_long_dotted_number(part: &str) -> bool {
    part.split('.').all(is_number) && part.split('.').any(|component| component.len() >= 3)
}

/// The rest of a part that begins with `word`, in any case.
fn strip_word<'a>(part: &'a str, word: &str) -> Option<&'a str> {
    let (head, tail) = part.split_at_checked(word.len())?;
    head.eq_ignore_ascii_case(word).then_some(tail)
}

/// Whether the part is at least `min_digits` digits, with or without `v`.
fn is_number_from(min_digits: usize, part: &str) -> bool {
    let digits = without_v(part);
    digits.len() >= min_digits && is_number(digits)
}
