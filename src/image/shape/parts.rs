//! The parts of a tag: what stands between `-` and `_`, without architectures and
//! without the release of a distribution right behind its name.

use super::words;
use crate::image::Tag;

/// The parts of one tag, in order.
pub(super) struct Parts<'a>(Vec<&'a str>);

impl<'a> Parts<'a> {
    pub(super) fn of(tag: Tag<'a>) -> Self {
        let mut parts: Vec<&str> = Vec::new();
        let mut is_behind_distribution = false;
        for part in tag.as_str().split(['-', '_']) {
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
        self.iter().any(|part| words::holds(list, part))
    }

    /// What stands between the dots of the parts.
    pub(super) fn fields(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.iter().flat_map(|part| part.split('.'))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.0.iter().copied()
    }

    /// Each part with the one before it.
    pub(super) fn with_previous(&self) -> impl Iterator<Item = (Option<&'a str>, &'a str)> + '_ {
        let previous = std::iter::once(None).chain(self.iter().map(Some));
        previous.zip(self.iter())
    }

    /// The parts behind the one at `index`.
    pub(super) fn behind(&self, index: usize) -> impl Iterator<Item = &'a str> + '_ {
        self.iter().skip(index + 1)
    }
}

/// Whether a part is short enough for the number of a distribution's release,
/// which says what an image is built on, not which build it is.
fn is_release(part: &str) -> bool {
    part.split('.').all(|component| {
        (1..=4).contains(&component.len()) && component.bytes().all(|b| b.is_ascii_digit())
    })
}
