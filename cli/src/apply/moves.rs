//! Tells where in the manifest a value of the merged object stands.

use std::collections::BTreeMap;

use mutable_tags_policy::document::FieldPath;
use serde_json::Value;

use super::keys::Site;

/// The values that stand elsewhere in the manifest than in the merged object.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Moves(BTreeMap<String, Option<String>>);

impl Moves {
    pub(super) fn between(merged: &Value, manifest: &Value, site: Site<'_>) -> Self {
        let root = FieldPath::default();
        Self(moves(merged, manifest, site, &root, &root).collect())
    }

    /// The path in the manifest; nothing for a value that only the live object has.
    pub(crate) fn in_manifest(&self, path: &str) -> Option<String> {
        let ends = path.match_indices(['.', '[']).map(|(end, _)| end);
        let ends = ends.chain([path.len()]);
        let outer = ends.rev().find_map(|end| {
            let (outer, rest) = path.split_at_checked(end)?;
            Some((self.0.get(outer)?, rest))
        });
        match outer {
            None => Some(path.to_owned()),
            Some((moved, rest)) => moved.as_ref().map(|moved| format!("{moved}{rest}")),
        }
    }
}

type Moved = Box<dyn Iterator<Item = (String, Option<String>)>>;

fn moves(
    merged: &Value,
    manifest: &Value,
    site: Site<'_>,
    path: &FieldPath<'static>,
    written: &FieldPath<'static>,
) -> Moved {
    match (merged, manifest) {
        (Value::Object(merged), Value::Object(manifest)) => {
            let fields = merged.iter().flat_map(|(name, value)| {
                let path = path.with_field(name.clone());
                match manifest.get(name) {
                    Some(other) => {
                        let written = written.with_field(name.clone());
                        moves(value, other, site.field(name), &path, &written)
                    }
                    // A text that the server filled in is best looked for where it would stand.
                    None if value.is_object() || value.is_array() => live_only(&path),
                    None => nothing(),
                }
            });
            Box::new(fields.collect::<Vec<_>>().into_iter())
        }
        (Value::Array(items), Value::Array(others)) => {
            let keys = (site.keys(items), site.keys(others));
            let (Some(keys), Some(other_keys)) = keys else {
                return nothing();
            };
            let items = items.iter().zip(keys).enumerate();
            let items = items.flat_map(|(index, (item, key))| {
                let path = path.with_item(index);
                let place = other_keys.iter().position(|other| *other == key);
                match place.and_then(|place| Some((place, others.get(place)?))) {
                    None => live_only(&path),
                    Some((place, other)) => {
                        let written = written.with_item(place);
                        let own = (path.to_string(), Some(written.to_string()));
                        let inner = moves(item, other, site, &path, &written);
                        Box::new([own].into_iter().chain(inner))
                    }
                }
            });
            Box::new(items.collect::<Vec<_>>().into_iter())
        }
        _ => nothing(),
    }
}

fn live_only(path: &FieldPath<'static>) -> Moved {
    Box::new([(path.to_string(), None)].into_iter())
}

fn nothing() -> Moved {
    Box::new([].into_iter())
}
