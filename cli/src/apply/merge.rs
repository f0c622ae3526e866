//! Merges the value of a manifest into the value that runs.

use serde_json::{Map, Value};

use super::keys::Site;
use super::quantity::are_equal_quantities;
use super::scalar::is_read_as;

/// The value that runs after the apply. `last` is the value of the manifest that was applied last.
pub(super) fn merge(live: &Value, manifest: &Value, last: Option<&Value>, site: Site<'_>) -> Value {
    match (live, manifest) {
        (Value::Object(live), Value::Object(manifest)) => {
            let last = last.and_then(Value::as_object);
            Value::Object(merge_fields(live, manifest, last, site))
        }
        (Value::Array(items), Value::Array(new)) => {
            let last = last.and_then(Value::as_array);
            merge_items(items, new, last, site).unwrap_or_else(|| {
                // If the list was applied like this before, its other fields are the server's.
                match last.is_none_or(|last| last == new) && contains(live, manifest, site) {
                    true => live.clone(),
                    false => without_nulls(manifest),
                }
            })
        }
        _ if contains(live, manifest, site) => live.clone(),
        _ => without_nulls(manifest),
    }
}

fn merge_fields(
    live: &Map<String, Value>,
    manifest: &Map<String, Value>,
    last: Option<&Map<String, Value>>,
    site: Site<'_>,
) -> Map<String, Value> {
    let drops_others = site.retains_keys() && !contains_fields(live, manifest, site);
    let merged_value = |name: &String, value: &Value| {
        let site = site.field(name);
        let was_applied = last.is_some_and(|last| last.contains_key(name));
        match manifest.get(name) {
            _ if site.is_set_by_the_server() => Some(value.clone()),
            Some(new) if new == value => Some(value.clone()),
            Some(new) if !site.is_unset(new) || new.is_object() || new.is_array() => {
                let last = last.and_then(|last| last.get(name));
                Some(merge(value, new, last, site))
            }
            None if drops_others => None,
            None if !was_applied => Some(value.clone()),
            // The field is removed, and the server fills in its default.
            _ => Some(value.clone()).filter(|value| site.is_default(value, manifest)),
        }
    };
    let is_new = |name: &String, value: &Value| {
        let site = site.field(name);
        !live.contains_key(name) && !site.is_set_by_the_server() && !site.is_unset(value)
    };
    let merged = live
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), merged_value(name, value)?)));
    let new = manifest
        .iter()
        .filter(|(name, value)| is_new(name, value))
        .map(|(name, value)| (name.clone(), without_nulls(value)));
    merged.chain(new).collect()
}

/// Merges lists by the keys of their items; `None` for a list without keys.
///
/// The items have the order of the manifest. An item that only the live list has stays before the
/// item that it precedes there, as kubectl sorts them.
fn merge_items(
    live: &[Value],
    manifest: &[Value],
    last: Option<&Vec<Value>>,
    site: Site<'_>,
) -> Option<Value> {
    let live_keys = site.keys(live)?;
    let keys = site.keys(manifest)?;
    let last = last.map_or([].as_slice(), Vec::as_slice);
    let last_keys = site.keys(last).unwrap_or_default();
    let last_of = |key| {
        let index = last_keys.iter().position(|other| other == key)?;
        last.get(index)
    };
    let live_only = live_keys.iter().zip(live).enumerate();
    let mut live_only = live_only
        .filter(|(_, (key, _))| !keys.contains(key) && !last_keys.contains(key))
        .map(|(index, (_, item))| (index, item))
        .peekable();
    let mut merged = Vec::with_capacity(live.len().max(manifest.len()));
    for (key, new) in keys.iter().zip(manifest) {
        let Some(index) = live_keys.iter().position(|other| other == key) else {
            merged.push(without_nulls(new));
            continue;
        };
        while let Some((_, item)) = live_only.next_if(|(before, _)| *before < index) {
            merged.push(item.clone());
        }
        let old = live.get(index)?;
        merged.push(merge(old, new, last_of(key), site));
    }
    merged.extend(live_only.map(|(_, item)| item.clone()));
    Some(Value::Array(merged))
}

/// Whether the live value says all that the manifest says.
fn contains(live: &Value, manifest: &Value, site: Site<'_>) -> bool {
    match (live, manifest) {
        (Value::Object(live), Value::Object(manifest)) => contains_fields(live, manifest, site),
        (Value::Array(live), Value::Array(manifest)) => {
            let mut pairs = live.iter().zip(manifest);
            live.len() == manifest.len() && pairs.all(|(live, new)| contains(live, new, site))
        }
        _ => {
            live == manifest
                || is_read_as(live, manifest)
                || (site.is_quantity() && are_equal_quantities(live, manifest))
        }
    }
}

fn contains_fields(
    live: &Map<String, Value>,
    manifest: &Map<String, Value>,
    site: Site<'_>,
) -> bool {
    manifest.iter().all(|(name, new)| {
        let site = site.field(name);
        match live.get(name) {
            None | Some(Value::Null) => site.is_unset(new),
            Some(live) if site.is_unset(new) => live == new || site.is_default(live, manifest),
            Some(live) => contains(live, new, site),
        }
    })
}

/// The value without the fields that are null, which the API server does not keep.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, value)| !value.is_null());
            let fields = fields.map(|(name, value)| (name.clone(), without_nulls(value)));
            Value::Object(fields.collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_nulls).collect()),
        other => other.clone(),
    }
}
