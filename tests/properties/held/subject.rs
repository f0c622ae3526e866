//! The functions of the policy that properties call.

use mutable_tags_policy::admission;
use mutable_tags_policy::image::{ImageReference, ReferenceError};
use mutable_tags_policy::policy::Host;
use mutable_tags_policy::quoted::Quoted;

use super::images::{FoundImages, images_found_by_policy};

/// The functions of the policy, which a test can replace by faulty ones.
#[derive(Clone, Copy)]
pub(crate) struct Subject {
    pub(crate) parse: for<'a> fn(&'a str) -> Result<ImageReference<'a>, ReferenceError>,
    pub(crate) display: fn(&ImageReference<'_>) -> String,
    pub(crate) registry: for<'a> fn(&ImageReference<'a>) -> &'a str,
    pub(crate) quote: fn(&str) -> String,
    pub(crate) locate: fn(group: &str, kind: &str, object: &str) -> FoundImages,
    pub(crate) validate: fn(&[u8], &dyn Host) -> Vec<u8>,
    pub(crate) validate_settings: fn(&[u8]) -> Vec<u8>,
}

impl Subject {
    /// The policy itself.
    pub(crate) const POLICY: Self = Self {
        parse: |written| ImageReference::try_from(written),
        display: |reference| reference.to_string(),
        registry: |reference| reference.registry(),
        quote: |text| Quoted::new(text).to_string(),
        locate: images_found_by_policy,
        validate: admission::validate,
        validate_settings: admission::validate_settings,
    };
}
