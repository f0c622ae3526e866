//! The rules for the shape of tags, on tags from real registries.

use mutable_tags_policy::image::{ImageReference, Mutability, shape};

use crate::table;
use crate::test;

#[test]
fn classifies_every_tag_of_the_table() {
    let rows = table::rows(include_str!("../cases/tags.tsv"));
    assert!(rows.len() >= 600, "the table has {} rows", rows.len());
    let wrong: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let [tag, mutability, reason, _origin] = row.columns();
            let written = format!("registry.example/app:{tag}");
            let reference = ImageReference::try_from(written.as_str()).unwrap();
            let (found_mutability, found_reason) = match shape::classify(reference.tag().unwrap()) {
                Mutability::Pinned => ("pinned", "digest"),
                Mutability::Immutable(reason) => ("immutable", reason.code()),
                Mutability::Mutable(reason) => ("mutable", reason.code()),
            };
            (found_mutability != mutability || found_reason != reason).then(|| {
                format!(
                    "{tag}: expected {mutability} {reason}, found {found_mutability} {found_reason}"
                )
            })
        })
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}
