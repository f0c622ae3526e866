//! Edits of single fields of a document. Only the values on the way to an edit are parsed.
//! Everything else is copied as it was written, numbers and escapes included.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::field_path::{FieldPath, Step};

/// The path of a field, and its new text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edit<'t> {
    path: FieldPath<'t>,
    text: String,
}

impl<'t> Edit<'t> {
    pub(crate) const fn new(path: FieldPath<'t>, text: String) -> Self {
        Self { path, text }
    }

    pub(crate) const fn path(&self) -> &FieldPath<'t> {
        &self.path
    }

    /// Applies every edit to a document. A missing field becomes the first one of its object.
    /// Returns `None` where an edit cannot be made: its object is missing, or its field holds
    /// neither a string nor null.
    pub(crate) fn apply(json: &str, edits: &[Self]) -> Option<String> {
        // Two images can share one pull policy, so one edit may come twice.
        let mut edits: Vec<&Self> = edits.iter().collect();
        edits.sort();
        edits.dedup();
        edited(json, &edits, 0)
    }
}

/// The value after `edits`, whose paths all share the `depth` steps that lead to it.
fn edited(json: &str, edits: &[&Edit<'_>], depth: usize) -> Option<String> {
    match edits.first()?.path.steps().get(depth) {
        None => match (edits, json.bytes().next()) {
            ([edit], Some(b'"' | b'n')) => serde_json::to_string(&edit.text).ok(),
            _ => None,
        },
        Some(Step::Field(_)) => edited_object(json, edits, depth),
        Some(Step::Item(_)) => edited_array(json, edits, depth),
    }
}

fn edited_object(json: &str, edits: &[&Edit<'_>], depth: usize) -> Option<String> {
    let RawObject(mut fields) = serde_json::from_str(json).ok()?;
    let mut groups: Vec<_> = groups(edits, depth).map(|group| (group, false)).collect();
    // The last of two equal keys counts, as in the tree.
    for (name, value) in fields.iter_mut().rev() {
        let found = groups.binary_search_by(|(group, _)| field_at(group, depth).cmp(&Some(name)));
        if let Ok(position) = found
            && let Some((group, is_made @ false)) = groups.get_mut(position)
        {
            *value = Cow::Owned(edited(value, group, depth + 1)?);
            *is_made = true;
        }
    }
    let mut missing = Vec::new();
    for (group, _) in groups.iter().filter(|(_, is_made)| !is_made) {
        let value = edited("null", group, depth + 1)?;
        missing.push((Cow::Borrowed(field_at(group, depth)?), Cow::Owned(value)));
    }
    let fields = missing.iter().chain(&fields);
    let fields = fields.map(|(name, value)| {
        let name = serde_json::to_string(name).ok()?;
        Some(format!("{name}:{value}"))
    });
    let fields: Option<Vec<String>> = fields.collect();
    Some(format!("{{{}}}", fields?.join(",")))
}

fn edited_array(json: &str, edits: &[&Edit<'_>], depth: usize) -> Option<String> {
    let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
    let mut items: Vec<Cow<'_, str>> = items.iter().map(|item| item.get().into()).collect();
    for group in groups(edits, depth) {
        let Some(Step::Item(index)) = group.first()?.path.steps().get(depth) else {
            return None;
        };
        let item = items.get_mut(*index)?;
        *item = Cow::Owned(edited(item, group, depth + 1)?);
    }
    Some(format!("[{}]", items.join(",")))
}

/// The name of the field into which all edits of a group step at `depth`.
fn field_at<'e>(group: &[&'e Edit<'_>], depth: usize) -> Option<&'e str> {
    match group.first()?.path.steps().get(depth)? {
        Step::Field(name) => Some(name),
        Step::Item(_) => None,
    }
}

/// The edits, grouped by their step at `depth`. Sorted edits make each group one slice.
fn groups<'e, 't>(
    edits: &'e [&'e Edit<'t>],
    depth: usize,
) -> impl Iterator<Item = &'e [&'e Edit<'t>]> {
    edits.chunk_by(move |a, b| a.path.steps().get(depth) == b.path.steps().get(depth))
}

/// The fields of an object: decoded names, and values as they were written.
struct RawObject<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'de> Deserialize<'de> for RawObject<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RawObjectVisitor)
    }
}

