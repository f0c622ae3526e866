//! An image volume: a volume whose content is an image's.

use std::borrow::Cow;

use super::decode_error::DecodeErrorKind;
use super::reader::{GaveUp, InnerSites, ItemView, Known, Reading, Value, View};
use super::site::{Basis, DeclaredPullPolicy, Holder};

#[derive(Default)]
pub(super) struct VolumeView<'a> {
    name: Option<Cow<'a, str>>,
    source: SourceView<'a>,
}

impl<'de> View<'de> for VolumeView<'de> {
    fn known(&self, key: &str) -> Option<Known> {
        Known::among(key, &["image", "name"])
    }

    fn read(&mut self, name: &str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        match name {
            "name" => self.name = value.text()?,
            _ => {
                value.object(&mut self.source)?;
            }
        }
        Ok(())
    }
}

impl<'de> ItemView<'de> for VolumeView<'de> {
    fn finish(&mut self, reading: &mut Reading<'de>, _: InnerSites) {
        let holder = Holder::Volume(self.name.take());
        let SourceView {
            reference,
            pull_policy,
        } = std::mem::take(&mut self.source);
        let fields = ["image", "reference"];
        reading.found_below(&fields, reference, holder, pull_policy, Basis::Place);
    }
}

/// `ImageVolumeSource` of Kubernetes' `core/v1`.
struct SourceView<'a> {
    reference: Option<Cow<'a, str>>,
    pull_policy: DeclaredPullPolicy,
}

impl Default for SourceView<'_> {
    fn default() -> Self {
        Self {
            reference: None,
            pull_policy: DeclaredPullPolicy::Absent,
        }
    }
}

impl<'de> View<'de> for SourceView<'de> {
    fn known(&self, key: &str) -> Option<Known> {
        Known::among(key, &["pullPolicy", "reference"])
    }

    fn read(&mut self, name: &str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        match name {
            "pullPolicy" => self.pull_policy = value.name(DecodeErrorKind::NotAPullPolicy)?.into(),
            _ => self.reference = value.text()?,
        }
        Ok(())
    }
}
