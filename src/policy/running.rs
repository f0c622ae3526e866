//! What runs of an image now: the digests that the Pods of a workload report.

use std::borrow::Cow;

use super::host::{Host, LookupError, Pod, pods_in};
use super::request::{Documents, Request};
use crate::image::{Digest, ImageReference};
use crate::settings::LabelSelector;
use crate::workload::{
    FieldPath, Holder, ImageSite, Kind, Node, OwnPods, Part, Section, sort_and_dedup,
};

/// A container that runs.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct RunningContainer {
    name: String,
    /// What the image that its Pod asks for names.
    image: String,
    /// What the container runtime has made of that.
    image_id: String,
}

/// What runs in the Pods of the object that is judged, in order and each once: many Pods
/// run the same.
pub(super) struct RunningPods(Vec<RunningContainer>);

impl RunningPods {
    /// Asks for the Pods of an object, if anything tells which they are.
    pub(super) fn of(
        request: &Request<'_>,
        documents: Documents<'_>,
        host: &dyn Host,
    ) -> Result<Self, LookupError> {
        let selection = Selection::of(request.layout.kind(), documents.object);
        let selection = selection.ok_or(LookupError::NoPods)?;
        let mut running = Vec::new();
        pods_in(request.namespace.as_deref(), host, &mut |pod| {
            if selection.has(pod) {
                pod.containers(&mut |name, image, image_id| {
                    // What is no reference is none of any that is looked for.
                    let image = ImageReference::try_from(image).ok();
                    running.push(RunningContainer {
                        name: name.to_owned(),
                        image: image.map(|image| image.name()).unwrap_or_default(),
                        image_id: image_id.to_owned(),
                    });
                });
            }
        })?;
        sort_and_dedup(&mut running);
        Ok(Self(running))
    }

    /// The digests that a container runs of an image, each once, as far as they can be
    /// compared with one that a registry serves.
    pub(super) fn digests(
        &self,
        container: &str,
        reference: &ImageReference<'_>,
    ) -> Result<Vec<&str>, LookupError> {
        let name = reference.name();
        let mut digests = Vec::new();
        let start = self
            .0
            .partition_point(|running| running.name.as_str() < container);
        for running in self.0.iter().skip(start) {
            if running.name != container {
                break;
            }
            if running.image_id.is_empty() {
                continue;
            }
            // Before an update the container can be another image's: then nobody can say
            // that this one is what runs.
            if running.image != name {
                return Err(LookupError::OtherImage);
            }
            // What is not behind an `@` is the digest of something else: of the
            // configuration of an image that no registry has served.
            let Some(digest) = Digest::behind_at(&running.image_id) else {
                return Err(LookupError::NotComparable);
            };
            digests.push(digest.as_str());
        }
        sort_and_dedup(&mut digests);
        if digests.is_empty() {
            Err(LookupError::NotRunning)
        } else {
            Ok(digests)
        }
    }
}

/// The container of an object's Pods that runs the image of a site.
pub(super) fn container_of<'s>(site: &'s ImageSite<'_>, kind: &Kind<'_>) -> Option<&'s str> {
    match (site.holder(), kind.own_pods()) {
        (Holder::Container { section, name }, _) if *section != Section::EphemeralContainers => {
            name.as_deref()
        }
        (
            Holder::Field { .. },
            OwnPods::Labelled {
                image, container, ..
            },
        ) if *site.path() == FieldPath::default().field("spec").field(image) => Some(container),
        _ => None,
    }
}

/// What tells the Pods of one object from others.
enum Selection<'a> {
    Named(Cow<'a, str>),
    Labelled(&'static str, Cow<'a, str>),
    Selected(LabelSelector<'a>),
}

impl<'a> Selection<'a> {
    fn of(kind: &Kind<'_>, object: &'a str) -> Option<Self> {
        let own_pods = kind.own_pods();
        let (part, field) = match own_pods {
            OwnPods::Itself | OwnPods::Labelled { .. } => ("metadata", "name"),
            OwnPods::Selected | OwnPods::SelectedByLabels => ("spec", "selector"),
        };
        let path = FieldPath::default().field(part).field(field);
        let parts = Part::take(object, vec![&path])?;
        let json = Part::json(&parts, &path)?;
        let is_of_labels = matches!(own_pods, OwnPods::SelectedByLabels);
        let text = || match Node::parse(json)? {
            Node::Text(text) => Some(text),
            _ => None,
        };
        Some(match own_pods {
            OwnPods::Itself => Self::Named(text()?),
            OwnPods::Labelled { label, .. } => Self::Labelled(label, text()?),
            _ => Self::Selected(LabelSelector::parse(json, is_of_labels)?),
        })
    }

    fn has(&self, pod: &Pod<'_>) -> bool {
        match self {
            Self::Named(name) => pod.name == name,
            Self::Labelled(label, value) => pod.labels.get(label) == Some(value.as_ref()),
            Self::Selected(selector) => selector.matches(&pod.labels),
        }
    }
}
