//! Pseudorandom choices, the same in every run.

/// A sequence of choices that a seed determines (SplitMix64).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`; 0 where there is none.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() >> 32).unwrap_or_default() % bound.max(1)
    }

    /// One of the items; `None` where there is none.
    pub fn choose<'i, T>(&mut self, items: &'i [T]) -> Option<&'i T> {
        items.get(self.below(items.len()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Random;

    fn numbers(seed: u64) -> [usize; 4] {
        let mut random = Random::new(seed);
        [(); 4].map(|()| random.below(1000))
    }

    #[test]
    fn one_seed_makes_one_sequence() {
        assert_eq!(numbers(1), numbers(1));
    }

    #[test]
    fn each_seed_makes_another_sequence() {
        let sequences: BTreeSet<_> = (0..1000).map(numbers).collect();
        assert_eq!(sequences.len(), 1000);
    }
}
