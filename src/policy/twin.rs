//! Which site of an old object a site of the new one continues.

use std::borrow::Cow;

use crate::workload::{Basis, Holder, ImageSite, sort_by};

/// What two versions of a site share: the fields on its way, the names of the items
/// of lists on it, and those of what holds it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name<'s> {
    fields: Vec<&'s str>,
    items: &'s [Cow<'s, str>],
    container: Option<&'s str>,
    inner: Option<&'s str>,
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
        }
    }
}

/// A name, and which it is of those that share it.
type Identity<'s> = (Name<'s>, usize);

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

/// Whether two sites that were searched have the same path, which only a key that
/// stands twice can bring about.
pub(super) fn is_ambiguous(sites: &[ImageSite<'_>]) -> bool {
    let mut paths = Vec::with_capacity(sites.len());
    for site in sites {
        if site.basis() == Basis::Looks {
            paths.push(site.path());
        }
    }
    sort_by(&mut paths, Ord::cmp);
    let mut pairs = paths.iter().zip(paths.iter().skip(1));
    pairs.any(|(one, other)| one == other)
}
