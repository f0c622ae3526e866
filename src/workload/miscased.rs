//! Finds names of fields that are right except for their case. Go's `encoding/json` takes them for
//! the fields, and other parsers do not.

use super::decode_error::DecodeErrorKind;
use crate::document::{Errors, FieldPath, Step, Value};

/// Notes each field on the path to an image whose name is right except for its case. `levels` has
/// the names of the fields, level by level. Items of a list are at the level of the list.
pub(super) fn note_miscased<'t>(
    value: &'t Value<'t>,
    steps: &mut Vec<Step<'t>>,
    levels: &[&[&str]],
    errors: &Errors<'t, DecodeErrorKind>,
) {
    let Some((names, inner_levels)) = levels.split_first() else {
        return;
    };
    for (index, item) in value.items().iter().enumerate() {
        steps.push(Step::Item(index));
        note_miscased(item, steps, levels, errors);
        steps.pop();
    }
    let fields = value.as_object().into_iter();
    for (name, inner) in fields.flat_map(|fields| fields.iter()) {
        steps.push(Step::field(name));
        if is_miscased(name, names) && leads_on(inner, inner_levels) {
            errors.note(FieldPath::from(steps.as_slice()), DecodeErrorKind::Miscased);
        } else if names.contains(&name.as_ref()) {
            note_miscased(inner, steps, inner_levels, errors);
        }
        steps.pop();
    }
}

/// Whether a value has a field of the first level, in any case. Another one holds no image.
fn leads_on(value: &Value<'_>, levels: &[&[&str]]) -> bool {
    let Some(names) = levels.first() else {
        return true;
    };
    let has_like = |value: &Value<'_>| {
        let fields = value.as_object().into_iter();
        let mut fields = fields.flat_map(|fields| fields.iter());
        fields.any(|(name, _)| is_like(name, names))
    };
    // Only the image of a volume is an object.
    value.as_str().is_some() || has_like(value) || value.items().iter().any(has_like)
}

/// Whether a name is none of these, but would be in another case.
pub(super) fn is_miscased(name: &str, names: &[&str]) -> bool {
    !names.contains(&name) && is_like(name, names)
}

/// Whether a name is one of these, in any case.
fn is_like(name: &str, names: &[&str]) -> bool {
    let is_alike = |known: &&str| known.chars().map(folded).eq(name.chars().map(folded));
    names.iter().any(is_alike)
}

/// A character without its case, as Go folds it: two characters outside of ASCII are letters of
/// ASCII in another case.
const fn folded(character: char) -> char {
    match character {
        '\u{17f}' => 's',
        '\u{212a}' => 'k',
        other => other.to_ascii_lowercase(),
    }
}
