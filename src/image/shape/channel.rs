//! Rule 5: a tag that names a channel.

use super::build;
use super::character::{is_digit, is_letter, split_run};
use super::parts::Parts;
use super::version::Version;
use super::words;

/// Whether a part names a channel, or the version a stage without its number.
pub(super) fn names_channel(parts: &Parts<'_>, version: Option<&Version>) -> bool {
    let names_moving = |(index, part): (usize, &&str)| {
        let word = last_word(part);
        words::contains(words::MOVING, word)
            && !build::is_numbered_build(parts.after(index))
            && !is_flavour(word, index, parts, version)
    };
    parts.all().iter().enumerate().any(names_moving)
        || version.is_some_and(|version| names_stage(version, parts))
}

/// Whether a version ends with a stage before a release (`1.7.0-beta`, `1.7.0beta`), and no
/// number follows.
fn names_stage(version: &Version, parts: &Parts<'_>) -> bool {
    let is_stage = |word: &str| words::contains(words::STAGES, word);
    let is_numbered = |following: &[&str]| {
        following
            .first()
            .is_some_and(|part| part.starts_with(is_digit))
            || build::is_numbered_build(following)
    };
    let following = parts.after(version.part());
    match following {
        [stage, rest @ ..] if is_stage(stage) => !is_numbered(rest),
        _ => is_stage(last_word(parts.at(version.part()))) && !is_numbered(following),
    }
}

/// The word at the end of a part: the part itself, or the text after its last dot, without
/// the number before it. A word with a number after it (`dev.5`) is one build of the channel,
/// so it does not count.
fn last_word(part: &str) -> &str {
    let end = part.rsplit('.').next().unwrap_or(part);
    let (_, word) = split_run(end, is_digit);
    word
}

/// Whether the word tells what a full version is built with, as `devel` does in
/// `12.4.1-cudnn-devel-ubuntu22.04`. Right after the version and alone, it names a channel.
fn is_flavour(word: &str, index: usize, parts: &Parts<'_>, version: Option<&Version>) -> bool {
    let Some(version) = version.filter(|version| version.is_full()) else {
        return false;
    };
    let mut others = parts.all().iter().enumerate().skip(version.part() + 1);
    words::contains(words::FLAVOURS, word)
        && version.part() < index
        && others.any(|(other, part)| other != index && part.starts_with(is_letter))
}