struct RawObjectVisitor;

impl<'de> Visitor<'de> for RawObjectVisitor {
    type Value = RawObject<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawObject<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, &'de RawValue>()? {
            fields.push((Cow::Owned(name), Cow::Borrowed(value.get())));
        }
        Ok(RawObject(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(path: &[Step<'static>], text: &str) -> Edit<'static> {
        Edit::new(FieldPath::from(path.to_vec()), text.to_owned())
    }

    const fn field(name: &'static str) -> Step<'static> {
        Step::field(name)
    }

    #[test]
    fn keeps_numbers_escapes_and_the_order_of_keys_outside_of_edits() {
        let object = r#"{"b":0.12345678901234567,"a":[{"x":"\u00e9"},{"n":9007199254740993,"x":null,"m":1.0}],"é":"\/"}"#;
        let edits = [edit(&[field("a"), Step::Item(1), field("x")], "z")];
        assert_eq!(
            Edit::apply(object, &edits).as_deref(),
            Some(
                r#"{"b":0.12345678901234567,"a":[{"x":"\u00e9"},{"n":9007199254740993,"x":"z","m":1.0}],"é":"\/"}"#
            )
        );
    }

    #[test]
    fn puts_a_missing_field_first() {
        let edits = [edit(&[field("a"), field("y")], "2")];
        assert_eq!(
            Edit::apply(r#"{"a":{"x":1}}"#, &edits).as_deref(),
            Some(r#"{"a":{"y":"2","x":1}}"#)
        );
        assert_eq!(
            Edit::apply(r#"{"a":{}}"#, &edits).as_deref(),
            Some(r#"{"a":{"y":"2"}}"#)
        );
    }

    #[test]
    fn makes_edits_in_any_order_and_each_once() {
        let (x, y) = (edit(&[field("x")], "3"), edit(&[field("y")], "4"));
        assert_eq!(
            Edit::apply(r#"{"x":"1","y":null}"#, &[y.clone(), x, y]).as_deref(),
            Some(r#"{"x":"3","y":"4"}"#)
        );
    }

    #[test]
    fn edits_the_last_of_two_fields_of_one_name() {
        assert_eq!(
            Edit::apply(r#"{"x":"1","x":"2"}"#, &[edit(&[field("x")], "3")]).as_deref(),
            Some(r#"{"x":"1","x":"3"}"#)
        );
    }

    #[test]
    fn escapes_the_new_text() {
        assert_eq!(
            Edit::apply(r#"{"x":""}"#, &[edit(&[field("x")], "a\"b")]).as_deref(),
            Some(r#"{"x":"a\"b"}"#)
        );
    }

    #[test]
    fn replaces_a_string_and_null_and_nothing_else() {
        for (value, is_replaced) in [
            ("\"1\"", true),
            ("null", true),
            ("{}", false),
            ("[]", false),
            ("1", false),
            ("-1", false),
            ("true", false),
            ("false", false),
        ] {
            let object = format!(r#"{{"x":{value}}}"#);
            let edited = Edit::apply(&object, &[edit(&[field("x")], "3")]);
            assert_eq!(edited.is_some(), is_replaced, "{value}");
        }
    }

    #[test]
    fn refuses_to_edit_a_missing_or_mistyped_parent() {
        let edits = [edit(&[field("a"), field("y")], "2")];
        for object in ["{}", r#"{"a":[]}"#, r#"{"a":null}"#, "[]"] {
            assert_eq!(Edit::apply(object, &edits), None, "{object}");
        }
        let edits = [edit(&[field("a"), Step::Item(1)], "2")];
        assert_eq!(Edit::apply(r#"{"a":["x"]}"#, &edits), None);
    }
}
