//! The settings `imageEnvVars`, `imageArgs` and `customResources`: other places of images.

use super::custom_resource;
use super::fields::Fields;
use super::glob::{ArgumentGlob, Glob};
use super::reader::Input;
use crate::budget::Budget;
use crate::workload::{CustomResource, Kind, Listed, ListedNames, ReadPlan};

/// The images that the settings add to those that the table of kinds knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AddedImages {
    env_vars: Vec<Glob>,
    args: Vec<ArgumentGlob>,
    custom_resources: Vec<CustomResource<'static>>,
}

impl AddedImages {
    /// Reads the settings for objects of a kind, or of every kind.
    pub(super) fn of(settings: &Fields<'_, '_>, kind: Option<&Kind<'_>>) -> Self {
        let is_read = |item: &Input<'_, '_>| {
            kind.is_none_or(|kind| custom_resource::can_be_for(item.value(), kind))
        };
        Self {
            env_vars: settings.items("imageEnvVars", |item| item.parsed(Glob::of_names)),
            args: settings.items("imageArgs", |item| item.parsed(ArgumentGlob::parse)),
            custom_resources: settings.items("customResources", |item| match is_read(&item) {
                true => custom_resource::read(&item),
                false => None,
            }),
        }
    }

    pub(crate) fn read_plan<'s>(&'s self, kind: Kind<'s>, budget: &'s Budget) -> ReadPlan<'s> {
        let lists_names = !self.env_vars.is_empty() || !self.args.is_empty();
        let names = self as &dyn ListedNames;
        let listed = lists_names.then_some(Listed { names, budget });
        ReadPlan::new(kind, listed, &self.custom_resources)
    }
}

impl ListedNames for AddedImages {
    fn lists_args(&self) -> bool {
        !self.args.is_empty()
    }

    fn is_image_env_var(&self, name: &str, budget: &Budget) -> bool {
        let mut globs = self.env_vars.iter();
        globs.any(|glob| glob.matches_within(name, budget))
    }

    fn is_image_arg(&self, name: &str, budget: &Budget) -> bool {
        let mut globs = self.args.iter();
        globs.any(|glob| glob.matches_within(name, budget))
    }
}
