//! The version in a tag, for rules 7 to 10.

use super::character::{is_digit, is_letter, is_number, split_run, without_v};
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
    /// The version of a tag: the first part that is a version, or the part after it, if that
    /// completes an open version (`14.10-v0.1.11`). If no part is a version, the first that is
    /// a word with a version after it.
    pub(super) fn first_of(parts: &Parts<'_>) -> Option<Self> {
        let first = || {
            let mut all = parts.all().iter().enumerate();
            all.find_map(|(index, part)| Self::parse(index, without_v(part)))
        };
        let after_word = || {
            let mut all = parts.all().iter().enumerate();
            all.find_map(|(index, part)| Self::after_word(index, part))
        };
        let mut version = match first() {
            Some(first) => first.completed_by_next(parts),
            None => after_word()?,
        };
        if let Some(next) = parts.after(version.part).first() {
            version.add_markers(next);
        }
        Some(version)
    }

    /// The version after a word, as in `php8.2.1`. The number of a distribution (`alpine3.19`) or
    /// of a channel (`dev8.2.1`) does not count, nor does a single number in a word (`e2e`).
    fn after_word(index: usize, part: &str) -> Option<Self> {
        let (word, text) = split_run(part, is_letter);
        let version = Self::parse(index, text)?;
        let (_, tail) = split_run(text, is_digit);
        let is_within_word = tail.starts_with(is_letter) && tail.chars().all(is_letter);
        let mut lists = [words::DISTRIBUTIONS, words::MOVING, words::STAGES].into_iter();
        let is_known_word = lists.any(|list| words::contains(list, word));
        (!is_within_word && !is_known_word).then_some(version)
    }

    /// This version; or, where it is open, the version after it, if that is full or has two
    /// components like this one and the number of a build (`16.4-3.3-2`).
    fn completed_by_next(self, parts: &Parts<'_>) -> Self {
        let [next, following @ ..] = parts.after(self.part) else {
            return self;
        };
        let is_built = following.first().is_some_and(|part| is_number(part));
        match Self::parse(self.part + 1, without_v(next)) {
            Some(next) if !self.is_full() && next.is_full() => next,
            Some(next) if self.components == 2 && next.components == 2 && is_built => next,
            _ => self,
        }
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
        is_version.then(|| {
            let mut version = Self {
                part,
                components,
                is_zero,
            };
            version.add_markers(tail);
            version
        })
    }

    /// Counts the markers at the beginning of a text as components. After a single number only one
    /// of them counts, since `1a2b3` is more likely a hash than a version.
    fn add_markers(&mut self, text: &str) {
        let markers = leading_markers(text);
        self.components += match self.components {
            1 => markers.min(1),
            _ => markers,
        };
    }

    /// The index of the part that holds the version.
    pub(super) const fn part(&self) -> usize {
        self.part
    }

    pub(super) const fn components(&self) -> usize {
        self.components
    }

    /// Whether every number is zero. A single zero is an open version: the image has no release
    /// yet.
    pub(super) const fn is_zero(&self) -> bool {
        self.is_zero && self.components > 1
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
        let after_word = after_word.strip_prefix('.').unwrap_or(after_word);
        let (number, next) = split_run(after_word, is_digit);
        if number.is_empty() || !words::contains(words::MARKERS, word) {
            return count;
        }
        count += 1;
        rest = next.strip_prefix('.').unwrap_or(next);
    }
}
