//! Patterns for field paths, for the table of kinds and the setting `customResources`.

use std::borrow::Cow;
use std::fmt;

use crate::document::{FieldPath, Step};
use crate::image::first_disallowed;
use crate::quoted::QuotedChar;

/// The longest pattern, in bytes.
const MAX_BYTES: usize = 255;
/// The most steps of a pattern. Longer paths lead deeper than documents are read.
const MAX_STEPS: usize = 64;

/// A pattern for field paths.
///
/// `name` and `.name` step into a field of an object. `[*]` steps into every item of a list or
/// value of a map. `[name]` steps into the item of a list with this `name`, or the value of a
/// map at this key. An example is `spec.template.spec.containers[pgbouncer].imagePullPolicy`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathPattern<'s>(Cow<'s, str>);

/// One step of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Segment<'s> {
    /// Into a field of an object.
    Field(&'s str),
    /// Into the value of a map at this key, or the item of a list with this name.
    Named(&'s str),
    /// Into every value of a map, or item of a list.
    Each,
}

/// An iterator over the steps of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segments<'s>(&'s str);

impl<'s> Segments<'s> {
    fn split(self) -> Option<(Segment<'s>, Self)> {
        if let Some((name, rest)) = self
            .0
            .strip_prefix('[')
            .and_then(|rest| rest.split_once(']'))
        {
            let segment = match name {
                "*" => Segment::Each,
                _ => Segment::Named(name),
            };
            return Some((segment, Self(rest)));
        }
        let rest = self.0.strip_prefix('.').unwrap_or(self.0);
        let (name, rest) = rest.split_at_checked(end_of_name(rest))?;
        (!name.is_empty()).then_some((Segment::Field(name), Self(rest)))
    }
}

impl<'s> Iterator for Segments<'s> {
    type Item = Segment<'s>;

    fn next(&mut self) -> Option<Segment<'s>> {
        let (segment, rest) = self.split()?;
        *self = rest;
        Some(segment)
    }
}

impl PathPattern<'static> {
    /// A pattern of the table of kinds, whose tests check that it parses.
    pub(super) const fn known(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// A pattern that is made of two of that table.
    pub(super) const fn joined(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl<'s> PathPattern<'s> {
    pub(crate) fn parse(text: Cow<'s, str>) -> Result<Self, InvalidPath> {
        if text.len() > MAX_BYTES {
            return Err(InvalidPath::TooLong);
        }
        let mut is_first = true;
        let mut rest = text.as_ref();
        let mut steps = 0;
        while !rest.is_empty() {
            rest = match rest.strip_prefix('[') {
                Some(_) if is_first => return Err(InvalidPath::FirstBracket),
                Some(inner) => {
                    let (name, rest) = inner.split_once(']').ok_or(InvalidPath::OpenBracket)?;
                    check_key(name)?;
                    rest
                }
                None => {
                    let (name, rest) = split_field(rest, is_first)?;
                    check_name(name)?;
                    rest
                }
            };
            is_first = false;
            steps += 1;
        }
        if steps > MAX_STEPS {
            return Err(InvalidPath::TooLong);
        }
        Ok(Self(text))
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }

    pub(super) fn segments(&self) -> Segments<'_> {
        Segments(&self.0)
    }

    /// The number of leading steps that both patterns share.
    pub(super) fn shared_with(&self, other: &PathPattern<'_>) -> usize {
        let pairs = self.segments().zip(other.segments());
        pairs.take_while(|(own, other)| own == other).count()
    }

    /// Whether each image at `image` has at most one value at `self`: every `[*]` must be one of
    /// the shared steps.
    pub(crate) fn belongs_to(&self, image: &PathPattern<'_>) -> bool {
        let mut own = self.segments().skip(self.shared_with(image));
        !own.any(|segment| segment == Segment::Each)
    }

    /// The name of this pattern's last field, if that is in the same object as `image`.
    pub(super) fn beside(&self, image: &PathPattern<'_>) -> Option<&str> {
        let shared = self.shared_with(image);
        let mut own = self.segments().skip(shared);
        match (own.next(), own.next()) {
            (Some(Segment::Field(name)), None) if image.segments().count() == shared + 1 => {
                Some(name)
            }
            _ => None,
        }
    }

    /// Whether the pattern can lead to several values.
    pub(crate) fn leads_to_several(&self) -> bool {
        self.segments().any(|segment| segment == Segment::Each)
    }

    /// The path of a pattern without a step `[*]`.
    pub(crate) fn path(&self) -> FieldPath<'_> {
        let mut steps = Vec::new();
        for segment in self.segments() {
            if let Segment::Field(name) | Segment::Named(name) = segment {
                steps.push(Step::field(name));
            }
        }
        FieldPath::from(steps.as_slice())
    }

    /// The path of a pattern without a step `[*]`, which borrows nothing.
    pub(crate) fn owned_path<'t>(&self) -> FieldPath<'t> {
        self.path().to_owned_path()
    }
}

