//! Rule 6: a tag that names a branch, or a change under review.

use super::character::is_number;
use super::parts::Parts;
use super::version::Version;
use super::words;

/// Whether a part is a word of branches, or the tag begins with a ticket (`SHOP-40213`).
pub(super) fn names_branch(parts: &Parts<'_>, version: Option<&Version>) -> bool {
    let names_branch = |(index, part): (usize, &&str)| {
        words::contains(words::BRANCH, part) && !is_numbered_fix(part, index, parts, version)
    };
    parts.all().iter().enumerate().any(names_branch) || begins_with_ticket(parts)
}

/// Whether the word and a number after a full version name one build: `3.8.1-hotfix-1`. The
/// number is short, and nothing but a distribution follows: `fix-771-login` is a branch.
fn is_numbered_fix(part: &str, index: usize, parts: &Parts<'_>, version: Option<&Version>) -> bool {
    let is_after_version =
        version.is_some_and(|version| version.is_full() && version.part() < index);
    let is_numbered = match parts.after(index) {
        [number] => number.len() <= 2 && is_number(number),
        [number, base, ..] => {
            number.len() <= 2 && is_number(number) && words::contains(words::DISTRIBUTIONS, base)
        }
        [] => false,
    };
    words::contains(words::FIXES, part) && is_after_version && is_numbered
}

/// Whether the tag begins with the key of a project and a number of three digits or more, as
/// tickets of Jira do. Builds and releases are numbered too, and name no project.
fn begins_with_ticket(parts: &Parts<'_>) -> bool {
    let [key, number, ..] = parts.all() else {
        return false;
    };
    let is_key = |key: &str| key.len() >= 2 && key.bytes().all(|byte| byte.is_ascii_uppercase());
    let names_release =
        words::contains(words::BUILDS, key) || words::contains(words::RELEASES, key);
    is_key(key) && !names_release && number.len() >= 3 && is_number(number)
}
