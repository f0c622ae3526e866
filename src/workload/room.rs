//! How much a pass may keep of objects that are made to take up memory and time.

use super::FieldPath;
use super::field_path::Step;

/// More than any path weighs in objects of kinds that are known.
const LONG: usize = 256;
/// What all longer paths and names may weigh: more than an object that an API server
/// accepts needs, unless it is nested very deep, or has very long keys.
const ROOM: usize = 4 << 20;
/// What a step weighs without its name.
const STEP: usize = 16;

/// The room that is left for paths.
#[derive(Debug)]
pub(super) struct Room {
    left: usize,
    is_exceeded: bool,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            left: ROOM,
            is_exceeded: false,
        }
    }
}

impl Room {
    /// Whether there is room for one more path, or name, of this weight, which it takes.
    pub(super) fn take(&mut self, weight: usize) -> bool {
        if weight <= LONG {
            return true;
        }
        match self.left.checked_sub(weight) {
            Some(left) => self.left = left,
            None => self.is_exceeded = true,
        }
        !self.is_exceeded
    }

    /// Whether there was once none.
    pub(super) const fn is_exceeded(&self) -> bool {
        self.is_exceeded
    }

    /// Whether a path takes up no room, with the name of what it leads to, whatever is
    /// kept of the others.
    pub(super) fn is_free(path: &FieldPath<'_>, name: Option<&str>) -> bool {
        let name = name.map_or(0, str::len);
        name + path.steps().iter().map(weight).sum::<usize>() <= LONG
    }
}

/// The bytes that a step takes up, and that every comparison of it looks at.
pub(super) fn weight(step: &Step<'_>) -> usize {
    STEP + match step {
        Step::Field(name) => name.len(),
        Step::Item(_) => 0,
    }
}
