//! Parts of an object as they are written, taken out in one pass.

use std::cell::Cell;

use super::field_path::{FieldPath, Step};
use super::order::sorted_by;
use super::reader::{self, GaveUp, InnerSites, ItemView, Known, Reading, Strings, Value, View};

/// A part of an object, as JSON: a field of one of its objects, never an item of a
/// list; nothing where the object has none there.
#[derive(Debug)]
pub(crate) struct Part<'a> {
    path: FieldPath,
    json: Cell<Option<&'a str>>,
}

impl<'a> Part<'a> {
    /// Takes the parts at `paths` out of an object; nothing where it cannot be read.
    pub(crate) fn take(object: &'a str, paths: Vec<FieldPath>) -> Option<Vec<Self>> {
        let mut paths = sorted_by(paths, Ord::cmp);
        paths.dedup();
        let mut parts = Vec::with_capacity(paths.len());
        for path in paths {
            let json = Cell::new(None);
            parts.push(Self { path, json });
        }
        for strings in [Strings::Decoded, Strings::AsWritten] {
            let mut view = CaptureView::of(&parts, 0, object);
            if reader::read(object, &mut Reading::with(strings), &mut view).is_ok() {
                return Some(parts);
            }
        }
        None
    }

    /// The part at one of the paths that were asked for.
    pub(crate) fn json(parts: &[Self], path: &FieldPath) -> Option<&'a str> {
        let position = parts.binary_search_by(|part| part.path.cmp(path)).ok()?;
        parts.get(position)?.json.get()
    }
}

/// The parts that lie within one value, each at least `depth` steps deep.
struct CaptureView<'p, 'a> {
    parts: &'p [Part<'a>],
    depth: usize,
}

impl<'p, 'a> CaptureView<'p, 'a> {
    /// Looks for parts within `json`, and keeps it for those that are all of it.
    fn of(parts: &'p [Part<'a>], depth: usize, json: &'a str) -> Self {
        let whole = parts
            .iter()
            .take_while(|part| part.path.steps().len() == depth)
            .inspect(|part| part.json.set(Some(json)))
            .count();
        Self {
            parts: parts.get(whole..).unwrap_or_default(),
            depth,
        }
    }

    fn step_of(&self, part: &Part<'_>) -> Option<Step> {
        part.path.steps().get(self.depth).copied()
    }

    /// The parts that lie behind a step.
    fn behind(&self, step: Step) -> &'p [Part<'a>] {
        let start = self
            .parts
            .partition_point(|part| self.step_of(part) < Some(step));
        let rest = self.parts.get(start..).unwrap_or_default();
        let length = rest.partition_point(|part| self.step_of(part) == Some(step));
        rest.get(..length).unwrap_or_default()
    }
}

impl<'de> View<'de> for CaptureView<'_, 'de> {
    fn known(&self, key: &[u8]) -> Option<Known> {
        let position = self.parts.partition_point(|part| match self.step_of(part) {
            Some(Step::Field(name)) => name.as_bytes() < key,
            step => step.is_none(),
        });
        match self.parts.get(position).and_then(|part| self.step_of(part)) {
            Some(Step::Field(name)) if name.as_bytes() == key => Some(Known::any(name)),
            _ => None,
        }
    }

    fn read(&mut self, name: &'static str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        let (parts, depth) = (self.behind(Step::Field(name)), self.depth + 1);
        let next = parts.first().and_then(|part| part.path.steps().get(depth));
        match next {
            Some(Step::Field(_)) => {
                value.object(&mut CaptureView { parts, depth })?;
            }
            Some(Step::Item(_)) => {
                let list = CaptureView { parts, depth };
                let mut indices = 0..;
                value.items(|| CaptureView {
                    parts: indices
                        .next()
                        .map_or(&[], |index| list.behind(Step::Item(index))),
                    depth: depth + 1,
                })?;
            }
            // A part ends here; others may lie within it.
            None => {
                let json = value.raw()?.get();
                let mut view = CaptureView::of(parts, depth, json);
                if !view.parts.is_empty() {
                    let mut reading = Reading::with(Strings::AsWritten);
                    reader::read(json, &mut reading, &mut view)?;
                }
            }
        }
        Ok(())
    }
}

impl<'de> ItemView<'de> for CaptureView<'_, 'de> {
    fn finish(self, _: &mut Reading<'de>, _: InnerSites) {}
}
