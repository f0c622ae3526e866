//! Any JSON value, in which a key that stands twice is seen.

use std::borrow::Cow;

use super::order::sort_by;
use super::reader::read_whole;

/// One JSON value, its strings borrowed where they hold no escape.
#[derive(Debug, PartialEq)]
pub(crate) enum Node<'a> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Map(Vec<(Cow<'a, str>, Node<'a>)>),
}

/// A number, as precisely as it can be held.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Number {
    Negative(i64),
    Positive(u64),
    Float(f64),
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Negative(a), Self::Negative(b)) => a == b,
            (Self::Positive(a), Self::Positive(b)) => a == b,
            // Beyond 2^53 one float stands for several numbers.
            (Self::Float(a), Self::Float(b)) => a == b && a.abs() < 9_007_199_254_740_992.0,
            _ => false,
        }
    }
}

impl<'a> Node<'a> {
    /// Parses JSON; nothing where it cannot be held.
    pub(crate) fn parse(json: &'a str) -> Option<Self> {
        read_whole(json).ok()
    }

    /// Whether this means "not given": null, and whatever is empty, since forms
    /// send those for what nobody filled in.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Bool(_) | Self::Number(_) => false,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.iter().all(Self::is_empty),
            Self::Map(entries) => entries.is_empty(),
        }
    }

    /// The value of a field, if this is an object that has it.
    pub(crate) fn field(&self, name: &str) -> Option<&Self> {
        let Self::Map(entries) = self else {
            return None;
        };
        let (_, value) = entries.iter().find(|(key, _)| key == name)?;
        Some(value)
    }

    /// The string that it is.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The string that a field is.
    pub(crate) fn text_of(&self, name: &str) -> Option<&str> {
        self.field(name)?.text()
    }

    /// Its items; none where it is no list.
    pub(crate) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// Its fields with their names; none where it is no object.
    pub(crate) fn entries(&self) -> &[(Cow<'a, str>, Self)] {
        match self {
            Self::Map(entries) => entries,
            _ => &[],
        }
    }

    /// Puts keys in order, so that two values are equal whatever the order of
    /// theirs. False where a key stands twice: what it means is the reader's choice.
    pub(crate) fn sort(&mut self) -> bool {
        match self {
            Self::List(items) => items
                .iter_mut()
                .fold(true, |unique, item| item.sort() & unique),
            Self::Map(entries) => {
                sort_by(entries, |(a, _), (b, _)| a.cmp(b));
                let mut pairs = entries.iter().zip(entries.iter().skip(1));
                let is_unique = pairs.all(|((a, _), (b, _))| a != b);
                let values = entries.iter_mut().map(|(_, value)| value);
                values.fold(is_unique, |unique, value| value.sort() & unique)
            }
            _ => true,
        }
    }
}
