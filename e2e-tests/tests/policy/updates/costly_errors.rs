//! Updates of objects with many fields that cannot be read.

use super::{web, written_update};
use crate::answer::Expected;
use crate::hostile::cost::answer_to;
use crate::hostile::{MOST_ERRORS, OBJECT};
use crate::written::with_raw;

/// The size of each of the two objects, in bytes.
const SIZE: usize = 900_000;

/// The numbers of items in a list, up to the limit of errors and above it.
const COUNTS: [usize; 3] = [1_000, MOST_ERRORS, MOST_ERRORS + 1];

/// An item that is no container, and the field of the error.
const NO_ITEM: (&str, &str) = ("1", "");

/// Containers with a field that cannot be read, and the field.
const ITEMS: [(&str, &str); 3] = [
    (r#"{"image":1}"#, ".image"),
    (r#"{"name":1}"#, ".name"),
    (r#"{"imagePullPolicy":"x"}"#, ".imagePullPolicy"),
];

/// The numbers of items in a list, up to one that fills the object.
fn counts(item: &str) -> impl Iterator<Item = usize> {
    COUNTS.into_iter().chain([SIZE / (item.len() + 1)])
}

/// A Deployment whose list of containers has an item `count` times.
fn full_of(item: &str, count: usize) -> String {
    let list = format!("[{}]", vec![item; count].join(","));
    with_raw(&web(), "/spec/template/spec/containers", &list)
}

/// An error for every item, or one for the object if there are too many.
fn errors(count: usize, field: &str) -> Expected {
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
        let unchanged = errors(count, field).accepted();
        let case = format!("{count} of {item} in either object");
        assert_cost(&case, &object, &object, &unchanged);
    }
}

/// Updates a readable object to one that is full of an item.
fn assert_new((item, field): (&str, &str)) {
    for count in counts(item) {
        let object = full_of(item, count);
        let refused = errors(count, field).rejected(400);
        let case = format!("{count} of {item}");
        assert_cost(&case, &object, &web().to_string(), &refused);
    }
}

#[test]
fn compares_many_unreadable_fields_within_limits() {
    for item in ITEMS {
        assert_same(item);
    }
}

#[test]
fn compares_many_invalid_items_within_limits() {
    assert_same(NO_ITEM);
}

#[test]
fn reports_many_new_unreadable_fields_within_limits() {
    for item in ITEMS {
        assert_new(item);
    }
}

#[test]
fn reports_many_new_invalid_items_within_limits() {
    assert_new(NO_ITEM);
}

#[test]
fn reports_invalid_items_of_a_changed_list_within_limits() {
    for count in counts("1") {
        let new = full_of("1", count);
        let old = new.replacen("1]", "2]", 1);
        let refused = errors(count, "").rejected(400);
        let case = format!("{count} items of which one has changed");
        assert_cost(&case, &new, &old, &refused);
    }
}

#[test]
fn reports_invalid_items_without_an_old_object_within_limits() {
    for count in counts("1") {
        let object = full_of("1", count);
        let refused = errors(count, "").rejected(400);
        assert_cost(&format!("{count} items"), &object, "null", &refused);
    }
}
