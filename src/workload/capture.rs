//! Parts of an object as they are written, taken out in one pass.

use std::cell::Cell;
use std::cmp::Ordering;

use super::field_path::{FieldPath, Step};
use super::order::sort_and_dedup;
use super::reader::{self, GaveUp, Items, Known, Reading, Strings, Value, View};

/// A part of an object, as JSON; nothing where the object has none there.
#[derive(Debug)]
pub(crate) struct Part<'p, 'a> {
    path: &'p FieldPath<'p>,
    json: Cell<Option<&'a str>>,
    /// How many of its steps were taken.
    entered: Cell<usize>,
    /// Whether one of them was taken twice: its key stands more than once.
    is_of_two: Cell<bool>,
}

impl<'p, 'a> Part<'p, 'a> {
    /// Takes the parts at `paths` out of an object; nothing where it cannot be read.
    pub(crate) fn take(object: &'a str, mut paths: Vec<&'p FieldPath<'p>>) -> Option<Vec<Self>> {
        sort_and_dedup(&mut paths);
        let mut parts = Vec::with_capacity(paths.len());
        for path in paths {
            parts.push(Self {
                path,
                json: Cell::new(None),
                entered: Cell::new(0),
                is_of_two: Cell::new(false),
            });
        }
        for strings in [Strings::Decoded, Strings::AsWritten] {
            for part in &parts {
                part.entered.set(0);
                part.is_of_two.set(false);
            }
            let mut view = Within {
                parts: keep_whole(&parts, 0, object),
                depth: 0,
                index: 0,
            };
            if reader::read(object, &mut Reading::with(strings), &mut view).is_ok() {
                return Some(parts);
            }
        }
        None
    }

    /// Whether a key on the way to one of them stands more than once: which of its
    /// values counts depends on who reads it.
    pub(super) fn are_ambiguous(parts: &[Self]) -> bool {
        parts.iter().any(|part| part.is_of_two.get())
    }

    /// The part at one of the paths that were asked for.
    pub(crate) fn json(parts: &[Self], path: &FieldPath<'_>) -> Option<&'a str> {
        let position = parts.binary_search_by(|part| part.path.cmp(path)).ok()?;
        parts.get(position)?.json.get()
    }
}

/// Keeps `json` for those of `parts` that are all of it; returns the others.
fn keep_whole<'s, 'p, 'a>(
    parts: &'s [Part<'p, 'a>],
    depth: usize,
    json: &'a str,
) -> &'s [Part<'p, 'a>] {
    let whole = parts
        .iter()
        .take_while(|part| part.path.steps().len() == depth)
        .inspect(|part| part.json.set(Some(json)))
        .count();
    parts.get(whole..).unwrap_or_default()
}

/// The parts that lie within one object or list, each deeper than `depth` steps.
struct Within<'s, 'p, 'a> {
    parts: &'s [Part<'p, 'a>],
    depth: usize,
    /// The next item, if it is a list.
    index: usize,
}

impl<'s, 'p, 'a> Within<'s, 'p, 'a> {
    fn step_of(&self, part: &Part<'p, 'a>) -> Option<&'p Step<'p>> {
        part.path.steps().get(self.depth)
    }

    /// The parts that lie behind a step.
    fn behind(&self, step: &Step<'_>) -> &'s [Part<'p, 'a>] {
        let start = self.count(step, Ordering::is_lt);
        let end = self.count(step, Ordering::is_le);
        self.parts.get(start..end).unwrap_or_default()
    }

    /// How many parts lie behind steps that compare so to this one.
    fn count(&self, step: &Step<'_>, is_before: fn(Ordering) -> bool) -> usize {
        let is_counted = |own: &Step<'_>| is_before(own.cmp(step));
        self.parts
            .partition_point(|part| self.step_of(part).is_some_and(is_counted))
    }

    fn take(&self, step: &Step<'_>, value: Value<'_, 'a>) -> Result<(), GaveUp> {
        let (parts, depth) = (self.behind(step), self.depth + 1);
        let mut within = Within {
            parts,
            depth,
            index: 0,
        };
        let Some(first) = parts.first() else {
            return value.skip();
        };
        // Parts behind one step have this one first whenever it is taken.
        if first.entered.replace(depth) >= depth {
            first.is_of_two.set(true);
        }
        match within.step_of(first) {
            Some(Step::Field(_)) => {
                value.object(&mut within)?;
            }
            Some(Step::Item(_)) => {
                value.list(&mut within)?;
            }
            // A part ends here; others may lie within it.
            None => {
                let mut written = value.written()?;
                within.parts = keep_whole(parts, depth, written.json());
                match within.parts.first().and_then(|part| within.step_of(part)) {
                    Some(Step::Field(_)) => {
                        written.value().object(&mut within)?;
                    }
                    Some(Step::Item(_)) => {
                        written.value().list(&mut within)?;
                    }
                    None => {}
                }
            }
        }
        Ok(())
    }
}

impl<'de> View<'de> for Within<'_, '_, 'de> {
    fn known(&self, key: &str) -> Option<Known> {
        let is_wanted = !self.behind(&Step::field(key)).is_empty();
        is_wanted.then(Known::as_written)
    }

    fn read(&mut self, name: &str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        self.take(&Step::field(name), value)
    }
}

impl<'de> Items<'de> for Within<'_, '_, 'de> {
    fn item(&mut self, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        let step = Step::Item(self.index);
        self.index += 1;
        self.take(&step, value)
    }
}
