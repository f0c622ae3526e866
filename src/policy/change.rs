//! What an update changes: which image was at a site before, and whether the Pods
//! that it is for will be started anew.

use super::finding::EffectivePullPolicy;
use crate::settings::Settings;
use crate::workload::{
    FieldPath, Holder, ImageSite, Layout, Node, Part, Unreadable, Workload, sort_by,
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
    layout: &'a Layout<'a>,
    old: Workload<'a>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(change: Change<'a>, layout: &'a Layout<'a>) -> Option<Self> {
        let old = Workload::read_old(change.old_object, layout);
        // Of two values, any reader takes another.
        let is_one = !old.unreadable().iter().any(Unreadable::is_of_two);
        is_one.then_some(Self {
            change,
            layout,
            old,
        })
    }

    /// What the update does to each site of the new object.
    pub(super) fn novelties(
        &self,
        sites: &[ImageSite<'a>],
        settings: &Settings<'_>,
    ) -> Vec<Novelty> {
        let mut pairs = Vec::new();
        let mut novelties = Vec::with_capacity(sites.len());
        // For each site, the pairs of parts on which its novelty depends.
        let mut depends_on = Vec::with_capacity(sites.len());
        for (twin, site) in twins(sites, self.old.sites()).into_iter().zip(sites) {
            let twin = twin.filter(|twin| is_same(twin, site, settings));
            novelties.push(match twin {
                Some(_) => Novelty::Unchanged,
                None => Novelty::New,
            });
            let own = twin.map(|twin| self.restarting_parts(site, twin));
            let own = own.unwrap_or_default();
            if !pairs.ends_with(&own) {
                pairs.extend_from_slice(&own);
            }
            depends_on.push(pairs.len() - own.len()..pairs.len());
        }
        let equal = are_equal(self.change, &pairs, Equality::OfValues);
        for (novelty, pairs) in novelties.iter_mut().zip(depends_on) {
            let equal = equal.get(pairs).unwrap_or_default();
            if equal.contains(&false) {
                *novelty = Novelty::RolledOutAgain;
            }
        }
        novelties
    }

    /// Whether each of `problems` could not be read before either, and is equal.
    pub(super) fn are_unchanged(&self, problems: &[Unreadable<'a>]) -> Vec<bool> {
        let mut places: Vec<PathPair<'a>> = Vec::new();
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

    /// The parts of both objects that start Pods with an image anew when they
    /// change: the pod templates that its two sites stand in. A Pod is none: its
    /// containers are not started anew by a change of something else.
    fn restarting_parts(&self, site: &ImageSite<'a>, twin: &ImageSite<'a>) -> Vec<PathPair<'a>> {
        let kind = self.layout.kind();
        if kind.is_pod() {
            return Vec::new();
        }
        if let (Some(new), Some(old)) = (site.path().pod_template(), twin.path().pod_template()) {
            return vec![(new, old)];
        }
        let mut pairs = Vec::new();
        for part in kind.restarting_parts() {
            pairs.push((part.path(), part.path()));
        }
        pairs
    }
}

/// Where something stands in the new object, and in the old one.
type PathPair<'a> = (FieldPath<'a>, FieldPath<'a>);

/// Whether two sites would have the kubelet do the same.
fn is_same(twin: &ImageSite<'_>, site: &ImageSite<'_>, settings: &Settings<'_>) -> bool {
    let policy = |site| EffectivePullPolicy::at(site, settings).policy;
    twin.image() == site.image() && policy(twin) == policy(site)
}

/// What two versions of a site share: the fields on its way, and the names of what
/// holds it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name<'s> {
    fields: Vec<&'s str>,
    container: Option<&'s str>,
    inner: Option<&'s str>,
    /// Where it stands, if it has no name: that is all there is to tell it apart.
    indices: Vec<usize>,
}

impl<'s> Name<'s> {
    fn of(site: &'s ImageSite<'_>) -> Self {
        let is_named = match site.holder() {
            Holder::Volume(name) => name.is_some(),
            holder => holder.container_name().is_some(),
        };
        Self {
            indices: if is_named {
                Vec::new()
            } else {
                site.path().indices().collect()
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
    sort_by(&mut named, Ord::cmp);
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
fn are_equal(change: Change<'_>, pairs: &[PathPair<'_>], equality: Equality) -> Vec<bool> {
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
