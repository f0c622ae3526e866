//! Statistics for the benches.

use std::cmp::Ordering;

/// Sorted measurements.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample<T> {
    sorted: Vec<T>,
}

impl<T: Copy + Default + PartialOrd> Sample<T> {
    /// Sorts measurements, which must all be comparable.
    #[must_use]
    pub fn new(mut measurements: Vec<T>) -> Self {
        measurements
            .sort_unstable_by(|one, other| one.partial_cmp(other).unwrap_or(Ordering::Equal));
        Self {
            sorted: measurements,
        }
    }

    /// The smallest measurement that at least `percent` of them do not exceed; the default value
    /// if there are none.
    #[must_use]
    pub fn percentile(&self, percent: usize) -> T {
        let rank = (self.sorted.len() * percent).div_ceil(100);
        let at = rank.saturating_sub(1);
        self.sorted.get(at).copied().unwrap_or_default()
    }

    #[must_use]
    pub fn median(&self) -> T {
        self.percentile(50)
    }
}

#[cfg(test)]
mod tests {
    use super::Sample;

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        assert_eq!(Sample::new(vec![9.0, 1.0, 2.0]).median(), 2.0);
        assert_eq!(Sample::new(vec![4, 1, 9, 2]).median(), 2);
    }

    #[test]
    fn computes_percentiles() {
        let hundred = Sample::new((1..=100).rev().collect());
        let percentiles = [0, 1, 50, 99, 100].map(|percent| hundred.percentile(percent));
        assert_eq!(percentiles, [1, 1, 50, 99, 100]);
        let ten = Sample::new((1..=10).collect());
        assert_eq!(
            [90, 91, 99].map(|percent| ten.percentile(percent)),
            [9, 10, 10]
        );
    }

    #[test]
    fn one_measurement_is_every_percentile_and_none_is_nothing() {
        let one = Sample::new(vec![7]);
        assert_eq!([0, 50, 100].map(|percent| one.percentile(percent)), [7; 3]);
        assert_eq!(Sample::<u8>::new(Vec::new()).median(), 0);
    }
}
