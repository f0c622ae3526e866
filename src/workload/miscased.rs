//! Finds names of fields that are right but for their case. Who decodes JSON with Go's
//! `encoding/json` takes them for the fields, and another reader does not.

use super::decode_error::DecodeErrorKind;
use crate::document::{Errors, FieldPath, Step, Value};

/// Notes each field on the way to an image whose name is right but for its case. `levels` has the
/// names of the fields, level by level. Items of a list are at the level of the list.
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
        if is_miscased(name, names) {
            errors.note(FieldPath::from(steps.as_slice()), DecodeErrorKind::Miscased);
        } else if names.contains(&name.as_ref()) {
            note_miscased(inner, steps, inner_levels, errors);
        }
        steps.pop();
    }
}

/// Whether a name is none of these, but would be in another case.
pub(super) fn is_miscased(name: &str, names: &[&str]) -> bool {
    let is_alike = |known: &&str| known.chars().map(folded).eq(name.chars().map(folded));
    !names.contains(&name) && names.iter().any(is_alike)
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
