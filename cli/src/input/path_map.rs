//! Maps paths in the judged object to paths in its document, where these differ.

use std::collections::BTreeMap;

/// The paths of values in an object, each with its path in the document; `None` for a value that the
/// document does not have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PathMap(BTreeMap<String, Option<String>>);

impl FromIterator<(String, Option<String>)> for PathMap {
    fn from_iter<I: IntoIterator<Item = (String, Option<String>)>>(paths: I) -> Self {
        Self(paths.into_iter().collect())
    }
}

impl PathMap {
    /// The path in the document; `None` for a value that the document does not have.
    pub(crate) fn in_document(&self, path: &str) -> Option<String> {
        let ends = path.match_indices(['.', '[']).map(|(end, _)| end);
        let ends = ends.chain([path.len()]);
        let outer = ends.rev().find_map(|end| {
            let (outer, rest) = path.split_at_checked(end)?;
            Some((self.0.get(outer)?, rest))
        });
        match outer {
            None => Some(path.to_owned()),
            Some((mapped, rest)) => mapped.as_ref().map(|mapped| format!("{mapped}{rest}")),
        }
    }
}
