//! Custom resources: where objects of a kind carry images, told by whoever knows.

use std::borrow::Cow;
use std::fmt;

use super::error::SettingsErrorKind;
use super::reader::Given;
use crate::image::{QuotedChar, first_unfit};
use crate::workload::{CustomResource, PathPattern, Place};

/// Reads one item of `customResources`.
pub(super) fn read<'a>(given: Given<'a, '_>) -> Option<CustomResource<'a>> {
    let fields = given.fields()?;
    let group = fields
        .take("apiGroup")
        .and_then(|given| given.parsed(parse_group));
    let kind = fields
        .take_needed("kind")
        .and_then(|given| given.parsed(parse_kind));
    let paths = |name| fields.given_items(name, |item| item.parsed(PathPattern::parse));
    let pod_specs = paths("podSpecs");
    let containers = paths("containers");
    let images = fields.given_items("images", read_image);
    if pod_specs.is_none() && containers.is_none() && images.is_none() {
        fields.report_whole(
            SettingsErrorKind::Missing,
            "needs podSpecs, containers or images",
        );
    }
    let mut places = images.unwrap_or_default();
    for path in pod_specs.unwrap_or_default() {
        places.push(Place::of_pod_spec(path));
    }
    for path in containers.unwrap_or_default() {
        places.push(Place::of_container(path));
    }
    fields.finish();
    Some(CustomResource::new(
        group.unwrap_or_default(),
        kind?,
        places,
    ))
}

fn read_image<'a>(given: Given<'a, '_>) -> Option<Place<'a>> {
    let fields = given.fields()?;
    let image = fields
        .take_needed("image")
        .and_then(|given| given.parsed(PathPattern::parse));
    let pull_policy = fields
        .take("pullPolicy")
        .and_then(|given| given.parsed(PathPattern::parse));
    if let (Some(image), Some(pull_policy)) = (&image, &pull_policy) {
        if image == pull_policy {
            fields.report(
                "pullPolicy",
                SettingsErrorKind::Contradiction,
                "is the path of the image itself",
            );
        } else if !pull_policy.belongs_to(image) {
            fields.report(
                "pullPolicy",
                SettingsErrorKind::Value,
                "has a [*] that image does not share: which of its values would count?",
            );
        }
    }
    fields.finish();
    Some(Place::of_image(image?, pull_policy))
}

/// An API group: a DNS subdomain (RFC 1123), without a version. The core group's
/// name is empty, as if it were not given.
fn parse_group(text: Cow<'_, str>) -> Result<Cow<'_, str>, InvalidName> {
    if matches!(text.as_ref(), "core" | "v1") {
        return Err(InvalidName::Core);
    }
    let is_fit = |c| matches!(c, 'a'..='z' | '0'..='9' | '-' | '.');
    match first_unfit(&text, is_fit) {
        Some(character) => Err(InvalidName::Group(character)),
        None => Ok(text),
    }
}

/// A kind, as in `kind` of an object.
fn parse_kind(text: Cow<'_, str>) -> Result<Cow<'_, str>, InvalidName> {
    match first_unfit(&text, |c| c.is_ascii_alphanumeric() || c == '-') {
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
