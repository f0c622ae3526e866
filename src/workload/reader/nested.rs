//! What stands within objects and lists, read without knowing the JSON library's reader.

use std::borrow::Cow;

use super::expectation::{Expectation, Shape};
use super::known::Known;
use super::reading::Reading;
use super::source::{Field, Fields, ListItems};
use super::view::{GaveUp, Items, Object, Presence, Value, View};
use crate::workload::DecodeErrorKind;
use crate::workload::field_path::Step;
use crate::workload::node::Node;

/// Reads the fields of an object by a shape.
pub(super) fn read_map<'de>(
    source: &mut dyn Fields<'de>,
    reading: &mut Reading<'de>,
    shape: Shape<'_, 'de>,
) -> Result<Presence, GaveUp> {
    let view: &mut dyn View<'de> = match shape {
        Shape::Object(view) | Shape::Item(view) | Shape::Anything(view) => view,
        Shape::Tree(tree) => {
            tree.object(Object { source, reading })?;
            return Ok(Presence::Present);
        }
        Shape::Whole(into) => {
            *into = Node::Map(read_entries(source, reading)?);
            return Ok(Presence::Present);
        }
        Shape::List(_) | Shape::Text(_) | Shape::Boolean(_) => {
            if let Some(fault) = shape.otherwise() {
                reading.note(fault);
            }
            read_fields(source, reading, &mut Nothing)?;
            return Ok(Presence::Absent);
        }
    };
    read_fields(source, reading, view)?;
    Ok(Presence::Present)
}

/// Reads those fields of an object that a view knows.
pub(super) fn read_fields<'de>(
    source: &mut dyn Fields<'de>,
    reading: &mut Reading<'de>,
    view: &mut dyn View<'de>,
) -> Result<(), GaveUp> {
    let mut seen = 0;
    while let Some(Field { name, bit }) = source.next(view)? {
        reading.enter(Step::Field(name.clone()));
        if seen & bit != 0 {
            reading.note(DecodeErrorKind::Repeated);
        }
        seen |= bit;
        view.read(&name, Value { source, reading })?;
        reading.leave();
    }
    Ok(())
}

/// Reads every field of an object.
fn read_entries<'de>(
    source: &mut dyn Fields<'de>,
    reading: &mut Reading<'de>,
) -> Result<Vec<(Cow<'de, str>, Node<'de>)>, GaveUp> {
    let mut entries = Vec::new();
    while let Some(field) = source.next(&Every)? {
        let mut node = Node::Null;
        source.expect(Expectation::new(reading, Shape::Whole(&mut node)))?;
        entries.push((field.name, node));
    }
    entries.shrink_to_fit();
    Ok(entries)
}

/// Reads the items of a list by a shape.
pub(super) fn read_list<'de>(
    source: &mut dyn ListItems<'de>,
    reading: &mut Reading<'de>,
    shape: Shape<'_, 'de>,
) -> Result<Presence, GaveUp> {
    let items: &mut dyn Items<'de> = match shape {
        Shape::List(items) => items,
        Shape::Tree(tree) => tree,
        Shape::Whole(into) => {
            *into = Node::List(read_nodes(source, reading)?);
            return Ok(Presence::Present);
        }
        _ => {
            if let Some(fault) = shape.otherwise() {
                reading.note(fault);
            }
            while !source.has_ended() {
                source.skip()?;
            }
            return Ok(Presence::Absent);
        }
    };
    for index in 0.. {
        reading.enter(Step::Item(index));
        items.item(Value { source, reading })?;
        reading.leave();
        if source.has_ended() {
            break;
        }
    }
    Ok(Presence::Present)
}

/// Reads every item of a list.
fn read_nodes<'de>(
    source: &mut dyn ListItems<'de>,
    reading: &mut Reading<'de>,
) -> Result<Vec<Node<'de>>, GaveUp> {
    let mut nodes = Vec::new();
    loop {
        let mut node = Node::Null;
        source.expect(Expectation::new(reading, Shape::Whole(&mut node)))?;
        if source.has_ended() {
            break;
        }
        nodes.push(node);
    }
    nodes.shrink_to_fit();
    Ok(nodes)
}

/// No field at all.
struct Nothing;

impl<'de> View<'de> for Nothing {
    fn known(&self, _: &str) -> Option<Known> {
        None
    }

    fn read(&mut self, _: &str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        value.skip()
    }
}

/// Every field.
struct Every;

impl<'de> View<'de> for Every {
    fn known(&self, _: &str) -> Option<Known> {
        Some(Known::as_written())
    }

    fn read(&mut self, _: &str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        value.skip()
    }
}
