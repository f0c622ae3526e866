//! An environment variable whose value can name an image.

use std::borrow::Cow;

use super::reader::{GaveUp, InnerSites, ItemView, Known, Reading, Value, View};
use super::site::{Basis, DeclaredPullPolicy, Holder, ImageSite, Section};

#[derive(Default)]
pub(super) struct VariableView<'a> {
    name: Option<Cow<'a, str>>,
    value: Option<Cow<'a, str>>,
}

impl<'de> View<'de> for VariableView<'de> {
    fn known(&self, key: &str) -> Option<Known> {
        Known::among(key, &["name", "value"])
    }

    fn read(&mut self, name: &str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        match name {
            "name" => self.name = value.text()?,
            _ => self.value = value.text()?,
        }
        Ok(())
    }
}

impl<'de> ItemView<'de> for VariableView<'de> {
    fn finish(&mut self, reading: &mut Reading<'de>, _: InnerSites) {
        let Some(value) = self.value.take().filter(|value| !value.is_empty()) else {
            return;
        };
        if !reading.make_room(self.name.as_deref()) {
            return;
        }
        let path = reading.path().field("value");
        reading.found(ImageSite {
            path,
            items: Vec::new(),
            holder: Holder::Variable {
                // The container knows better, once it is read.
                section: Section::Containers,
                container: None,
                name: self.name.take().unwrap_or_default(),
            },
            image: value,
            pull_policy: DeclaredPullPolicy::Elsewhere,
            basis: Basis::Place,
        });
    }
}
