//! Updates of large objects, which must be compared within the limits.

use super::{found, rejected, warned, web, written_update};
use crate::answer::{Expected, Finding};
use crate::hostile::OBJECT;
use crate::hostile::cost::answer_to;
use crate::written::with_raw;

/// The size of each of the two objects, in bytes.
const SIZE: usize = 900_000;

/// The most findings of containers without a name. A path counts as 64 bytes, 16 for each of
/// its 6 steps, and 31 for names.
const MOST_FINDINGS: usize = 10_979;

/// A number of findings of containers with a short name that the limit allows.
const NAMED: usize = 9_999;

/// The items of the longest list that fits into an object.
fn list_of(item: impl Fn(usize) -> String) -> Vec<String> {
    let count = SIZE / (item(999_999).len() + 1);
    (0..count).map(item).collect()
}

/// The numbers below `count`, in an irregular order.
fn shuffled(count: usize) -> impl Iterator<Item = usize> {
    // Steps of a prime that does not divide the count reach every number once.
    (0..count).map(move |position| position * 700_001 % count)
}

fn with_containers(containers: &[String]) -> String {
    let list = format!("[{}]", containers.join(","));
    with_raw(&web(), "/spec/template/spec/containers", &list)
}

fn with_labels(labels: &str) -> String {
    with_raw(&web(), "/spec/template/metadata/labels", labels)
}

fn assert_cost(case: &str, new: &str, old: &str, expected: &Expected) {
    let payload = written_update(new, old);
    assert_eq!(&answer_to(case, payload.as_bytes()), expected, "{case}");
}

fn at(index: usize) -> Finding {
    let path = format!("spec.template.spec.containers[{index}].image");
    Finding::at(&path, "a").with_reason("no-tag")
}

#[test]
fn many_findings_without_a_name_are_compared_within_limits() {
    let containers = vec![r#"{"image":"a"}"#.to_owned(); MOST_FINDINGS];
    let found = || (0..containers.len()).map(at);
    assert_changes(&containers, &warned(found()), &rejected(found()));
}

#[test]
fn too_many_findings_are_one_error() {
    let refused = Expected::strict([]).unreadable([OBJECT]);
    for containers in [
        vec![r#"{"image":"a"}"#.to_owned(); MOST_FINDINGS + 1],
        list_of(|_| r#"{"image":"a"}"#.to_owned()),
    ] {
        let unchanged = refused.clone().accepted();
        assert_changes(&containers, &unchanged, &refused.clone().rejected(400));
    }
}

/// Asserts the answers to an update that leaves a list of containers as it is, and to updates
/// that restart them.
fn assert_changes(containers: &[String], unchanged: &Expected, changed: &Expected) {
    let new = with_containers(containers);
    assert_cost("same", &new, &new, unchanged);
    let spaced = new.replacen("{\"image\"", "{ \"image\"", 1);
    assert_cost("spaced", &new, &spaced, unchanged);
    let other = new.replacen("\"app\"", "\"app2\"", 1);
    assert_cost("restarted", &new, &other, changed);
    let fewer = with_containers(&containers[1..]);
    assert_cost("one more", &new, &fewer, changed);
}

#[test]
fn many_findings_in_another_order_are_compared_within_limits() {
    let container = |number| format!(r#"{{"name":"{number}","image":"a"}}"#);
    let containers: Vec<_> = (0..NAMED).map(container).collect();
    let moved: Vec<_> = shuffled(containers.len())
        .map(|number| containers[number].clone())
        .collect();
    let found = (0..containers.len()).map(at);
    assert_cost(
        "shuffled",
        &with_containers(&containers),
        &with_containers(&moved),
        &rejected(found),
    );
}

#[test]
fn many_findings_of_other_names_are_new_within_limits() {
    let containers = |prefix: &str| {
        let container = |number| format!(r#"{{"name":"{prefix}{number}","image":"a"}}"#);
        (0..NAMED).map(container).collect::<Vec<_>>()
    };
    let [new, old] = ["a", "b"].map(containers);
    let found = (0..new.len()).map(at);
    assert_cost(
        "renamed",
        &with_containers(&new),
        &with_containers(&old),
        &rejected(found),
    );
}

#[test]
fn compares_many_keys_in_another_order_within_limits() {
    let key = |number: usize| format!(r#""{number:05x}":0"#);
    let labels = |numbers: &mut dyn Iterator<Item = usize>| {
        let fields: Vec<String> = numbers.map(key).collect();
        with_labels(&format!("{{{}}}", fields.join(",")))
    };
    let count = 90_000;
    let sorted = labels(&mut (0..count));
    let moved = labels(&mut shuffled(count));
    assert_cost("shuffled", &moved, &sorted, &warned([found()]));
    let reversed = labels(&mut (0..count).rev());
    assert_cost("reversed", &moved, &reversed, &warned([found()]));
    let other = labels(&mut shuffled(count).map(|number| number.max(1)));
    assert_cost("twice", &other, &sorted, &rejected([found()]));
    let other = moved.replacen(":0,", ":1,", 1);
    assert_cost("other value", &other, &sorted, &rejected([found()]));
}

#[test]
fn keys_that_must_be_decoded_are_compared_within_limits() {
    let labels = |numbers: &mut dyn Iterator<Item = usize>| {
        let fields: Vec<String> = numbers
            .map(|number| format!(r#""\n{number:05x}":"\t""#))
            .collect();
        with_labels(&format!("{{{}}}", fields.join(",")))
    };
    let sorted = labels(&mut (0..60_000));
    let moved = labels(&mut shuffled(60_000));
    assert_cost("shuffled", &moved, &sorted, &warned([found()]));
}

/// Two objects with the same labels in opposite order: a number, and a list that is filled up
/// with an item.
fn wide(item: &str) -> [String; 2] {
    let count = SIZE / (item.len() + 1);
    let list = format!("[{}]", vec![item; count].join(","));
    [
        with_labels(&format!(r#"{{"a":1,"list":{list}}}"#)),
        with_labels(&format!(r#"{{"list":{list},"a":1}}"#)),
    ]
}

#[test]
fn compares_wide_templates_in_another_key_order_within_limits() {
    for item in [
        "0",
        "0.5",
        "\"\"",
        "\"\\n\"",
        "{}",
        "[]",
        "[0]",
        r#"{"":0}"#,
        r#"{"\n":"\n"}"#,
    ] {
        let [new, old] = wide(item);
        assert_cost(item, &new, &old, &warned([found()]));
    }
}

#[test]
fn compares_deep_templates_in_another_key_order_within_limits() {
    for depth in [2, 10, 60, 110] {
        let lists = format!("{}0{}", "[".repeat(depth), "]".repeat(depth));
        let objects = format!("{}0{}", "{\"\":".repeat(depth), "}".repeat(depth));
        for item in [lists, objects] {
            let [new, old] = wide(&item);
            assert_cost(&item, &new, &old, &warned([found()]));
        }
    }
}

#[test]
fn refuses_templates_that_are_too_deep_within_limits() {
    let refused = Expected::strict([]).unreadable([OBJECT]).rejected(400);
    for (open, close) in [("[", "]"), ("{\"\":", "}")] {
        let depth = SIZE / (open.len() + close.len());
        let deep = format!("{}0{}", open.repeat(depth), close.repeat(depth));
        let new = with_labels(&format!(r#"{{"a":1,"deep":{deep}}}"#));
        let old = with_labels(&format!(r#"{{"deep":{deep},"a":1}}"#));
        assert_cost(open, &new, &old, &refused);
        assert_cost(open, &new, &new, &refused);
    }
}
