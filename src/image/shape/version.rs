//! The version in a tag, for rules 7 to 10.

use super::character::{is_digit, is_letter, leading, without_v};
use super::parts::Parts;
use super::words;

/// `v?N(.N)*` with an optional tail that begins with a letter.
///
/// A marker with a number (`rc1`) counts as a component, right behind the numbers
/// or as the next part, since it names one build on the way to a release.
pub(super) struct Version {
    /// The index of its part.
    part: usize,
    components: usize,
    is_zero: bool,
}

impl Version {
    /// The first part that is a version, else the first with a word glued in
    /// front that is no distribution's name.
    pub(super) fn first_of(parts: &Parts<'_>) -> Option<Self> {
        let mut version =
            Self::first_where(parts, &|part| Some(without_v(part))).or_else(|| {
                Self::first_where(parts, &|part| {
                    let (word, text) = leading(part, is_letter);
                    (!words::holds(words::DISTRIBUTIONS, word)).then_some(text)
                })
            })?;
        if let Some(next) = parts.behind(version.part).first() {
            version.components += markers_in(next);
        }
        Some(version)
    }

    fn first_where<'a>(
        parts: &Parts<'a>,
        bare: &dyn Fn(&'a str) -> Option<&'a str>,
    ) -> Option<Self> {
        let mut parts = parts.all().iter().enumerate();
        parts.find_map(|(index, part)| Self::parse(index, bare(part)?))
    }

    fn parse(part: usize, text: &str) -> Option<Self> {
        let mut components = 0;
        let mut is_zero = true;
        let mut rest = text;
        loop {
            let (number, behind) = leading(rest, is_digit);
            if number.is_empty() {
                return None;
            }
            components += 1;
            is_zero &= number.bytes().all(|b| b == b'0');
            match behind.strip_prefix('.') {
                Some(next) if next.bytes().next().is_some_and(is_digit) => rest = next,
                _ => {
                    rest = behind;
                    break;
                }
            }
        }
        let tail = rest.strip_prefix('.').unwrap_or(rest);
        let is_tail = rest.is_empty() || tail.bytes().next().is_some_and(is_letter);
        is_tail.then(|| Self {
            part,
            components: components + markers_in(tail),
            is_zero,
        })
    }

    /// The index of the part that it stands in.
    pub(super) const fn part(&self) -> usize {
        self.part
    }

    pub(super) const fn components(&self) -> usize {
        self.components
    }

    /// Whether every number is zero.
    pub(super) const fn is_zero(&self) -> bool {
        self.is_zero
    }

    /// Whether nothing is left open: three components or more.
    pub(super) const fn is_whole(&self) -> bool {
        self.components >= 3
    }
}

/// How many markers with a number, one right behind the other, a text begins with.
fn markers_in(text: &str) -> usize {
    let mut count = 0;
    let mut rest = text;
    loop {
        let (word, behind) = leading(rest, is_letter);
        let (number, next) = leading(behind, is_digit);
        if number.is_empty() || !words::holds(words::MARKERS, word) {
            return count;
        }
        count += 1;
        rest = next.strip_prefix('.').unwrap_or(next);
    }
}
