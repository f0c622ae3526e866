//! Keys that are given more than once in a mapping. They are not an error: the last value counts.

use std::fmt;

use super::document::Document;
use crate::place::Place;
use crate::printable::Printable;

/// The number of keys of a file that are named one by one.
const MOST: usize = 10;

/// A key that is given more than once in its mapping, or the number of further ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RepeatedKey {
    /// The key with this path in a document.
    At(Place, String),
    /// The number of keys that are not named, and their file.
    Others(Place, usize),
}

impl RepeatedKey {
    /// The first repeated keys in the documents of a file, and the number of the others.
    pub(crate) fn all<'d>(documents: impl IntoIterator<Item = &'d Document>) -> Vec<Self> {
        let documents = documents.into_iter();
        let mut keys = documents.flat_map(|document| {
            let paths = document.repeated.iter();
            paths.map(|path| (&document.place, path))
        });
        let first = keys.by_ref().take(MOST);
        let mut all: Vec<_> = first
            .map(|(place, path)| Self::At(place.clone(), path.clone()))
            .collect();
        if let Some((place, _)) = keys.next() {
            let file = Place::new(place.source());
            all.push(Self::Others(file, keys.count() + 1));
        }
        all
    }
}

impl fmt::Display for RepeatedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(place, path) => {
                write!(
                    f,
                    "{place}: {} is given more than once: the last value counts",
                    Printable(path)
                )?;
                // Two objects without a line between them are read as one.
                match path.as_str() {
                    "apiVersion" => f.write_str(" (is a line `---` missing?)"),
                    _ => Ok(()),
                }
            }
            Self::Others(file, 1) => write!(f, "{file}: 1 more key is given more than once"),
            Self::Others(file, count) => {
                write!(f, "{file}: {count} more keys are given more than once")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn document(number: usize, keys: usize) -> Document {
        let keys = 0..keys;
        Document {
            repeated: keys.map(|key| format!("k{key}")).collect(),
            ..Document::of(Place::new("f").document(number), Value::Null)
        }
    }

    #[test]
    fn asks_for_the_line_between_two_objects() {
        for (key, told) in [
            (
                "apiVersion",
                "f: apiVersion is given more than once: the last value counts (is a line `---` missing?)",
            ),
            (
                "kind",
                "f: kind is given more than once: the last value counts",
            ),
        ] {
            let key = RepeatedKey::At(Place::new("f"), key.to_owned());
            assert_eq!(key.to_string(), told);
        }
    }

    #[test]
    fn names_ten_keys_of_a_file_and_counts_the_others() {
        let told = |documents: &[Document]| -> Vec<String> {
            let keys = RepeatedKey::all(documents).into_iter();
            keys.map(|key| key.to_string()).collect()
        };
        assert!(told(&[document(1, 0)]).is_empty());
        let ten = told(&[document(1, 4), document(2, 6)]);
        assert_eq!(ten.len(), 10);
        assert_eq!(
            ten.last().map(String::as_str),
            Some("f, document 2: k5 is given more than once: the last value counts")
        );
        for (keys, others) in [
            (7, "f: 1 more key is given more than once"),
            (9, "f: 3 more keys are given more than once"),
        ] {
            let told = told(&[document(1, 4), document(2, keys)]);
            assert_eq!(told.len(), 11);
            assert_eq!(told.last().map(String::as_str), Some(others));
        }
    }
}
