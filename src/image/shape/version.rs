//! The version in a tag, for rules 7 to 10.

use super::character::{is_digit, is_letter, split_run, without_v};
use super::parts::Parts;
use super::words;

/// `v?N(.N)*` with an optional tail that begins with a letter.
///
/// A marker with a number (`rc1`) counts as a component, in the tail or as the next part,
/// since it names one build on the way to a release.
pub(super) struct Version {
    /// The index of the part that holds the version.
    part: usize,
    components: usize,
    is_zero: bool,
}

impl Version {
    /// The first part that is a version. If there is none, the first part that is a version
    /// behind a word, unless that word is a distribution.
    pub(super) fn first_of(parts: &Parts<'_>) -> Option<Self> {
        let mut version =
            Self::first_where(parts, &|part| Some(without_v(part))).or_else(|| {
                Self::first_where(parts, &|part| {
                    let (word, text) = split_run(part, is_letter);
                    (!words::holds(words::DISTRIBUTIONS, word)).then_some(text)
                })
            })?;
        if let Some(next) = parts.after(version.part).first() {
            version.components += leading_markers(next);
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
            let (number, next) = split_run(rest, is_digit);
            if number.is_empty() {
                return None;
            }
            components += 1;
            is_zero &= number.bytes().all(|b| b == b'0');
            match next.strip_prefix('.') {
                Some(component) if component.starts_with(is_digit) => rest = component,
                _ => {
                    rest = next;
                    break;
                }
            }
        }
        let tail = rest.strip_prefix('.').unwrap_or(rest);
        let is_version = rest.is_empty() || tail.starts_with(is_letter);
        is_version.then(|| Self {
            part,
            components: components + leading_markers(tail),
            is_zero,
        })
    }

    /// The index of the part that holds the version.
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

    /// Whether the version leaves no component open: three or more are given.
    pub(super) const fn is_full(&self) -> bool {
        self.components >= 3
    }
}

/// Counts the markers with a number (`rc1`) at the beginning of a text.
fn leading_markers(text: &str) -> usize {
    let mut count = 0;
    let mut rest = text;
    loop {
        let (word, after_word) = split_run(rest, is_letter);
        let (number, next) = split_run(after_word, is_digit);
        if number.is_empty() || !words::holds(words::MARKERS, word) {
            return count;
        }
        count += 1;
        rest = next.strip_prefix('.').unwrap_or(next);
    }
}
