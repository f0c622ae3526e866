//! The grammar of references, on a table of edge cases.

use mutable_tags_policy::image::ImageReference;

use crate::table;
use crate::test;

#[test]
fn parses_or_refuses_every_reference_of_the_table() {
    let rows = table::rows(include_str!("../cases/references.tsv"));
    assert!(rows.len() >= 390, "the table has {} rows", rows.len());
    let wrong: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let [written, registry, repository, tag, digest, error] = row.columns();
            let text: String = serde_json::from_str(written).unwrap();
            let expected = [registry, repository, tag, digest, error].map(str::to_owned);
            let none = || "-".to_owned();
            let found = match ImageReference::try_from(text.as_str()) {
                Ok(reference) => [
                    reference.registry().to_owned(),
                    reference.repository().to_string(),
                    reference
                        .tag()
                        .map_or_else(none, |tag| tag.as_str().to_owned()),
                    reference
                        .digest()
                        .map_or_else(none, |digest| digest.as_str().to_owned()),
                    none(),
                ],
                Err(error) => [none(), none(), none(), none(), error.to_string()],
            };
            (found != expected)
                .then(|| format!("{written}: expected {expected:?}, found {found:?}"))
        })
        .collect();
    assert_eq!(wrong.join("\n"), "");
}

#[test]
fn displays_what_was_written() {
    for row in table::rows(include_str!("../cases/references.tsv")) {
        let [written, ..] = row.columns::<6>();
        let text: String = serde_json::from_str(written).unwrap();
        if let Ok(reference) = ImageReference::try_from(text.as_str()) {
            assert_eq!(reference.to_string(), text);
        }
    }
}
