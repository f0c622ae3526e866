//! The digests that the Pods of a workload report for an image.

use std::collections::BTreeSet;

use super::context::Context;
use super::host::{LookupError, Pod, list_pods, parse_pods, unfinished_pods};
use crate::budget::Budget;
use crate::document::{FieldPath, Value};
use crate::image::{Digest, ImageReference};
use crate::settings::{LabelSelector, SelectorForm};
use crate::workload::{ContainerType, Holder, ImageSite, Kind, OwnPods};

/// The steps of comparing a running container with an image.
const DIGEST_STEPS: usize = 128;

/// A running container, with owned strings, since many Pods report the same.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct RunningContainer {
    name: String,
    /// The normalised name of the image in the PodSpec; empty if that is not a reference.
    image: String,
    /// The `imageID` that the container runtime reports.
    image_id: String,
}

/// The containers that run in the Pods of an object, sorted and without duplicates.
pub(super) struct RunningPods(Vec<RunningContainer>);

/// A lazy query for the Pods of an object: the host is asked at most once.
pub(super) struct PodLookup<'c> {
    object: &'c Value<'c>,
    context: &'c Context<'c>,
    found: Option<Result<RunningPods, LookupError>>,
}

impl<'c> PodLookup<'c> {
    pub(super) const fn new(object: &'c Value<'c>, context: &'c Context<'c>) -> Self {
        Self {
            object,
            context,
            found: None,
        }
    }

    /// The digests that the Pods report for an image in a container, each once.
    pub(super) fn digests(
        &mut self,
        container: &str,
        reference: &ImageReference<'_>,
    ) -> Result<Vec<&str>, LookupError> {
        let list = || RunningPods::of(self.object, self.context);
        let found = self.found.get_or_insert_with(list);
        let pods = found.as_ref().map_err(Clone::clone)?;
        pods.digests(container, reference, self.context.budget())
    }
}

impl RunningPods {
    /// Asks for the Pods of an object, if it says which ones are its own.
    fn of(object: &Value<'_>, context: &Context<'_>) -> Result<Self, LookupError> {
        let selector = PodSelector::of(&context.request.kind, object);
        let selector = selector.ok_or(LookupError::NoPods)?;
        let answer = list_pods(context.namespace(), context.host)?;
        let answer = parse_pods(&answer)?;
        let mut pods = unfinished_pods(&answer)?;
        let budget = context.budget();
        pods.retain(|pod| selector.matches(pod, budget));
        if budget.is_spent() {
            return Err(LookupError::TooManyComparisons);
        }
        let containers = pods.iter().flat_map(Pod::containers);
        let containers = containers.map(|container| RunningContainer {
            name: container.name.to_owned(),
            // An empty name equals no reference that is looked for.
            image: ImageReference::try_from(container.image)
                .map(|image| image.name())
                .unwrap_or_default(),
            image_id: container.image_id.to_owned(),
        });
        let mut running = BTreeSet::new();
        running.extend(containers);
        Ok(Self(running.into_iter().collect()))
    }

    /// The digests that Pods report for an image in a container, each once. Only digests that a
    /// registry could serve are comparable.
    fn digests(
        &self,
        container: &str,
        reference: &ImageReference<'_>,
        budget: &Budget,
    ) -> Result<Vec<&str>, LookupError> {
        let name = reference.name();
        let mut digests = BTreeSet::new();
        let start = self
            .0
            .partition_point(|running| running.name.as_str() < container);
        for running in self.0.iter().skip(start) {
            if running.name != container {
                break;
            }
            // Many sites can name one container, and each Pod can run a different image in it.
            if !budget.spend(DIGEST_STEPS) {
                return Err(LookupError::TooManyComparisons);
            }
            if running.image_id.is_empty() {
                continue;
            }
            // Pods from before an update run another image in this container. Their
            // digests say nothing about the new one.
            if running.image != name {
                return Err(LookupError::OtherImage);
            }
            // A digest without an `@` is that of the image configuration: the image was
            // built or loaded on the node, and no registry served it.
            let Some(digest) = Digest::after_at_sign(&running.image_id) else {
                return Err(LookupError::NotComparable);
            };
            digests.insert(digest.as_str());
        }
        if digests.is_empty() {
            Err(LookupError::NotRunning)
        } else {
            Ok(digests.into_iter().collect())
        }
    }
}

/// The name of the container that runs the image of a site in the object's Pods.
pub(super) fn container_of<'s>(site: &'s ImageSite<'_>, kind: &Kind<'_>) -> Option<&'s str> {
    match (site.holder(), kind.own_pods()) {
        (
            Holder::Container {
                container_type: ContainerType::Container | ContainerType::InitContainer,
                name,
            },
            _,
        ) => *name,
        (
            Holder::Field { .. },
            OwnPods::Labelled {
                image, container, ..
            },
        ) if *site.path() == FieldPath::default().field("spec").field(image) => Some(container),
        _ => None,
    }
}

/// A selector for the Pods of one object.
enum PodSelector<'t> {
    Named(&'t str),
    Labelled(&'static str, &'t str),
    Selected(LabelSelector),
}

impl<'t> PodSelector<'t> {
    fn of(kind: &Kind<'_>, object: &'t Value<'_>) -> Option<Self> {
        let name = || object.get("metadata")?.str_at("name");
        let selected = |form| {
            let selector = object.get("spec")?.get("selector")?;
            LabelSelector::of_object(selector, form).map(Self::Selected)
        };
        match kind.own_pods() {
            OwnPods::Itself => name().map(Self::Named),
            OwnPods::Labelled { label, .. } => name().map(|name| Self::Labelled(label, name)),
            OwnPods::Selected => selected(SelectorForm::Selector),
            OwnPods::SelectedByLabels => selected(SelectorForm::Labels),
        }
    }

    fn matches(&self, pod: &Pod<'_>, budget: &Budget) -> bool {
        match self {
            Self::Named(name) => pod.name == *name,
            Self::Labelled(label, value) => pod.labels.get(label) == Some(*value),
            Self::Selected(selector) => selector.matches_within(&pod.labels, budget),
        }
    }
}
