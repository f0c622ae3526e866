//! Explains how the policy judges an image.

use mutable_tags_policy::image::publisher::Publisher;
use mutable_tags_policy::image::{ImageReference, Mutability, PullPolicy};
use mutable_tags_policy::policy::{EffectivePullPolicy, PullPolicyOrigin};
use mutable_tags_policy::settings::{DecidedBy, Settings};
use mutable_tags_policy::workload::DeclaredPullPolicy;
use serde::Serialize;
use serde_json::Value;

use super::answer::{Answers, Policy};
use crate::failure::Failure;
use crate::judge::Finding;
use crate::policy::grants::Grants;

/// The reason of an image with a placeholder.
const TEMPLATE: &str = "template";

/// Explains images, with some settings.
pub(super) struct Explainer {
    settings: Settings,
    json: Value,
    policy: Policy,
}

/// The policy's judgement of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Explanation {
    /// The image as it is written.
    pub(super) image: String,
    /// The image with everything that is implied.
    pub(super) normalised: String,
    pub(super) decided_by: DecidedBy,
    /// The entry of the settings that decides.
    pub(super) entry: Option<Entry>,
    pub(super) publisher: Option<KnownPublisher>,
    /// The pull policy where none is declared.
    pub(super) default_pull_policy: PullPolicy,
    /// Whether `alwaysPullImages` of the cluster decides that pull policy.
    pub(super) is_pulled_by_cluster: bool,
    /// The exemptions that can accept it where it is found.
    pub(super) exemptions: Vec<Exemption>,
    pub(super) answers: Vec<Answers>,
}

/// An entry of a list in the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Entry {
    /// The path, such as `tags.mutable[0]`.
    pub(super) path: String,
    pub(super) pattern: String,
}

/// The publisher of an image, and how it was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownPublisher {
    pub(super) publisher: &'static Publisher,
    /// The pattern that matches the image.
    pub(super) images: String,
    /// The repository of which this one is a copy.
    pub(super) copy_of: Option<String>,
    /// The prefix in `tags.mirrors` that says so.
    pub(super) mirror: Option<String>,
    /// Whether the practice counts, by `tags.publishers`.
    pub(super) counts: bool,
}

/// An exemption that can accept findings of an image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Exemption {
    /// The path, such as `exemptions[0]`.
    pub(super) path: String,
    pub(super) reason: String,
    /// The namespaces in which it applies; empty for all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) namespaces: Vec<String>,
    /// The containers for which it applies; empty for all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) containers: Vec<String>,
}

/// A text that is not a valid image reference: what is wrong with it, and what to do.
pub(super) struct NoImage(pub(super) String);

impl Explainer {
    pub(super) fn new(settings: Settings, json: Value, grants: Grants) -> Result<Self, Failure> {
        let policy = Policy::new(&settings, &json, grants)?;
        Ok(Self {
            settings,
            json,
            policy,
        })
    }

    pub(super) fn explain(&self, text: &str) -> Result<Result<Explanation, NoImage>, Failure> {
        let reference = ImageReference::try_from(text);
        let image = match &reference {
            Ok(image) => image,
            Err(error) => return Ok(Err(self.no_image(text, &error.to_string())?)),
        };
        let absent = DeclaredPullPolicy::Absent;
        let pull_policy =
            EffectivePullPolicy::of(absent, &reference, self.settings.pull_policies());
        let decided_by = self.settings.tags().decided_by(image);
        Ok(Ok(Explanation {
            image: text.to_owned(),
            normalised: normalised(image),
            decided_by,
            entry: self.entry(decided_by),
            publisher: self.publisher(image),
            default_pull_policy: pull_policy.policy,
            is_pulled_by_cluster: pull_policy.origin == PullPolicyOrigin::Cluster,
            exemptions: match decided_by.mutability() {
                Mutability::Mutable(_) => self.exemptions(image),
                Mutability::Pinned | Mutability::Immutable(_) => Vec::new(),
            },
            answers: self.policy.answers(text)?,
        }))
    }

    fn no_image(&self, text: &str, error: &str) -> Result<NoImage, Failure> {
        let finding = self.policy.finding(text)?;
        // A placeholder may have white space: `{{ .Values.image }}`.
        let is_template = |finding: &Finding| finding.reason == TEMPLATE;
        if text.contains(char::is_whitespace) && !finding.as_ref().is_some_and(is_template) {
            let message = format!("{text:?} has white space: name one image at a time");
            return Ok(NoImage(message));
        }
        Ok(NoImage(match finding {
            Some(finding) => format!("{}: {}", finding.message, finding.fixes.join(", or ")),
            None => format!("{text:?} is not a valid image reference ({error})"),
        }))
    }

    fn entry(&self, decided_by: DecidedBy) -> Option<Entry> {
        let (list, index) = match decided_by {
            DecidedBy::DeclaredMutable(index) => ("mutable", index),
            DecidedBy::DeclaredImmutable(index) => ("immutable", index),
            _ => return None,
        };
        let pattern = self.json.pointer(&format!("/tags/{list}/{index}"));
        Some(Entry {
            path: format!("tags.{list}[{index}]"),
            pattern: pattern
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
        })
    }

    fn publisher(&self, image: &ImageReference<'_>) -> Option<KnownPublisher> {
        let tags = self.settings.tags();
        let found = tags.publisher(image)?;
        Some(KnownPublisher {
            publisher: found.publisher,
            images: match found.images.ends_with('/') {
                true => format!("{}**", found.images),
                false => found.images.to_owned(),
            },
            copy_of: found.original,
            mirror: found
                .mirror
                .map(|prefix| prefix.trim_end_matches('/').to_owned()),
            counts: tags.trusts_publishers(),
        })
    }

    fn exemptions(&self, image: &ImageReference<'_>) -> Vec<Exemption> {
        let indexes = self.settings.exemptions_of(image).into_iter();
        let exemptions = indexes.map(|index| {
            let exemption = self.json.pointer(&format!("/exemptions/{index}"));
            let field = |name: &str| exemption.and_then(|exemption| exemption.get(name));
            let reason = field("reason").and_then(Value::as_str);
            Exemption {
                path: format!("exemptions[{index}]"),
                reason: reason.unwrap_or_default().to_owned(),
                namespaces: texts(field("namespaces")),
                containers: texts(field("containers")),
            }
        });
        exemptions.collect()
    }
}

/// The texts of a list, except empty ones.
fn texts(list: Option<&Value>) -> Vec<String> {
    let items = list.and_then(Value::as_array).into_iter().flatten();
    let texts = items.filter_map(Value::as_str);
    texts
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The reference with its registry, the implied path and tag, and its digest.
fn normalised(image: &ImageReference<'_>) -> String {
    match image.digest() {
        Some(digest) => format!("{}@{}", image.name(), digest.as_str()),
        None => image.name(),
    }
}
