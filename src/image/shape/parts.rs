//! The parts of a tag: what stands between `-` and `_`, without architectures and
//! without the release of a distribution right behind its name.

use super::character::{is_dot, is_separator};
use super::words;
use crate::image::{Tag, split};

/// The parts of one tag, in order.
pub(super) struct Parts<'a>(Vec<&'a str>);

impl<'a> Parts<'a> {
    pub(super) fn of(tag: Tag<'a>) -> Self {
        let mut parts: Vec<&str> = Vec::new();
        let mut is_behind_distribution = false;
        for part in split(tag.as_str(), is_separator) {
            let last = parts.last().copied().unwrap_or_default();
            let (x86, bits) = words::X86_64;
            let is_base = is_behind_distribution && is_release(part);
            is_behind_distribution = words::holds(words::DISTRIBUTIONS, part);
            if part == bits && last.eq_ignore_ascii_case(x86) {
                parts.pop();
            } else if !is_base && !words::holds(words::ARCHITECTURES, part) {
                parts.push(part);
            }
        }
        Self(parts)
    }

    /// Whether one of the parts is one of `words`.
    pub(super) fn contains(&self, list: &[&str]) -> bool {
        self.0.iter().any(|part| words::holds(list, part))
    }

    /// Whether what stands between two dots of a part is one of `words`.
    pub(super) fn contain_field(&self, list: &[&str]) -> bool {
        let is_in_list = |field: &str| words::holds(list, field);
        self.0
            .iter()
            .any(|part| split(part, is_dot).any(is_in_list))
    }

    pub(super) fn all(&self) -> &[&'a str] {
        &self.0
    }

    /// Whether any part is such, by the one before it, which is empty for the first,
    /// and by itself.
    pub(super) fn any_behind(&self, is_such: fn(&str, &str) -> bool) -> bool {
        let mut previous = "";
        self.0.iter().any(|part| {
            let before = std::mem::replace(&mut previous, part);
            is_such(before, part)
        })
    }

    /// The parts behind the one at `index`.
    pub(super) fn behind(&self, index: usize) -> &[&'a str] {
        self.0.get(index + 1..).unwrap_or_default()
    }
}

/// Whether a part is short enough for the number of a distribution's release,
/// which says what an image is built on, not which build it is.
fn is_release(part: &str) -> bool {
    split(part, is_dot).all(|component| {
        (1..=4).contains(&component.len()) && component.bytes().all(|b| b.is_ascii_digit())
    })
}
