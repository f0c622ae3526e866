//! Sorting, compiled once for all types of items: the standard library's sort, once
//! for each of them, would be a seventh of the module.

use std::cmp::Ordering;

/// Puts items in order; those that are equal stay as they were. What is in order
/// already, as most of a document is, costs one look at each item.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let order = positions(items.len(), &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    if let Some(order) = order {
        rearrange(order, &mut |a, b| items.swap(a, b));
    }
}

/// Puts items in order, and keeps one of those that are equal.
pub(crate) fn sort_and_dedup<T: Ord>(items: &mut Vec<T>) {
    sort_by(items, Ord::cmp);
    let mut last = 0;
    for next in 1..items.len() {
        if items.get(last) != items.get(next) {
            last += 1;
            items.swap(last, next);
        }
    }
    items.truncate(last + 1);
}

/// Puts the item that stands at each position of `order` where that position stands,
/// one cycle after the other.
fn rearrange(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut here = start;
        while let Some(slot) = order.get_mut(here) {
            let next = std::mem::replace(slot, here);
            if next == start {
                break;
            }
            swap(here, next);
            here = next;
        }
    }
}

type Compare<'c> = dyn Fn(usize, usize) -> Ordering + 'c;

/// The positions of items in their order; nothing where that is as they stand.
///
/// A natural merge sort: runs that are in order are found, and merged two by two.
fn positions(length: usize, compare: &Compare<'_>) -> Option<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for position in 0..length {
        match runs.last_mut() {
            Some(run)
                if run
                    .last()
                    .is_some_and(|last| compare(*last, position).is_le()) =>
            {
                run.push(position);
            }
            _ => runs.push(vec![position]),
        }
    }
    if runs.len() <= 1 {
        return None;
    }
    while runs.len() > 1 {
        let mut longer = Vec::new();
        let mut pairs = runs.into_iter();
        while let Some(one) = pairs.next() {
            longer.push(match pairs.next() {
                Some(other) => merged(&one, &other, compare),
                None => one,
            });
        }
        runs = longer;
    }
    runs.pop()
}

fn merged(mut one: &[usize], mut other: &[usize], compare: &Compare<'_>) -> Vec<usize> {
    let mut merged = Vec::with_capacity(one.len() + other.len());
    while let ([first, rest @ ..], [second, others @ ..]) = (one, other) {
        if compare(*first, *second).is_le() {
            merged.push(*first);
            one = rest;
        } else {
            merged.push(*second);
            other = others;
        }
    }
    merged.extend_from_slice(one);
    merged.extend_from_slice(other);
    merged
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
