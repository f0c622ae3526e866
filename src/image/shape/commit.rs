//! Rule 2: a tag that names a commit.

use super::character::{is_number, split_run};
use super::parts::Parts;
use super::words;
use crate::image::Tag;

/// The lengths to which tools abbreviate a SHA-1 hash, and its full length.
const WHOLE_TAG_LENGTHS: [usize; 3] = [7, 8, 40];

/// The digits to which Jenkins abbreviates a hash in the versions of its plugins.
const JENKINS_LENGTH: usize = 12;
/// The digits of the hash in conda's builds.
const CONDA_LENGTH: usize = 7;

/// Whether the tag has a commit hash, or the hash of a build's inputs.
///
/// A part of letters and digits counts anywhere. Digits alone could be anything, so they
/// count only after a word such as `sha`, or after the `g` of `git describe`. Letters
/// alone, such as `defaced`, count there or as the whole tag.
pub(super) fn has_commit(tag: Tag<'_>, parts: &Parts<'_>) -> bool {
    let whole = tag.as_str();
    if WHOLE_TAG_LENGTHS.contains(&whole.len()) && is_hash(whole) && !is_number(whole) {
        return true;
    }
    parts.any_with_previous(|previous, part| {
        let follows_commit_word = words::contains(words::COMMITS, previous);
        (is_hash(part) && follows_commit_word)
            || part.split('.').any(is_mixed_hash)
            || part.strip_prefix('g').is_some_and(is_hash)
    }) || has_jenkins_commit(whole)
        || has_conda_hash(whole)
}

/// Whether the text is a hash of letters and digits, which nothing else looks like.
pub(super) fn is_mixed_hash(text: &str) -> bool {
    is_hash(text) && has_letters_and_digits(text)
}

/// Whether the tag has a hash as Jenkins' incremental releases have it: after `.v`, with
/// underscores that keep its parts from being read as numbers (`3192.v713e3b_039fb_e`).
fn has_jenkins_commit(tag: &str) -> bool {
    let after_dots = tag.split('.').skip(1);
    after_dots
        .filter_map(|part| part.strip_prefix('v'))
        .any(|after| {
            let is_in_hash = |c: char| c == '_' || c.is_ascii_hexdigit();
            let (written, _) = split_run(after, is_in_hash);
            let hash = written.replace('_', "");
            hash.len() == JENKINS_LENGTH && is_mixed_hash(&hash)
        })
}

/// Whether the tag ends with a build of conda, as those of BioContainers do: two hyphens,
/// `h` and a hash, perhaps with a language in front, and a number (`1.9--py39h91753b0_8`).
fn has_conda_hash(tag: &str) -> bool {
    let Some((before, build)) = tag.rsplit_once('-') else {
        return false;
    };
    let Some((string, number)) = build.rsplit_once('_') else {
        return false;
    };
    let hash = string.rsplit_once('h').map(|(_, hash)| hash);
    before.ends_with('-')
        && is_number(number)
        && hash.is_some_and(|hash| hash.len() == CONDA_LENGTH && is_hash(hash))
}

/// Whether the text is 7 to 64 lower-case hexadecimal characters, abbreviated SHA-1 to
/// full SHA-256.
fn is_hash(text: &str) -> bool {
    (7..=64).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn has_letters_and_digits(hash: &str) -> bool {
    !is_number(hash) && hash.bytes().any(|b| b.is_ascii_digit())
}
