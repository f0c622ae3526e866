//! Maps paths in the merged object to paths in the manifest.

use mutable_tags_policy::document::FieldPath;
use serde_json::Value;

use super::keys::Site;
use crate::input::path_map::PathMap;

/// The paths that differ between the merged object and the manifest.
pub(super) fn between(merged: &Value, manifest: &Value, site: Site<'_>) -> PathMap {
    let root = FieldPath::default();
    mapped(merged, manifest, site, &root, &root).collect()
}

type Mapped = Box<dyn Iterator<Item = (String, Option<String>)>>;

fn mapped(
    merged: &Value,
    manifest: &Value,
    site: Site<'_>,
    path: &FieldPath<'static>,
    written: &FieldPath<'static>,
) -> Mapped {
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
                        let inner = mapped(item, other, site, &path, &written);
                        Box::new([own].into_iter().chain(inner))
                    }
                }
            });
            Box::new(items.collect::<Vec<_>>().into_iter())
        }
        _ => nothing(),
    }
}

fn live_only(path: &FieldPath<'static>) -> Mapped {
    Box::new([(path.to_string(), None)].into_iter())
}

fn nothing() -> Mapped {
    Box::new([].into_iter())
}
