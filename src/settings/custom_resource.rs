//! The setting `customResources`: where the objects of a kind name images.

use std::borrow::Cow;
use std::fmt;

use super::error::SettingsErrorKind;
use super::fields::Fields;
use super::reader::Input;
use crate::image::first_disallowed;
use crate::quoted::QuotedChar;
use crate::workload::{CustomResource, ImageLocation, InvalidPath, PathPattern};

/// Reads one item of `customResources`.
pub(super) fn read(input: &Input<'_, '_>) -> Option<CustomResource<'static>> {
    let fields = Fields::of(input)?;
    let group = fields.optional("apiGroup");
    let group = group.and_then(|group| group.parsed(parse_group));
    let kind = fields.required("kind");
    let kind = kind.and_then(|kind| kind.parsed(parse_kind));
    let paths = |name| fields.given_items(name, |item| item.parsed(parse_path));
    let pod_specs = paths("podSpecs");
    let containers = paths("containers");
    let images = fields.given_items("images", |item| read_image(&item));
    if pod_specs.is_none() && containers.is_none() && images.is_none() {
        let problem = "needs podSpecs, containers or images";
        fields.report_whole(SettingsErrorKind::Missing, problem);
    }
    let mut locations = images.unwrap_or_default();
    let pod_specs = pod_specs.unwrap_or_default().into_iter();
    locations.extend(pod_specs.map(ImageLocation::of_pod_spec));
    let containers = containers.unwrap_or_default().into_iter();
    locations.extend(containers.map(ImageLocation::of_container));
    fields.finalize();
    let group = group.unwrap_or_default().to_owned();
    let kind = kind?.to_owned();
    Some(CustomResource::new(group.into(), kind.into(), locations))
}

fn parse_path(text: &str) -> Result<PathPattern<'static>, InvalidPath> {
    PathPattern::parse(Cow::Owned(text.to_owned()))
}

fn read_image(input: &Input<'_, '_>) -> Option<ImageLocation<'static>> {
    let fields = Fields::of(input)?;
    let image = fields.required("image");
    let image = image.and_then(|image| image.parsed(parse_path));
    let pull_policy = fields.optional("pullPolicy");
    let pull_policy = pull_policy.and_then(|policy| policy.parsed(parse_path));
    if let (Some(image), Some(pull_policy)) = (&image, &pull_policy) {
        if image == pull_policy {
            let problem = "is the path of the image itself";
            fields.report("pullPolicy", SettingsErrorKind::Contradiction, problem);
        } else if !pull_policy.belongs_to(image) {
            fields.report(
                "pullPolicy",
                SettingsErrorKind::Value,
                "has a [*] that image does not share: which of its values would count?",
            );
        }
    }
    fields.finalize();
    Some(ImageLocation::of_image(image?, pull_policy))
}

/// Checks the characters of an API group, a DNS subdomain (RFC 1123) without a version.
/// The core group has an empty name, and is meant where `apiGroup` is left out.
fn parse_group(text: &str) -> Result<&str, InvalidName> {
    if matches!(text, "core" | "v1") {
        return Err(InvalidName::Core);
    }
    let is_allowed = |c| matches!(c, 'a'..='z' | '0'..='9' | '-' | '.');
    match first_disallowed(text, is_allowed) {
        Some(character) => Err(InvalidName::Group(character)),
        None => Ok(text),
    }
}

fn parse_kind(text: &str) -> Result<&str, InvalidName> {
    match first_disallowed(text, |c| c.is_ascii_alphanumeric() || c == '-') {
        Some(character) => Err(InvalidName::Kind(character)),
        None => Ok(text),
    }
}

/// The text is not the name of an API group, or of a kind.
enum InvalidName {
    /// The name of the core group is given, though the group has none.
    Core,
    /// API groups do not have this character.
    Group(char),
    /// Kinds do not have this character.
    Kind(char),
}

impl fmt::Display for InvalidName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (character, example) = match self {
            Self::Core => return f.write_str("must be left out for the core group"),
            Self::Group(character) => (character, "a group, such as apps, without a version"),
            Self::Kind(character) => (character, "a kind, such as Deployment"),
        };
        write!(
            f,
            "has the character {}, but must be {example}",
            QuotedChar(*character)
        )
    }
}
