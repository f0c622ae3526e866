//! The parts of a tag, which `-` and `_` separate.

use super::character::SEPARATORS;
use super::words;
use crate::image::Tag;

/// The parts of one tag, in order, without those that say nothing about which build it
/// is: architectures, and the release of a distribution right after its name.
pub(super) struct Parts<'a>(Vec<&'a str>);

impl<'a> Parts<'a> {
    pub(super) fn of(tag: Tag<'a>) -> Self {
        let mut parts: Vec<&str> = Vec::new();
        let mut follows_distribution = false;
        for part in tag.as_str().split(SEPARATORS) {
            let last = parts.last().copied().unwrap_or_default();
            let (x86, bits) = words::X86_64;
            let is_base_release = follows_distribution && is_release(part);
            follows_distribution = words::contains(words::DISTRIBUTIONS, part);
            if part == bits && last.eq_ignore_ascii_case(x86) {
                parts.pop();
            } else if !is_base_release && !words::contains(words::ARCHITECTURES, part) {
                parts.push(part);
            }
        }
        Self(parts)
    }

    /// Whether any part, or anything between two dots of a part, is a word of `list`.
    pub(super) fn contain_dotted(&self, list: &[&str]) -> bool {
        let is_in_list = |word: &str| words::contains(list, word);
        self.0.iter().any(|part| part.split('.').any(is_in_list))
    }

    pub(super) fn all(&self) -> &[&'a str] {
        &self.0
    }

    /// Whether `predicate(previous, part)` holds for any part; `previous` is empty for the
    /// first.
    pub(super) fn any_with_previous(&self, predicate: fn(&str, &str) -> bool) -> bool {
        let mut previous = "";
        self.0
            .iter()
            .any(|part| predicate(std::mem::replace(&mut previous, part), part))
    }

    /// The part at `index`; empty if there is none.
    pub(super) fn at(&self, index: usize) -> &'a str {
        self.0.get(index).copied().unwrap_or_default()
    }

    /// The parts after the one at `index`.
    pub(super) fn after(&self, index: usize) -> &[&'a str] {
        self.0.get(index + 1..).unwrap_or_default()
    }
}

/// Whether a part can be the release of a distribution: up to four digits between dots.
fn is_release(part: &str) -> bool {
    part.split('.').all(|component| {
        (1..=4).contains(&component.len()) && component.bytes().all(|b| b.is_ascii_digit())
    })
}
