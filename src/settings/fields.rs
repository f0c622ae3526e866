//! The fields of an object in the settings.

use std::borrow::Cow;
use std::cell::RefCell;

use super::error::SettingsErrorKind;
use super::reader::Input;
use crate::quoted::Quoted;

/// The fields of an object. Reading a field makes its name known, so that
/// [`Self::finalize`] can report the others.
pub(super) struct Fields<'t, 'p> {
    object: &'p Input<'t, 'p>,
    known: RefCell<Vec<&'static str>>,
}

impl<'t, 'p> Fields<'t, 'p> {
    /// The fields of an object. Reports a value of any other type, and returns `None`.
    pub(super) fn of(object: &'p Input<'t, 'p>) -> Option<Self> {
        object.object()?;
        Some(Self {
            object,
            known: RefCell::default(),
        })
    }

    /// The fields of the settings; `None` where nothing is given.
    pub(super) fn of_settings(root: &'p Input<'t, 'p>) -> Option<Self> {
        match root.is_empty() {
            true => None,
            false => Self::of(root),
        }
    }

    /// Reads a field; `None` if it is missing or means "not given" ([`Input::is_empty`]).
    pub(super) fn optional(&self, name: &'static str) -> Option<Input<'t, '_>> {
        self.even_empty(name).filter(|input| !input.is_empty())
    }

    /// Reads a field that may be empty; `None` if it is missing or null.
    pub(super) fn even_empty(&self, name: &'static str) -> Option<Input<'t, '_>> {
        self.known.borrow_mut().push(name);
        self.object.get(name)
    }

    /// Reads a field, and reports if it is not given.
    pub(super) fn required(&self, name: &'static str) -> Option<Input<'t, '_>> {
        let input = self.optional(name);
        if input.is_none() {
            self.report(name, SettingsErrorKind::Missing, "is missing");
        }
        input
    }

    /// Reads a boolean, `false` by default.
    pub(super) fn boolean(&self, name: &'static str) -> bool {
        let input = self.optional(name);
        input.and_then(|input| input.boolean()).unwrap_or_default()
    }

    pub(super) fn text(&self, name: &'static str) -> Option<&'t Cow<'t, str>> {
        self.optional(name)?.text()
    }

    pub(super) fn one_of<T: Copy>(
        &self,
        name: &'static str,
        names: &[(&'static str, T)],
    ) -> Option<T> {
        self.optional(name)?.one_of(names)
    }

    /// Reads a list, of which `item` reads each item that is given; `None` if the field is
    /// not given.
    pub(super) fn given_items<T>(
        &self,
        name: &'static str,
        item: impl FnMut(Input<'t, '_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let list = self.optional(name)?;
        let given = list.items().filter(|input| !input.is_empty());
        Some(given.filter_map(item).collect())
    }

    /// Like [`Self::given_items`], with an empty list if the field is not given.
    pub(super) fn items<T>(
        &self,
        name: &'static str,
        item: impl FnMut(Input<'t, '_>) -> Option<T>,
    ) -> Vec<T> {
        self.given_items(name, item).unwrap_or_default()
    }

    pub(super) fn report(
        &self,
        name: &'static str,
        kind: SettingsErrorKind,
        problem: impl std::fmt::Display,
    ) {
        self.object.report_field(name, kind, problem);
    }

    /// Reports a problem with the object as a whole.
    pub(super) fn report_whole(&self, kind: SettingsErrorKind, problem: impl std::fmt::Display) {
        self.object.report(kind, problem);
    }

    /// Reports the fields whose names are not known.
    pub(super) fn finalize(self) {
        let known = self.known.into_inner();
        let names = self.object.fields().map(|(name, _)| name);
        let unknown = names.filter(|name| !known.contains(name));
        for name in unknown.take(MAX_UNKNOWN) {
            let help = match nearest(name, &known) {
                Some(nearest) => format!("did you mean {nearest}?"),
                None => format!("it can have {}", known.join(", ")),
            };
            let problem = format_args!("has no field {}: {help}", Quoted::new(name));
            self.object.report(SettingsErrorKind::Unknown, problem);
        }
    }
}

/// The most fields of one object that are reported: nobody reads more, and it takes time to look
/// for what each of them means.
const MAX_UNKNOWN: usize = 100;

/// The known name that is most like a misspelt one; `None` where none is.
fn nearest(name: &str, known: &[&'static str]) -> Option<&'static str> {
    // No name of a field is longer, and comparing a huge one would take time.
    if name.len() > 40 {
        return None;
    }
    let name = name.to_ascii_lowercase();
    let distances = known.iter().map(|known| {
        let distance = strsim::levenshtein(&name, &known.to_ascii_lowercase());
        (distance, *known)
    });
    // Two letters in another order are a distance of two.
    let near = distances.filter(|(distance, known)| *distance <= 2 && distance * 2 < known.len());
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    // `#[test]` is an alias, so that these tests run natively and, for wasm32, under Node.
    #[cfg(not(target_arch = "wasm32"))]
    use core::prelude::v1::test;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::nearest;

    #[test]
    fn suggests_a_name_that_shares_more_than_half() {
        for (name, known, expected) in [
            ("mod", "mode", Some("mode")),
            ("mo", "mode", None),
            ("ky", "key", Some("key")),
            ("k", "key", None),
            ("exemtpions", "exemptions", Some("exemptions")),
            ("exmtpions", "exemptions", None),
        ] {
            assert_eq!(nearest(name, &[known]), expected, "{name}");
        }
    }
}
