//! Sorting, compiled once for all types of items: the standard library's sort, once
//! for each of them, would be a seventh of the module.

use std::cmp::Ordering;

/// Puts items in order; those that are equal stay as they were. What is in order
/// already, as most of a document is, costs one look at each item.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    sort(items.len(), &mut Items { items, compare });
}

/// Puts items in order, and keeps one of those that are equal.
pub(crate) fn sort_and_dedup<T: Ord>(items: &mut Vec<T>) {
    let length = items.len();
    let mut sortable = Items {
        items: items.as_mut_slice(),
        compare: Ord::cmp,
    };
    sort(length, &mut sortable);
    let kept = dedup(length, &mut sortable);
    items.truncate(kept);
}

/// What can be sorted, of any type.
trait Sortable {
    fn compare(&self, a: usize, b: usize) -> Ordering;
    fn swap(&mut self, a: usize, b: usize);
}

struct Items<'i, T, F> {
    items: &'i mut [T],
    compare: F,
}

impl<T, F: Fn(&T, &T) -> Ordering> Sortable for Items<'_, T, F> {
    fn compare(&self, a: usize, b: usize) -> Ordering {
        match (self.items.get(a), self.items.get(b)) {
            (Some(a), Some(b)) => (self.compare)(a, b),
            _ => Ordering::Equal,
        }
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.items.swap(a, b);
    }
}

/// A natural merge sort: runs that are in order are found, and merged two by two.
fn sort(length: usize, items: &mut dyn Sortable) {
    let mut ends = Vec::new();
    for position in 1..length {
        if items.compare(position - 1, position).is_gt() {
            ends.push(position);
        }
    }
    if ends.is_empty() {
        return;
    }
    ends.push(length);
    let mut order: Vec<usize> = (0..length).collect();
    while ends.len() > 1 {
        let mut merged = Vec::with_capacity(length);
        let mut merged_ends = Vec::new();
        for pair in ends.chunks(2) {
            let (middle, end) = match pair {
                [middle, end, ..] => (*middle, *end),
                _ => (length, length),
            };
            let one = order.get(merged.len()..middle).unwrap_or_default();
            let other = order.get(middle..end).unwrap_or_default();
            merge(one, other, items, &mut merged);
            merged_ends.push(end);
        }
        (order, ends) = (merged, merged_ends);
    }
    rearrange(order, items);
}

/// Brings one of those that are equal to the front, where they are in order; returns
/// how many there are.
fn dedup(length: usize, items: &mut dyn Sortable) -> usize {
    let mut last = 0;
    for next in 1..length {
        if items.compare(last, next).is_ne() {
            last += 1;
            items.swap(last, next);
        }
    }
    length.min(last + 1)
}

fn merge(mut one: &[usize], mut other: &[usize], items: &dyn Sortable, merged: &mut Vec<usize>) {
    while let ([first, rest @ ..], [second, others @ ..]) = (one, other) {
        if items.compare(*first, *second).is_le() {
            merged.push(*first);
            one = rest;
        } else {
            merged.push(*second);
            other = others;
        }
    }
    merged.extend_from_slice(one);
    merged.extend_from_slice(other);
}

/// Puts the item that stands at each position of `order` where that position stands,
/// one cycle after the other.
fn rearrange(mut order: Vec<usize>, items: &mut dyn Sortable) {
    for start in 0..order.len() {
        let mut here = start;
        while let Some(slot) = order.get_mut(here) {
            let next = std::mem::replace(slot, here);
            if next == start {
                break;
            }
            items.swap(here, next);
            here = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{sort_and_dedup, sort_by};

    /// So many numbers below 16, each with its place, in any order.
    fn items(length: usize) -> Vec<(u32, usize)> {
        // A linear congruential generator: any order will do, as long as it is one.
        let mut state = 1_u32;
        (0..length)
            .map(|place| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 28, place)
            })
            .collect()
    }

    #[test]
    fn keeps_one_of_those_that_are_equal() {
        for length in 0..200 {
            let mut numbers: Vec<u32> = items(length).iter().map(|(number, _)| *number).collect();
            let mut expected = numbers.clone();
            expected.sort_unstable();
            expected.dedup();
            sort_and_dedup(&mut numbers);
            assert_eq!(numbers, expected);
        }
    }

    #[test]
    fn puts_any_items_in_order_and_keeps_equal_ones_as_they_were() {
        for length in 0..200 {
            let items = items(length);
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            let mut sorted = items;
            sort_by(&mut sorted, |(a, _), (b, _)| a.cmp(b));
            assert_eq!(sorted, expected);
        }
    }
}
