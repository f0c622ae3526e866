//! What belongs in a place of a JSON document, and the reading of it by the JSON
//! library. The one visitor there is knows all shapes: the library's reader is
//! compiled once, not once for every view.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::nested::{read_list, read_map};
use super::reading::Reading;
use super::source::{MapSource, SeqSource};
use super::view::{GaveUp, Items, Presence, Tree, View};
use crate::workload::DecodeErrorKind;
use crate::workload::node::{Node, Number};

/// What belongs in a place.
pub(super) enum Shape<'s, 'de> {
    /// An object, or null.
    Object(&'s mut dyn View<'de>),
    /// An object.
    Item(&'s mut dyn View<'de>),
    /// An object, or anything else.
    Anything(&'s mut dyn View<'de>),
    /// A list, or null.
    List(&'s mut dyn Items<'de>),
    /// An object or a list, perhaps more.
    Tree(&'s mut dyn Tree<'de>),
    /// A string, or null.
    Text(&'s mut Option<Cow<'de, str>>),
    /// `true` or `false`, or null.
    Boolean(&'s mut bool),
    /// Anything, which is kept whole.
    Whole(&'s mut Node<'de>),
}

impl Shape<'_, '_> {
    /// What is noted of anything else.
    pub(super) fn otherwise(&self) -> Option<DecodeErrorKind> {
        match self {
            Self::Object(_) | Self::Item(_) => Some(DecodeErrorKind::NotAnObject),
            Self::List(_) => Some(DecodeErrorKind::NotAList),
            Self::Tree(tree) => tree.otherwise(),
            Self::Text(_) => Some(DecodeErrorKind::NotAString),
            Self::Boolean(_) => Some(DecodeErrorKind::NotABoolean),
            Self::Anything(_) | Self::Whole(_) => None,
        }
    }
}

/// What came of a value that the library has read: where it gave up at a part that was
/// taken out and read for itself, it knows of no error of its own.
type Outcome = Result<Presence, GaveUp>;

/// Reads a value of a shape, or notes that it has another.
pub(super) struct Expectation<'r, 's, 'de> {
    reading: &'r mut Reading<'de>,
    shape: Shape<'s, 'de>,
}

impl<'r, 's, 'de> Expectation<'r, 's, 'de> {
    pub(super) const fn new(reading: &'r mut Reading<'de>, shape: Shape<'s, 'de>) -> Self {
        Self { reading, shape }
    }

    /// Reads a whole document.
    pub(super) fn of(self, json: &'de str) -> Result<Presence, GaveUp> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let outcome = self.deserialize(&mut deserializer).map_err(|_| GaveUp)?;
        deserializer.end().map_err(|_| GaveUp)?;
        outcome
    }

    /// Reads a value as it is written; whatever valid JSON it is, this goes on.
    pub(super) fn of_raw(self, raw: &'de RawValue) -> Result<Presence, GaveUp> {
        let is_tree = matches!(self.shape, Shape::Tree(_));
        let is_text = is_tree || matches!(self.shape, Shape::Text(_));
        match raw.get().bytes().next() {
            // The library builds these only where they belong: a number can be out
            // of any range, and a string hold half a surrogate pair.
            Some(b'0'..=b'9' | b'-') => Ok(self.otherwise()),
            Some(b'"') if !is_text => Ok(self.otherwise()),
            Some(b'"') => {
                let Self { reading, shape } = self;
                Expectation::new(&mut *reading, shape)
                    .of(raw.get())
                    .or_else(|GaveUp| {
                        reading.note(DecodeErrorKind::HalfSurrogate);
                        Ok(if is_tree {
                            Presence::Present
                        } else {
                            Presence::Absent
                        })
                    })
            }
            _ => self.of(raw.get()),
        }
    }

    fn text(self, text: Cow<'de, str>) -> Presence {
        match self.shape {
            Shape::Text(into) => {
                *into = Some(text);
                Presence::Present
            }
            Shape::Tree(tree) if tree.otherwise().is_none() => {
                tree.text(text);
                Presence::Present
            }
            _ => self.kept(Node::Text(text)),
        }
    }

    /// Keeps a value where anything is kept.
    fn kept(self, node: Node<'de>) -> Presence {
        match self.shape {
            Shape::Whole(into) => {
                *into = node;
                Presence::Present
            }
            _ => self.otherwise(),
        }
    }

    fn otherwise(self) -> Presence {
        match (self.shape.otherwise(), self.shape) {
            (Some(fault), _) => self.reading.note(fault),
            (None, Shape::Tree(_)) => return Presence::Present,
            (None, _) => {}
        }
        Presence::Absent
    }
}

impl<'de> DeserializeSeed<'de> for Expectation<'_, '_, 'de> {
    type Value = Outcome;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Outcome, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Expectation<'_, '_, 'de> {
    type Value = Outcome;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Outcome, E> {
        match self.shape {
            Shape::Boolean(into) => {
                *into = value;
                Ok(Ok(Presence::Present))
            }
            _ => Ok(Ok(self.kept(Node::Bool(value)))),
        }
    }

    fn visit_i64<E>(self, number: i64) -> Result<Outcome, E> {
        Ok(Ok(self.kept(Node::Number(Number::Negative(number)))))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Outcome, E> {
        Ok(Ok(self.kept(Node::Number(Number::Positive(number)))))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Outcome, E> {
        Ok(Ok(self.kept(Node::Number(Number::Float(number)))))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Outcome, E> {
        Ok(Ok(self.text(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Outcome, E> {
        Ok(Ok(self.text(Cow::Owned(text.to_owned()))))
    }

    fn visit_unit<E>(self) -> Result<Outcome, E> {
        match self.shape {
            Shape::Item(_) => Ok(Ok(self.otherwise())),
            _ => Ok(Ok(Presence::Absent)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Outcome, A::Error> {
        let Self { reading, shape } = self;
        let mut fields = MapSource::new(map, reading.strings());
        let read = read_map(&mut fields, reading, shape);
        fields.into_error().map_or(Ok(read), Err)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Outcome, A::Error> {
        let Self { reading, shape } = self;
        let mut items = SeqSource::new(seq, reading.strings());
        let read = read_list(&mut items, reading, shape);
        items.into_error().map_or(Ok(read), Err)
    }
}
