//! An environment variable whose value can name an image.

use std::borrow::Cow;

use super::reader::{GaveUp, InnerSites, ItemView, Known, Reading, Value, View};
use super::site::{Basis, DeclaredPullPolicy, Holder, Section};

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
        let holder = Holder::Variable {
            // The container knows better, once it is read.
            section: Section::Containers,
            container: None,
            name: self.name.take().unwrap_or_default(),
        };
        let pull_policy = DeclaredPullPolicy::Elsewhere;
        let value = self.value.take();
        reading.found_below(&["value"], value, holder, pull_policy, Basis::Place);
    }
}
