//! A container, of any of the three lists that a PodSpec has of them.

use std::borrow::Cow;

use super::Scope;
use super::decode_error::DecodeErrorKind;
use super::reader::{GaveUp, InnerSites, ItemView, Known, Reading, Value, View};
use super::site::{Basis, DeclaredPullPolicy, Holder, Section};
use super::variable::VariableView;

pub(super) struct ContainerView<'a> {
    section: Section,
    scope: Scope,
    name: Option<Cow<'a, str>>,
    image: Option<Cow<'a, str>>,
    pull_policy: DeclaredPullPolicy,
}

impl ContainerView<'_> {
    pub(super) const fn new(section: Section, scope: Scope) -> Self {
        Self {
            section,
            scope,
            name: None,
            image: None,
            pull_policy: DeclaredPullPolicy::Absent,
        }
    }
}

impl<'de> View<'de> for ContainerView<'de> {
    fn known(&self, key: &str) -> Option<Known> {
        match self.scope {
            Scope::Images => Known::among(key, &["image", "imagePullPolicy", "name"]),
            Scope::ImagesAndVariables => {
                Known::among(key, &["image", "imagePullPolicy", "name", "env"])
            }
        }
    }

    fn read(&mut self, name: &str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        match name {
            "image" => self.image = value.text()?,
            "imagePullPolicy" => {
                self.pull_policy = value.name(DecodeErrorKind::NotAPullPolicy)?.into()
            }
            "name" => self.name = value.text()?,
            _ => {
                value.items(VariableView::default)?;
            }
        }
        Ok(())
    }
}

impl<'de> ItemView<'de> for ContainerView<'de> {
    fn finish(&mut self, reading: &mut Reading<'de>, inner: InnerSites) {
        reading.place_variables(inner, self.section, self.name.as_deref());
        let holder = Holder::Container {
            section: self.section,
            name: self.name.take(),
        };
        let image = self.image.take();
        reading.found_below(&["image"], image, holder, self.pull_policy, Basis::Place);
    }
}
