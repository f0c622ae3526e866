//! What an update changes: which image was at a site before, and whether the Pods
//! that it is for will be started anew.

use super::finding::EffectivePullPolicy;
use crate::settings::Settings;
use crate::workload::{
    FieldPath, Holder, ImageSite, KnownKind, Node, Part, Scope, Unreadable, Workload, sorted_by,
};

/// An object before and after an update, as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// The object as it will be.
    pub object: &'a str,
    /// The object as it is.
    pub old_object: &'a str,
}

/// What an update does to a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Novelty {
    /// It brings it, or there is nothing to compare with.
    New,
    /// It leaves it alone: nothing is pulled.
    Unchanged,
    /// It leaves the image alone, and starts Pods with it anew.
    RolledOutAgain,
}

/// The old object, laid beside the new one.
pub(super) struct Comparison<'a> {
    change: Change<'a>,
    kind: &'static KnownKind,
    old: Workload<'a>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(change: Change<'a>, kind: &'static KnownKind, scope: Scope) -> Option<Self> {
        let old = Workload::read_old(change.old_object, kind, scope);
        // Of two values, any reader takes another.
        let is_one = !old.unreadable().iter().any(Unreadable::is_of_two);
        is_one.then_some(Self { change, kind, old })
    }

    /// What the update does to each site of the new object.
    pub(super) fn novelties(
        &self,
        sites: &[ImageSite<'_>],
        settings: &Settings<'_>,
    ) -> Vec<Novelty> {
        let mut pairs = Vec::new();
        let mut novelties = Vec::with_capacity(sites.len());
        // For each site, the pair of templates on which its novelty depends.
        let mut depends_on = Vec::with_capacity(sites.len());
        for (twin, site) in twins(sites, self.old.sites()).into_iter().zip(sites) {
            let twin = twin.filter(|twin| is_same(twin, site, settings));
            let pair = twin.and_then(|twin| self.templates(site, twin));
            novelties.push(match twin {
                Some(_) => Novelty::Unchanged,
                None => Novelty::New,
            });
            depends_on.push(pair.map(|pair| {
                if pairs.last() != Some(&pair) {
                    pairs.push(pair);
                }
                pairs.len() - 1
            }));
        }
        let equal = are_equal(self.change, &pairs, Equality::OfValues);
        for (novelty, pair) in novelties.iter_mut().zip(depends_on) {
            if pair.is_some_and(|pair| equal.get(pair) != Some(&true)) {
                *novelty = Novelty::RolledOutAgain;
            }
        }
        novelties
    }

    /// Whether each of `problems` could not be read before either, and is equal.
    pub(super) fn are_unchanged(&self, problems: &[Unreadable]) -> Vec<bool> {
        let mut places: Vec<(FieldPath, FieldPath)> = Vec::new();
        let mut depends_on = Vec::with_capacity(problems.len());
        for problem in problems {
            let path = problem.path().outermost_list();
            if places.last().is_none_or(|(last, _)| *last != path) {
                places.push((path.clone(), path));
            }
            depends_on.push(places.len() - 1);
        }
        let equal = are_equal(self.change, &places, Equality::OfText);
        let mut unchanged = Vec::with_capacity(problems.len());
        for (place, problem) in depends_on.iter().zip(problems) {
            unchanged.push(
                equal.get(*place) == Some(&true)
                    && (problem.path().is_within_list()
                        || self.old.unreadable().binary_search(problem).is_ok()),
            );
        }
        unchanged
    }

    /// The pod templates that two sites stand in. A Pod is none: its containers
    /// are not started anew by a change of something else.
    fn templates(
        &self,
        site: &ImageSite<'_>,
        twin: &ImageSite<'_>,
    ) -> Option<(FieldPath, FieldPath)> {
        if self.kind.is_pod() {
            return None;
        }
        Some((site.path().pod_template()?, twin.path().pod_template()?))
    }
}

