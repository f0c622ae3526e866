//! Maps paths in the merged object to paths in the manifest.

use mutable_tags_policy::document::FieldPath;
use serde_json::Value;

use super::keys::Site;
use crate::input::path_map::PathMap;

/// The paths that differ between the merged object and the manifest.
pub(super) fn between(merged: &Value, manifest: &Value, site: Site<'_>) -> PathMap {
    let root = FieldPath::default();
    let mapped = mapped(merged, manifest, site, &root, &root);
    mapped.into_iter().collect()
}

/// Each path in the merged object, and that in the manifest; `None` where only the live object has it.
fn mapped(
    merged: &Value,
    manifest: &Value,
    site: Site<'_>,
    path: &FieldPath<'static>,
    written: &FieldPath<'static>,
) -> Vec<(String, Option<String>)> {
    match (merged, manifest) {
        (Value::Object(merged), Value::Object(manifest)) => {
            let fields = merged.iter().flat_map(|(name, value)| {
                let path = path.with_field(name.clone());
                match manifest.get(name) {
                    Some(other) => {
                        let written = written.with_field(name.clone());
                        mapped(value, other, site.field(name), &path, &written)
                    }
                    // A text that the server filled in is best looked for where it would stand.
                    None if value.is_object() || value.is_array() => vec![(path.to_string(), None)],
                    None => Vec::new(),
                }
            });
            fields.collect()
        }
        (Value::Array(items), Value::Array(others)) => {
            let (Some(keys), Some(other_keys)) = (site.keys(items), site.keys(others)) else {
                return Vec::new();
            };
            let items = items.iter().zip(keys).enumerate();
            let items = items.flat_map(|(index, (item, key))| {
                let path = path.with_item(index);
                let place = other_keys.iter().position(|other| *other == key);
                match place.and_then(|place| Some((place, others.get(place)?))) {
                    None => vec![(path.to_string(), None)],
                    Some((place, other)) => {
                        let written = written.with_item(place);
                        let mut paths = vec![(path.to_string(), Some(written.to_string()))];
                        paths.extend(mapped(item, other, site, &path, &written));
                        paths
                    }
                }
            });
            items.collect()
        }
        _ => Vec::new(),
    }
}
