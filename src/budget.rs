//! Limits the work of a request: the author of an object decides how often it is compared with the
//! patterns of the settings.

use std::cell::Cell;

/// The steps that are left for comparing. A step is some tens of instructions.
#[derive(Debug)]
pub(crate) struct Budget(Cell<usize>);

impl Budget {
    /// A thousand images can be compared with a hundred patterns, or in an update, whose object is
    /// judged up to three times, with forty.
    pub(crate) const MAX: usize = 1 << 23;

    pub(crate) const fn new() -> Self {
        Self(Cell::new(Self::MAX))
    }

    /// A budget for few comparisons, which the size of the settings bounds.
    pub(crate) const fn unlimited() -> Self {
        Self(Cell::new(usize::MAX))
    }

    /// Takes steps; `false` where fewer are left. None is left then.
    pub(crate) fn spend(&self, steps: usize) -> bool {
        let left = self.0.get().checked_sub(steps);
        self.0.set(left.unwrap_or_default());
        left.is_some()
    }

    pub(crate) fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}

#[cfg(test)]
mod tests {
    use crate::budget::Budget;

    #[test]
    fn is_spent_with_its_last_step() {
        let budget = Budget::new();
        assert!(budget.spend(Budget::MAX - 1));
        assert!(!budget.is_spent());
        assert!(budget.spend(1));
        assert!(budget.is_spent());
        assert!(!budget.spend(1));
    }

    #[test]
    fn is_spent_when_fewer_steps_are_left_than_needed() {
        let budget = Budget::new();
        assert!(!budget.spend(Budget::MAX + 1));
        assert!(budget.is_spent());
    }
}