/// The length of the field name at the start of a text.
fn end_of_name(text: &str) -> usize {
    let end = text.bytes().position(|byte| matches!(byte, b'.' | b'['));
    end.unwrap_or(text.len())
}

/// Splits off the name of the next field.
fn split_field(text: &str, is_first: bool) -> Result<(&str, &str), InvalidPath> {
    let text = match (text.strip_prefix('.'), is_first) {
        (Some(_), true) => return Err(InvalidPath::FirstDot),
        (Some(rest), false) => rest,
        (None, true) => text,
        (None, false) => return Err(InvalidPath::NoDot),
    };
    let (name, rest) = text
        .split_at_checked(end_of_name(text))
        .unwrap_or((text, ""));
    if name.is_empty() {
        return Err(InvalidPath::EmptyName);
    }
    Ok((name, rest))
}

fn check_key(key: &str) -> Result<(), InvalidPath> {
    if key.is_empty() {
        return Err(InvalidPath::EmptyBracket);
    }
    if key.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(InvalidPath::Index);
    }
    let is_allowed =
        |c| matches!(c, 'A'..='Z' | 'a'..='z' | '0'..='9' | '_' | '-' | '.' | '/' | ':');
    match first_disallowed(key, is_allowed) {
        Some(_) if key == "*" => Ok(()),
        Some(character) => Err(InvalidPath::Key(character)),
        None => Ok(()),
    }
}

fn check_name(name: &str) -> Result<(), InvalidPath> {
    let is_allowed = |c| matches!(c, 'A'..='Z' | 'a'..='z' | '0'..='9' | '_' | '-');
    match first_disallowed(name, is_allowed) {
        Some(character) => Err(InvalidPath::Character(character)),
        None => Ok(()),
    }
}

/// The reason why a text is not a path pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InvalidPath {
    Character(char),
    EmptyBracket,
    EmptyName,
    FirstBracket,
    FirstDot,
    Index,
    Key(char),
    NoDot,
    OpenBracket,
    TooLong,
}

impl fmt::Display for InvalidPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character(character) => write!(
                f,
                "has an unexpected {}: write a key with characters other than letters, digits, _ and - in brackets",
                QuotedChar(*character)
            ),
            Self::EmptyBracket => f.write_str("has empty brackets: write [*] for every item"),
            Self::EmptyName => f.write_str("has an empty field name"),
            Self::FirstBracket => {
                f.write_str("begins with a bracket: begin with the name of a field")
            }
            Self::FirstDot => f.write_str("begins with a dot: write spec.image, not .spec.image"),
            Self::Index => f.write_str("has an index: write [*] for every item, or [name] for one"),
            Self::Key(character) => write!(
                f,
                "has an unexpected {} in brackets: write a name or key as it is, or * for every item",
                QuotedChar(*character)
            ),
            Self::NoDot => f.write_str("has no dot between a bracket and the next field name"),
            Self::OpenBracket => f.write_str("has a bracket that is not closed"),
            Self::TooLong => write!(
                f,
                "has more than {MAX_BYTES} characters or {MAX_STEPS} steps"
            ),
        }
    }
}
