//! The settings of a request, which are read as far as the request needs them.

use std::cell::OnceCell;

use super::Settings;
use super::added_images::AddedImages;
use super::error::{InvalidSettings, Problems};
use super::fields::Fields;
use super::pull_policies::PullPolicies;
use super::reader::Input;
use super::tags::Tags;
use crate::budget::Budget;
use crate::document::Value;
use crate::workload::{Kind, ReadPlan};

/// The settings of one request. A policy server sends them with each, and most requests have no
/// finding: such a request reads where its object names images, and which pull policies count.
/// The setting `tags` is read for the first image with such a pull policy. All other
/// settings are read, and checked, only for a finding or a field that cannot be read.
///
/// No request is accepted by a setting that cannot be used: if such a setting is needed, the answer
/// lists every problem of the settings.
#[derive(Debug)]
pub(crate) struct LazySettings<'t> {
    value: &'t Value<'t>,
    added_images: AddedImages,
    pull_policies: PullPolicies,
    tags: OnceCell<Tags>,
    whole: OnceCell<Settings>,
    budget: Budget,
}

impl<'t> LazySettings<'t> {
    /// Reads what is needed of settings to find out whether an object of a kind has findings.
    pub(crate) fn for_kind(value: &'t Value<'t>, kind: &Kind<'_>) -> Result<Self, InvalidSettings> {
        let (pull_policies, added_images) = part(value, |fields| {
            (
                PullPolicies::of(fields),
                AddedImages::of(fields, Some(kind)),
            )
        })?;
        Ok(Self {
            value,
            added_images,
            pull_policies,
            tags: OnceCell::new(),
            whole: OnceCell::new(),
            budget: Budget::new(),
        })
    }

    /// The steps that the request may take to compare with the patterns of its settings.
    pub(crate) const fn budget(&self) -> &Budget {
        &self.budget
    }

    pub(crate) const fn pull_policies(&self) -> &PullPolicies {
        &self.pull_policies
    }

    pub(crate) fn tags(&self) -> Result<&Tags, InvalidSettings> {
        if let Some(tags) = self.tags.get() {
            return Ok(tags);
        }
        let tags = part(self.value, Tags::of)?;
        Ok(self.tags.get_or_init(|| tags))
    }

    pub(crate) fn read_plan<'s>(&'s self, kind: Kind<'s>) -> ReadPlan<'s> {
        self.added_images.read_plan(kind, &self.budget)
    }

    /// All settings.
    pub(crate) fn whole(&self) -> Result<&Settings, InvalidSettings> {
        if let Some(whole) = self.whole.get() {
            return Ok(whole);
        }
        let whole = Settings::from_value(self.value)?;
        Ok(self.whole.get_or_init(|| whole))
    }
}

/// Reads a part of the settings. Where it has a problem, all problems of the settings are told.
fn part<T: Default>(
    value: &Value<'_>,
    read: impl FnOnce(&Fields<'_, '_>) -> T,
) -> Result<T, InvalidSettings> {
    let problems = Problems::new();
    let input = Input::root(value, &problems);
    let part = Fields::of_settings(&input).map(|fields| read(&fields));
    if problems.count() > 0 {
        Settings::from_value(value)?;
    }
    InvalidSettings::of(problems).map_or(Ok(part.unwrap_or_default()), Err)
}

#[cfg(test)]
mod tests {
    // `#[test]` is an alias, so that these tests run natively and, for wasm32, under Node.
    #[cfg(not(target_arch = "wasm32"))]
    use core::prelude::v1::test;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{Kind, LazySettings, Settings, Value};
    use crate::document::case;

    /// Checks the settings of every case.
    fn each_settings(check: impl Fn(&Value<'_>)) {
        let cases = case::cases(include_str!("../../tests/cases/settings.yaml"));
        let mut count = 0;
        for case in cases {
            let settings = case.get("settings").map(ToString::to_string);
            let json = settings.or_else(|| Some(case.get("json")?.as_str()?.to_owned()));
            if let Ok(value) = Value::parse(&json.unwrap()) {
                check(&value);
                count += 1;
            }
        }
        assert!(count > 90, "{count}");
    }

    #[test]
    fn reads_what_all_settings_say() {
        each_settings(|value| {
            if let Ok(whole) = Settings::from_value(value) {
                let settings = LazySettings::for_kind(value, &Kind::default()).unwrap();
                assert_eq!(settings.tags(), Ok(whole.tags()));
                assert_eq!(settings.pull_policies(), whole.pull_policies());
                assert_eq!(settings.whole(), Ok(&whole));
            }
        });
    }

    #[test]
    fn lists_every_problem_of_invalid_settings() {
        each_settings(|value| {
            if let Err(invalid) = Settings::from_value(value) {
                let settings = LazySettings::for_kind(value, &Kind::default());
                let refused = settings.and_then(|settings| settings.whole().cloned());
                assert_eq!(refused, Err(invalid));
            }
        });
    }
}
