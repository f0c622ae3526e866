//! A bound on the work of one step of a request: who writes an object chooses how often it is
//! compared with the patterns of the settings.

/// The steps that are left for comparing. A step is some ten instructions.
#[derive(Debug)]
pub(crate) struct Budget(usize);

impl Budget {
    /// A thousand images can be compared with five hundred patterns.
    pub(crate) const MAX: usize = 1 << 24;

    pub(crate) const fn new() -> Self {
        Self(Self::MAX)
    }

    /// A budget for few comparisons, which the size of the settings bounds.
    pub(crate) const fn unlimited() -> Self {
        Self(usize::MAX)
    }

    /// Takes steps; `false` where fewer are left. None is left then.
    pub(crate) const fn spend(&mut self, steps: usize) -> bool {
        match self.0.checked_sub(steps) {
            Some(left) => {
                self.0 = left;
                true
            }
            None => {
                self.0 = 0;
                false
            }
        }
    }

    pub(crate) const fn is_spent(&self) -> bool {
        self.0 == 0
    }
}

#[cfg(test)]
mod tests {
    use crate::budget::Budget;

    #[test]
    fn is_spent_with_its_last_step() {
        let mut budget = Budget::new();
        assert!(budget.spend(Budget::MAX - 1));
        assert!(!budget.is_spent());
        assert!(budget.spend(1));
        assert!(budget.is_spent());
        assert!(!budget.spend(1));
    }

    #[test]
    fn has_nothing_left_behind_steps_that_it_cannot_give() {
        let mut budget = Budget::new();
        assert!(!budget.spend(Budget::MAX + 1));
        assert!(budget.is_spent());
    }
}
