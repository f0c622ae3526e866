//! Custom resources: where objects of a kind carry images, told by whoever knows.

use std::borrow::Cow;
use std::fmt;

use super::error::SettingsErrorKind;
use super::fields::Fields;
use super::reader::Input;
use crate::image::first_unfit;
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

/// An API group: a DNS subdomain (RFC 1123), without a version. The core group's
/// name is empty, as if it were not given.
fn parse_group(text: &str) -> Result<&str, InvalidName> {
    if matches!(text, "core" | "v1") {
        return Err(InvalidName::Core);
    }
    let is_fit = |c| matches!(c, 'a'..='z' | '0'..='9' | '-' | '.');
    match first_unfit(text, is_fit) {
        Some(character) => Err(InvalidName::Group(character)),
        None => Ok(text),
    }
}

/// A kind, as in `kind` of an object.
fn parse_kind(text: &str) -> Result<&str, InvalidName> {
    match first_unfit(text, |c| c.is_ascii_alphanumeric() || c == '-') {
        Some(character) => Err(InvalidName::Kind(character)),
        None => Ok(text),
    }
}

/// Why a text names no API group, or no kind.
enum InvalidName {
    /// The core group has no name.
    Core,
    /// A character that no group has.
    Group(char),
    /// A character that no kind has.
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