/// Whether two sites would have the kubelet do the same.
fn is_same(twin: &ImageSite<'_>, site: &ImageSite<'_>, settings: &Settings<'_>) -> bool {
    let policy = |site| EffectivePullPolicy::at(site, settings).policy;
    twin.image() == site.image() && policy(twin) == policy(site)
}

/// What two versions of a site share: the fields on its way, and the names of what
/// holds it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name<'s> {
    fields: Vec<&'static str>,
    container: Option<&'s str>,
    inner: Option<&'s str>,
    /// Where it stands, if it has no name: that is all there is to tell it apart.
    index: Option<usize>,
}

impl<'s> Name<'s> {
    fn of(site: &'s ImageSite<'_>) -> Self {
        let is_named = match site.holder() {
            Holder::Volume(name) => name.is_some(),
            holder => holder.container_name().is_some(),
        };
        Self {
            index: if is_named {
                None
            } else {
                site.path().first_index()
            },
            fields: site.path().fields().collect(),
            container: site.holder().container_name(),
            inner: match site.holder() {
                Holder::Volume(name) => name.as_deref(),
                Holder::Variable { name, .. } => Some(name),
                _ => None,
            },
        }
    }
}

/// A name, and which it is of those that share it.
type Identity<'s> = (Name<'s>, usize);

/// For each of `sites`, the one of `old_sites` that it continues.
fn twins<'o, 'a>(
    sites: &[ImageSite<'_>],
    old_sites: &'o [ImageSite<'a>],
) -> Vec<Option<&'o ImageSite<'a>>> {
    let old = identified(old_sites);
    let mut twins = vec![None; sites.len()];
    for (identity, index) in identified(sites) {
        let found = old.binary_search_by(|(candidate, _)| candidate.cmp(&identity));
        let old_index = found.ok().and_then(|position| old.get(position));
        if let (Some(twin), Some((_, old_index))) = (twins.get_mut(index), old_index) {
            *twin = old_sites.get(*old_index);
        }
    }
    twins
}

/// The identity of each site with its index, in the order of the identities.
fn identified<'s>(sites: &'s [ImageSite<'_>]) -> Vec<(Identity<'s>, usize)> {
    let mut named = Vec::with_capacity(sites.len());
    for (index, site) in sites.iter().enumerate() {
        named.push((Name::of(site), site.path(), index));
    }
    let named = sorted_by(named, Ord::cmp);
    let mut identified: Vec<(Identity<'s>, usize)> = Vec::with_capacity(named.len());
    for (name, _, index) in named {
        let occurrence = match identified.last() {
            Some(((previous, occurrence), _)) if *previous == name => occurrence + 1,
            _ => 0,
        };
        identified.push(((name, occurrence), index));
    }
    identified
}

/// When two parts are equal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Equality {
    /// As they are written: enough where an API server has written both.
    OfText,
    /// As they are written, or else as JSON values: what is equal in value starts no
    /// Pod anew.
    OfValues,
}

/// Whether each part of the old object, taken from two paths, is equal to its part
/// of the new one.
fn are_equal(
    change: Change<'_>,
    pairs: &[(FieldPath, FieldPath)],
    equality: Equality,
) -> Vec<bool> {
    let (new, old) = pairs.iter().cloned().unzip();
    let parts = Part::take(change.object, new).zip(Part::take(change.old_object, old));
    let mut equal = Vec::with_capacity(pairs.len());
    for (new, old) in pairs {
        equal.push(parts.as_ref().is_some_and(|(new_parts, old_parts)| {
            let (new, old) = (Part::json(new_parts, new), Part::json(old_parts, old));
            new == old || (equality == Equality::OfValues && are_equal_values(new, old))
        }));
    }
    equal
}

fn are_equal_values(new: Option<&str>, old: Option<&str>) -> bool {
    match (new.and_then(Node::parse), old.and_then(Node::parse)) {
        (Some(mut new), Some(mut old)) => new.sort() && old.sort() && new == old,
        _ => false,
    }
}
