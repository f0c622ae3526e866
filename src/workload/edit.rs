//! Changes of single fields of an object, made in its text: whatever else it holds
//! stays byte for byte as it was written.

use super::capture::Part;
use super::field_path::{FieldPath, Step};
use super::order::{sort_and_dedup, sort_by};
use crate::image::Quoted;

/// A field, and what it shall hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edit<'a> {
    path: FieldPath<'a>,
    /// The path of the object that the field belongs to.
    holder: FieldPath<'a>,
    json: String,
}

/// A run of bytes of an object, and the text that takes its place.
struct Splice {
    start: usize,
    end: usize,
    text: String,
}

impl<'a> Edit<'a> {
    /// Gives a field a value, as JSON.
    pub(crate) fn new(path: FieldPath<'a>, json: String) -> Self {
        let holder = path.above(1);
        Self { path, holder, json }
    }

    /// The path of the field.
    pub(crate) const fn path(&self) -> &FieldPath<'a> {
        &self.path
    }

    /// An object with every edit made: a field that is there gets its new value, one
    /// that is missing is put first into the object that it belongs to. Nothing where
    /// one of them cannot be made, or a key on the way stands twice; nor where the field
    /// holds neither text nor null, and so means something else.
    pub(crate) fn apply(object: &str, edits: &[Self]) -> Option<String> {
        let mut paths = Vec::with_capacity(edits.len() * 2);
        // Two images can share one pull policy.
        let mut once = Vec::with_capacity(edits.len());
        for edit in edits {
            paths.push(&edit.holder);
            paths.push(&edit.path);
            once.push(edit);
        }
        sort_and_dedup(&mut once);
        let parts = Part::take(object, paths)?;
        if Part::are_ambiguous(&parts) {
            return None;
        }
        let mut splices: Vec<Splice> = Vec::with_capacity(once.len());
        for edit in once {
            splices.push(edit.splice(object, &parts)?);
        }
        sort_by(&mut splices, |a, b| a.start.cmp(&b.start));
        let mut edited = String::with_capacity(object.len() + splices.len() * 128);
        let mut done = 0;
        for splice in splices {
            edited.push_str(object.get(done..splice.start)?);
            edited.push_str(&splice.text);
            done = splice.end;
        }
        edited.push_str(object.get(done..)?);
        Some(edited)
    }

    fn splice(&self, object: &str, parts: &[Part<'_, '_>]) -> Option<Splice> {
        if let Some(value) = Part::json(parts, &self.path) {
            if !matches!(value.bytes().next(), Some(b'"' | b'n')) {
                return None;
            }
            let start = offset(object, value)?;
            return Some(Splice {
                start,
                end: start + value.len(),
                text: self.json.clone(),
            });
        }
        let holder = Part::json(parts, &self.holder)?;
        let Some(Step::Field(name)) = self.path.steps().last() else {
            return None;
        };
        let mut bytes = holder.bytes();
        if bytes.next() != Some(b'{') {
            return None;
        }
        let is_alone = bytes.find(|byte| !byte.is_ascii_whitespace()) == Some(b'}');
        let name = Quoted::cut(name, name.len());
        let comma = if is_alone { "" } else { "," };
        let start = offset(object, holder)? + 1;
        Some(Splice {
            start,
            end: start,
            text: format!("{name}:{}{comma}", self.json),
        })
    }
}

/// Where a part of a text begins in it.
fn offset(text: &str, part: &str) -> Option<usize> {
    part.as_ptr().addr().checked_sub(text.as_ptr().addr())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(fields: &[&'static str]) -> FieldPath<'static> {
        let steps: Vec<_> = fields.iter().map(|field| Step::field(field)).collect();
        FieldPath::from(steps.as_slice())
    }

    fn edit(fields: &[&'static str], json: &str) -> Edit<'static> {
        Edit::new(path(fields), json.to_owned())
    }

    #[test]
    fn a_value_is_replaced_and_all_else_stays_as_it_is_written() {
        let object = r#"{ "b" : 1e400, "a": { "x":"\u00e9","y" : [ ] }, "a2":"é" }"#;
        assert_eq!(
            Edit::apply(object, &[edit(&["a", "x"], "\"z\"")]).as_deref(),
            Some(r#"{ "b" : 1e400, "a": { "x":"z","y" : [ ] }, "a2":"é" }"#)
        );
    }

    #[test]
    fn a_missing_field_is_put_first() {
        assert_eq!(
            Edit::apply(r#"{"a":{"x":1}}"#, &[edit(&["a", "y"], "2")]).as_deref(),
            Some(r#"{"a":{"y":2,"x":1}}"#)
        );
    }

    #[test]
    fn a_missing_field_of_an_empty_object_stands_alone() {
        assert_eq!(
            Edit::apply(r#"{"a":{ }}"#, &[edit(&["a", "y"], "2")]).as_deref(),
            Some(r#"{"a":{"y":2 }}"#)
        );
    }

    #[test]
    fn edits_are_made_whatever_their_order_and_each_once() {
        let (x, y) = (edit(&["x"], "3"), edit(&["y"], "4"));
        assert_eq!(
            Edit::apply(r#"{"x":"1","y":null}"#, &[y.clone(), x, y]).as_deref(),
            Some(r#"{"x":3,"y":4}"#)
        );
    }

    #[test]
    fn nothing_is_edited_below_a_key_that_stands_twice() {
        let edit = [edit(&["a", "x"], "3")];
        for object in [
            r#"{"a":{"x":"1"},"a":{"x":"2"}}"#,
            r#"{"a":{"x":"1"},"a":{}}"#,
            r#"{"a":{"x":"1"},"a":null}"#,
            r#"{"a":1,"a":{"x":"1"}}"#,
            r#"{"a":{"x":"1","x":"2"}}"#,
            r#"{"a":{"x":"1"},"\u0061":{}}"#,
        ] {
            assert_eq!(Edit::apply(object, &edit), None, "{object}");
        }
        let beside = r#"{"b":1,"a":{"x":"1","y":1,"y":2},"b":2}"#;
        assert_eq!(
            Edit::apply(beside, &edit).as_deref(),
            Some(r#"{"b":1,"a":{"x":3,"y":1,"y":2},"b":2}"#)
        );
    }

    #[test]
    fn what_is_neither_text_nor_null_is_not_replaced() {
        for value in ["{}", "[]", "1", "-1", "true", "false"] {
            let object = format!(r#"{{"x":{value}}}"#);
            assert_eq!(Edit::apply(&object, &[edit(&["x"], "3")]), None, "{value}");
        }
    }

    #[test]
    fn a_field_of_nothing_cannot_be_edited() {
        assert_eq!(Edit::apply(r#"{"a":[]}"#, &[edit(&["a", "y"], "2")]), None);
        assert_eq!(Edit::apply("{}", &[edit(&["a", "y"], "2")]), None);
    }
}
