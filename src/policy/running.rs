//! What runs of an image now: the digests that the Pods of a workload report.

use super::host::{Host, Pod, Unknown, pods_in};
use super::request::{Documents, Request};
use crate::image::{Digest, ImageReference};
use crate::settings::LabelSelector;
use crate::workload::{FieldPath, Holder, ImageSite, Kind, Node, OwnPods, Part, Section};

/// The Pods of the object that is judged.
pub(super) struct RunningPods(Result<Vec<Pod>, Unknown>);

impl RunningPods {
    /// Asks for the Pods of an object, if anything tells which they are.
    pub(super) fn of(request: &Request<'_>, documents: Documents<'_>, host: &dyn Host) -> Self {
        let selection = Selection::of(request.layout.kind(), documents.object);
        Self(selection.ok_or(Unknown::NoPods).and_then(|selection| {
            let mut pods = pods_in(request.namespace.as_deref(), host)?;
            pods.retain(|pod| selection.has(pod));
            Ok(pods)
        }))
    }

    /// The digests that a container runs of an image, each once, as far as they can be
    /// compared with one that a registry serves.
    pub(super) fn digests(
        &self,
        container: &str,
        reference: &ImageReference<'_>,
    ) -> Result<Vec<String>, Unknown> {
        let pods = self.0.as_ref().map_err(Unknown::clone)?;
        let name = reference.name();
        let mut digests = Vec::new();
        for pod in pods {
            for running in &pod.containers {
                // Before or after an update the container can be another image's.
                let is_its = running.name == container
                    && ImageReference::try_from(running.image.as_str())
                        .is_ok_and(|running| running.name() == name);
                if let Some(image_id) = running.image_id.as_deref().filter(|_| is_its) {
                    // What is not behind an `@` is the digest of something else: of the
                    // configuration of an image that no registry has served.
                    let digest = Digest::behind_at(image_id).ok_or(Unknown::NotComparable)?;
                    digests.push(digest.as_str().to_owned());
                }
            }
        }
        crate::workload::sort_and_dedup(&mut digests);
        if digests.is_empty() {
            Err(Unknown::NotRunning)
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
        ) if site.path().fields() == ["spec", image] => Some(container),
        _ => None,
    }
}

/// What tells the Pods of one object from others.
enum Selection<'a> {
    Named(String),
    Labelled(&'static str, String),
    Selected(LabelSelector<'a>),
}

impl<'a> Selection<'a> {
    fn of(kind: &Kind<'_>, object: &'a str) -> Option<Self> {
        let root = FieldPath::default();
        let selector = root.field("spec").field("selector");
        let name = root.field("metadata").field("name");
        let parts = Part::take(object, vec![&selector, &name])?;
        let text = || {
            let name = Node::parse(Part::json(&parts, &name)?)?;
            Some(name.text()?.to_owned())
        };
        let selector = || Part::json(&parts, &selector);
        Some(match kind.own_pods() {
            OwnPods::Itself => Self::Named(text()?),
            OwnPods::Labelled { label, .. } => Self::Labelled(label, text()?),
            OwnPods::Selected => Self::Selected(LabelSelector::parse(selector()?)?),
            OwnPods::SelectedByLabels => Self::Selected(LabelSelector::parse_labels(selector()?)?),
        })
    }

    fn has(&self, pod: &Pod) -> bool {
        match self {
            Self::Named(name) => pod.name == *name,
            Self::Labelled(label, value) => pod.labels.get(label) == Some(value),
            Self::Selected(selector) => selector.matches(&pod.labels),
        }
    }
}
