//! The setting `customResources`: where the objects of a kind name images.

use std::borrow::Cow;
use std::fmt;

use super::PULL_POLICIES;
use super::error::SettingsErrorKind;
use super::fields::Fields;
use super::reader::Input;
use crate::document::Value;
use crate::image::{ImageReference, PullPolicy, first_disallowed};
use crate::quoted::QuotedChar;
use crate::workload::{
    CustomResource, DefaultPullPolicy, ImageFields, ImageLocation, InvalidPath, Kind, Part,
    PathPattern, RestartingField,
};

/// Whether an item of `customResources` is for a kind. An item that does not say so clearly can be
/// for any: reading it tells what is wrong with it.
pub(super) fn can_be_for(item: &Value<'_>, kind: &Kind<'_>) -> bool {
    match (item.get("apiGroup"), item.get("kind")) {
        (None | Some(Value::Null), Some(Value::String(name))) => kind.is("", name),
        (Some(Value::String(group)), Some(Value::String(name))) => kind.is(group, name),
        _ => true,
    }
}

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
    let restarts = fields.given_items("restarts", |item| item.parsed(parse_single_path));
    if pod_specs.is_none() && containers.is_none() && images.is_none() && restarts.is_none() {
        let problem = "needs podSpecs, containers, images or restarts";
        fields.report_whole(SettingsErrorKind::Missing, problem);
    }
    let images = images.unwrap_or_default().into_iter();
    let mut locations: Vec<_> = images.flatten().collect();
    let pod_specs = pod_specs.unwrap_or_default().into_iter();
    locations.extend(pod_specs.map(ImageLocation::of_pod_spec));
    let containers = containers.unwrap_or_default().into_iter();
    locations.extend(containers.map(ImageLocation::of_container));
    fields.finalize();
    let group = group.unwrap_or_default().to_owned();
    let kind = kind?.to_owned();
    let restarts = restarts.unwrap_or_default().into_iter();
    let restarts = restarts.map(RestartingField::Set).collect();
    Some(CustomResource::new(
        group.into(),
        kind.into(),
        locations,
        restarts,
    ))
}

/// Parses the path of one field.
fn parse_single_path(text: &str) -> Result<PathPattern<'static>, InvalidSinglePath> {
    match parse_path(text) {
        Ok(path) if path.leads_to_several() => Err(InvalidSinglePath::Several),
        path => path.map_err(InvalidSinglePath::Path),
    }
}

/// The text is not the path of one field.
enum InvalidSinglePath {
    /// The path has a `[*]`.
    Several,
    Path(InvalidPath),
}

impl fmt::Display for InvalidSinglePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Several => f.write_str("has a [*]: name the field around it"),
            Self::Path(error) => error.fmt(f),
        }
    }
}

fn parse_path(text: &str) -> Result<PathPattern<'static>, InvalidPath> {
    PathPattern::parse(Cow::Owned(text.to_owned()))
}

const IMAGE: (&str, Part) = ("image", Part::Image);
const REPOSITORY: (&str, Part) = ("repository", Part::Repository);
const TAG: (&str, Part) = ("tag", Part::Tag);
const REGISTRY: (&str, Part) = ("registry", Part::Registry);
const DIGEST: (&str, Part) = ("digest", Part::Digest);

/// The locations of an image: its own, and with a default repository that of a tag alone.
fn read_image(input: &Input<'_, '_>) -> Option<Vec<ImageLocation<'static>>> {
    let fields = Fields::of(input)?;
    let default_repository = fields.optional("defaultRepository");
    let has_default = default_repository.is_some();
    let default_repository = default_repository.and_then(|text| text.parsed(parse_repository));
    // The first field that is given is the location of the image.
    let mut parts = Vec::new();
    for (name, part) in [IMAGE, REPOSITORY, TAG, REGISTRY, DIGEST] {
        if let Some(path) = fields.optional(name) {
            parts.push((name, part, path.parsed(parse_path)));
        }
    }
    let pull_policy = fields.optional("pullPolicy");
    let pull_policy = pull_policy.and_then(|policy| policy.parsed(parse_pull_policy_path));
    let default = fields.one_of("defaultPullPolicy", PULL_POLICIES);
    let has_name = parts.first().is_some_and(|(_, part, _)| match part {
        Part::Image | Part::Repository => true,
        Part::Tag => has_default,
        Part::Registry | Part::Digest => false,
    });
    if !has_name {
        fields.report_whole(
            SettingsErrorKind::Missing,
            "needs image, repository, or tag with defaultRepository",
        );
    }
    if let Some((_, _, Some(path))) = parts.first() {
        for (name, _, other) in parts.iter().skip(1) {
            if let Some(other) = other {
                check_beside(&fields, name, other, path);
            }
        }
        if let Some(pull_policy) = &pull_policy {
            check_beside(&fields, "pullPolicy", pull_policy, path);
        }
    }
    fields.finalize();
    let default_pull_policy = match (default, &pull_policy) {
        (Some(policy), _) => DefaultPullPolicy::Operator(policy),
        (None, Some(_)) => DefaultPullPolicy::Kubernetes,
        (None, None) => DefaultPullPolicy::Elsewhere,
    };
    let parts = parts.into_iter();
    let parts: Option<Vec<_>> = parts.map(|(_, part, path)| Some((part, path?))).collect();
    let parts = parts.filter(|_| has_name)?;
    let fields = ImageFields {
        pull_policy,
        default_pull_policy,
        ..ImageFields::default()
    };
    Some(ImageLocation::of_parts(parts, default_repository, &fields))
}

/// Checks that another field belongs to the image at `path`.
fn check_beside(
    fields: &Fields<'_, '_>,
    name: &'static str,
    other: &PathPattern<'_>,
    path: &PathPattern<'_>,
) {
    if other == path {
        let problem = "is the path of the image itself";
        fields.report(name, SettingsErrorKind::Contradiction, problem);
    } else if !other.belongs_to(path) {
        fields.report(
            name,
            SettingsErrorKind::Value,
            "has a [*] that the path in image does not have, so it is unclear which value counts",
        );
    }
}

fn parse_repository(text: &str) -> Result<Cow<'static, str>, NotARepository> {
    match ImageReference::try_from(text) {
        Ok(image) if image.tag().is_none() && image.digest().is_none() => {
            Ok(Cow::Owned(text.to_owned()))
        }
        _ => Err(NotARepository),
    }
}

/// The text is not the name of a repository.
struct NotARepository;

impl fmt::Display for NotARepository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be a repository without a tag or a digest, such as ghcr.io/acme/app")
    }
}

fn parse_pull_policy_path(text: &str) -> Result<PathPattern<'static>, InvalidPullPolicyPath> {
    if text.parse::<PullPolicy>().is_ok() {
        return Err(InvalidPullPolicyPath::IsAPolicy);
    }
    parse_path(text).map_err(InvalidPullPolicyPath::Path)
}

/// The text is not the path of a pull policy.
enum InvalidPullPolicyPath {
    /// The field is itself a pull policy.
    IsAPolicy,
    Path(InvalidPath),
}

impl fmt::Display for InvalidPullPolicyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IsAPolicy => f.write_str(
                "must be the path of a field: defaultPullPolicy says which policy the operator uses",
            ),
            Self::Path(error) => error.fmt(f),
        }
    }
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
