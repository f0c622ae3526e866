//! The rules for tags, on tags from real registries.

use std::collections::BTreeSet;

use mutable_tags_policy::image::ImageReference;
use mutable_tags_policy::image::publisher::{
    PUBLISHERS, Practice, Publisher, PublisherMatch, Source,
};
use mutable_tags_policy::image::shape::{self, Rule};
use mutable_tags_policy::settings::Settings;

use crate::table;
use crate::test;

/// An image is judged with the default settings, a tag by its shape alone.
fn judge(written: &str) -> (&'static str, &'static str) {
    let mutability = if written.contains(':') {
        let reference = ImageReference::try_from(written).unwrap();
        Settings::default().tags().mutability(&reference)
    } else {
        let image = format!("registry.example/app:{written}");
        let reference = ImageReference::try_from(image.as_str()).unwrap();
        shape::classify(reference.tag().unwrap())
    };
    (mutability.class(), mutability.code())
}

#[test]
fn classifies_every_tag_of_the_table() {
    let rows = table::rows(include_str!("../cases/tags.tsv"));
    assert!(rows.len() >= 800, "the table has {} rows", rows.len());
    let wrong: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let [tag, mutability, reason, _origin] = row.columns();
            let found = judge(tag);
            (found != (mutability, reason))
                .then(|| format!("{tag}: expected {mutability} {reason}, found {found:?}"))
        })
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

/// The class and the reason that docs/tags.md has for a rule.
fn documented_rule(number: u8) -> (&'static str, &'static str) {
    let page = include_str!("../../docs/tags.md");
    let first = format!("| {number}");
    let row = page.lines().find_map(|line| {
        let cells: Vec<_> = line.split(" | ").collect();
        match cells.as_slice() {
            [own, _, class, reason, ..] if *own == first => Some((*class, *reason)),
            _ => None,
        }
    });
    let (class, reason) = row.unwrap();
    (class, reason.trim_matches('`'))
}

#[test]
fn every_rule_says_what_is_documented() {
    let mut numbers = BTreeSet::new();
    for row in table::rows(include_str!("../cases/tags.tsv")) {
        let [tag, ..] = row.columns::<4>();
        if tag.contains(':') {
            continue;
        }
        let image = format!("registry.example/app:{tag}");
        let reference = ImageReference::try_from(image.as_str()).unwrap();
        let rule = Rule::of(reference.tag().unwrap());
        let result = (rule.mutability().class(), rule.mutability().code());
        assert_eq!(result, documented_rule(rule.number()), "{tag}");
        numbers.insert(rule.number());
    }
    assert_eq!(numbers, (1..=11).collect());
}

#[test]
fn finds_every_publisher_by_its_images() {
    for publisher in PUBLISHERS {
        for images in publisher.images() {
            let repository = match images.strip_suffix('/') {
                Some(_) => format!("{images}app"),
                None => (*images).to_owned(),
            };
            let found = PublisherMatch::of(&repository).unwrap();
            assert_eq!((found.publisher, found.images), (publisher, *images));
        }
    }
}

#[test]
fn finds_no_publisher_beside_its_images() {
    for publisher in PUBLISHERS {
        for images in publisher.images() {
            let repository = format!("{}-of-others/app", images.trim_end_matches('/'));
            let found = PublisherMatch::of(&repository).map(|found| found.publisher);
            assert_ne!(found, Some(publisher), "{repository}");
        }
    }
}

/// The row of docs/tags.md for a publisher.
fn documented(publisher: &Publisher) -> String {
    let images: Vec<_> = publisher
        .images()
        .iter()
        .map(|images| match images.strip_suffix('/') {
            Some(_) => format!("`{images}**`"),
            None => format!("`{images}`"),
        })
        .collect();
    let practice = match publisher.practice() {
        Practice::Rebuilds => "rebuilds".to_owned(),
        Practice::RebuildsVersions => "rebuilds versions".to_owned(),
        Practice::RebuildsUnless(suffix) => format!("rebuilds, except with `-{suffix}`"),
        Practice::RebuildsDatesToo => "rebuilds dates too".to_owned(),
        Practice::NeverMoves => "never moves".to_owned(),
    };
    let source = match publisher.source() {
        Source::Documented(page) => format!("[its documentation]({page})"),
        Source::Observed { versions, moved } => format!("{moved} of {versions} moved"),
    };
    format!("| {} | {practice} | {source} |", images.join(", "))
}

#[test]
fn every_publisher_is_documented() {
    let page = include_str!("../../docs/tags.md");
    let expected: Vec<_> = PUBLISHERS.iter().map(documented).collect();
    let (_, table) = page
        .split_once("| images | practice | known from |\n| --- | --- | --- |\n")
        .unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    assert_eq!(table, expected.join("\n"), "docs/tags.md, The publisher");
}

#[test]
fn every_publisher_has_a_source() {
    for publisher in PUBLISHERS {
        match publisher.source() {
            Source::Documented(page) => {
                let is_address =
                    page.starts_with("https://") && !page.contains(char::is_whitespace);
                assert!(is_address, "{publisher:?}");
            }
            // The rule of docs/evidence.md for a publisher.
            Source::Observed { versions, moved } => {
                assert!(
                    versions >= 5 && moved <= versions && moved * 4 >= versions,
                    "{publisher:?}"
                );
            }
        }
    }
}
