//! Which site of an old object a site of the new one continues.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::workload::{Basis, FieldPath, Holder, ImageSite, sort_and_dedup, sort_by};

/// What two versions of a site share: the fields on its way, the names of the items
/// of lists on it, and those of what holds it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name<'s> {
    fields: Vec<&'s str>,
    items: &'s [Cow<'s, str>],
    container: Option<&'s str>,
    inner: Option<&'s str>,
    /// The field of its pull policy, where the settings can say of one image that it has
    /// several.
    pull_policy: Option<&'s str>,
    /// Where it stands, if it has no name: that is all there is to tell it apart.
    indices: Vec<usize>,
}

impl<'s> Name<'s> {
    fn of(site: &'s ImageSite<'_>) -> Self {
        let is_named = !site.items().is_empty()
            || match site.holder() {
                Holder::Volume(name) => name.is_some(),
                holder => holder.container_name().is_some(),
            };
        Self {
            indices: if is_named {
                Vec::new()
            } else {
                site.path().indices()
            },
            fields: site.path().fields(),
            items: site.items(),
            container: site.holder().container_name(),
            inner: match site.holder() {
                Holder::Volume(name) => name.as_deref(),
                Holder::Variable { name, .. } => Some(name),
                _ => None,
            },
            pull_policy: match site.holder() {
                Holder::Field { pull_policy, .. } if site.basis() == Basis::Place => {
                    pull_policy.as_deref()
                }
                _ => None,
            },
        }
    }
}

/// A site by its name, and by which it is of those that share the name.
struct Identified<'s> {
    name: Name<'s>,
    occurrence: usize,
    path: &'s FieldPath<'s>,
    index: usize,
}

impl Identified<'_> {
    /// Before it is known which of those that share the name it is.
    fn order(&self, other: &Self) -> Ordering {
        let by_name = self.name.cmp(&other.name);
        by_name.then_with(|| self.path.cmp(other.path))
    }

    /// What tells it apart in any object.
    fn identity(&self) -> (&Name<'_>, usize) {
        (&self.name, self.occurrence)
    }
}

/// The most bytes of names that are compared: some ten times what an API server
/// accepts, but not a huge one once for each of many sites that share it.
const PATIENCE: usize = 16 << 20;

/// Whether names of sites take too long to compare: then nothing continues another.
fn is_too_long(sites: &[ImageSite<'_>]) -> bool {
    let mut left = PATIENCE;
    sites.iter().any(|site| {
        let length = site.holder().container_name().map_or(0, str::len);
        let rest = left.checked_sub(length);
        left = rest.unwrap_or_default();
        rest.is_none()
    })
}

/// For each of `sites`, the one of `old_sites` that it continues.
pub(super) fn twins<'o, 'a>(
    sites: &[ImageSite<'_>],
    old_sites: &'o [ImageSite<'a>],
) -> Vec<Option<&'o ImageSite<'a>>> {
    let mut twins = vec![None; sites.len()];
    if is_too_long(sites) || is_too_long(old_sites) {
        return twins;
    }
    let old = identified(old_sites);
    for site in identified(sites) {
        let found = old.binary_search_by(|own| own.identity().cmp(&site.identity()));
        let twin = found.ok().and_then(|position| old.get(position));
        if let (Some(into), Some(twin)) = (twins.get_mut(site.index), twin) {
            *into = old_sites.get(twin.index);
        }
    }
    twins
}

/// Every site with its identity, in the order of the identities.
fn identified<'s>(sites: &'s [ImageSite<'_>]) -> Vec<Identified<'s>> {
    let mut identified = Vec::with_capacity(sites.len());
    for (index, site) in sites.iter().enumerate() {
        identified.push(Identified {
            name: Name::of(site),
            occurrence: 0,
            path: site.path(),
            index,
        });
    }
    sort_by(&mut identified, Identified::order);
    let mut previous: Option<&Identified<'_>> = None;
    for site in &mut identified {
        if let Some(previous) = previous
            && previous.name.cmp(&site.name).is_eq()
        {
            site.occurrence = previous.occurrence + 1;
        }
        previous = Some(site);
    }
    identified
}

/// Whether two sites that were searched have the same path, which only a key that
/// stands twice can bring about.
pub(super) fn is_ambiguous(sites: &[ImageSite<'_>]) -> bool {
    let mut paths = Vec::with_capacity(sites.len());
    for site in sites {
        if site.basis() == Basis::Looks {
            paths.push(site.path());
        }
    }
    let all = paths.len();
    sort_and_dedup(&mut paths);
    paths.len() < all
}
