//! Updates of objects in which as much as there is room for cannot be read.

use super::{web, written_update};
use crate::answer::Expected;
use crate::hostile::cost::answer_to;
use crate::hostile::{MOST_ERRORS, OBJECT};
use crate::written::with_raw;

/// Bytes of each of the two objects.
const SIZE: usize = 900_000;

/// Items of the list in each of them, below and above what there is room for.
const COUNTS: [usize; 3] = [1_000, MOST_ERRORS, MOST_ERRORS + 1];

/// An item that is none.
const NO_ITEM: (&str, &str) = ("1", "");

/// Items with a field that cannot be read.
const ITEMS: [(&str, &str); 3] = [
    (r#"{"image":1}"#, ".image"),
    (r#"{"name":1}"#, ".name"),
    (r#"{"imagePullPolicy":"x"}"#, ".imagePullPolicy"),
];

/// How many of an item a list has.
fn counts(item: &str) -> impl Iterator<Item = usize> {
    COUNTS.into_iter().chain([SIZE / (item.len() + 1)])
}

/// A Deployment with so many of an item.
fn full_of(item: &str, count: usize) -> String {
    let list = format!("[{}]", vec![item; count].join(","));
    with_raw(&web(), "/spec/template/spec/containers", &list)
}

/// Every item is told, or the object as one that has too many.
fn problems(count: usize, field: &str) -> Expected {
    if count > MOST_ERRORS {
        return Expected::strict([]).unreadable([OBJECT]);
    }
    let path = |index| format!("spec.template.spec.containers[{index}]{field}");
    Expected::strict([]).unreadable((0..count).map(path))
}

fn assert_cost(case: &str, new: &str, old: &str, expected: &Expected) {
    let payload = written_update(new, old);
    assert_eq!(&answer_to(case, payload.as_bytes()), expected, "{case}");
}

/// Compares an object that is full of an item with itself.
fn assert_same((item, field): (&str, &str)) {
    for count in counts(item) {
        let object = full_of(item, count);
        let unchanged = problems(count, field).accepted();
        let case = format!("{count} of {item} in either object");
        assert_cost(&case, &object, &object, &unchanged);
    }
}

/// Compares it with one that could be read.
fn assert_new((item, field): (&str, &str)) {
    for count in counts(item) {
        let object = full_of(item, count);
        let refused = problems(count, field).rejected(400);
        let case = format!("{count} of {item}");
        assert_cost(&case, &object, &web().to_string(), &refused);
    }
}

#[test]
fn many_fields_that_cannot_be_read_in_either_object_are_compared_in_time() {
    for item in ITEMS {
        assert_same(item);
    }
}

#[test]
fn many_items_that_are_none_in_either_object_are_compared_in_time() {
    assert_same(NO_ITEM);
}

#[test]
fn many_fields_that_cannot_be_read_any_more_are_told_in_time() {
    for item in ITEMS {
        assert_new(item);
    }
}

#[test]
fn many_items_that_are_none_any_more_are_told_in_time() {
    assert_new(NO_ITEM);
}

#[test]
fn many_items_that_are_none_in_lists_of_which_one_has_changed_are_compared_in_time() {
    for count in counts("1") {
        let new = full_of("1", count);
        let old = new.replacen("1]", "2]", 1);
        let refused = problems(count, "").rejected(400);
        let case = format!("{count} items of which one has changed");
        assert_cost(&case, &new, &old, &refused);
    }
}

#[test]
fn many_items_that_are_none_without_an_old_object_are_told_in_time() {
    for count in counts("1") {
        let object = full_of("1", count);
        let refused = problems(count, "").rejected(400);
        assert_cost(&format!("{count} items"), &object, "null", &refused);
    }
}
