//! What an update changes: which image was at a site before, and whether the Pods
//! that it is for will be started anew.

use super::effective_pull_policy::EffectivePullPolicy;
use super::request::Documents;
use super::twin::{is_ambiguous, twins};
use super::update_effect::UpdateEffect;
use crate::settings::Settings;
use crate::workload::{
    DecodeError, Edit, FieldPath, Holder, ImageSite, Layout, Node, Part, Workload, sort_and_dedup,
};

/// An object before and after an update, as JSON.
#[derive(Clone, Copy)]
struct Change<'a> {
    object: &'a str,
    old_object: &'a str,
}

/// The old object, laid beside the new one.
pub(super) struct Comparison<'a> {
    change: Change<'a>,
    layout: &'a Layout<'a>,
    old: Workload<'a>,
}

impl<'a> Comparison<'a> {
    /// Reads the old object; nothing where there is none, or it cannot vouch for the
    /// new one.
    pub(super) fn new(documents: Documents<'a>, layout: &'a Layout<'a>) -> Option<Self> {
        let change = Change {
            object: documents.object,
            old_object: documents.old_object?,
        };
        let old = Workload::read_old(change.old_object, layout);
        // Of two values, any reader takes another.
        let is_of_two = old.unreadable().iter().any(DecodeError::is_of_two);
        if is_of_two || layout.kind().is_searched() && is_ambiguous(old.sites()) {
            return None;
        }
        Some(Self {
            change,
            layout,
            old,
        })
    }

    /// For each of `sites`, the site of the old object that it continues.
    pub(super) fn twins(&self, sites: &[ImageSite<'_>]) -> Vec<Option<&ImageSite<'a>>> {
        twins(sites, self.old.sites())
    }

    /// What the update does to each site of the new object for which it matters.
    pub(super) fn effects(
        &self,
        sites: &[ImageSite<'a>],
        matters: impl Fn(usize) -> bool,
        settings: &Settings<'_>,
    ) -> Vec<UpdateEffect> {
        let mut effects = Vec::with_capacity(sites.len());
        // For each site, the parts on which its effect depends.
        let mut depends_on = Vec::with_capacity(sites.len());
        for (index, twin) in twins(sites, self.old.sites()).into_iter().enumerate() {
            let site = sites.get(index).filter(|_| matters(index));
            let (effect, own) = match (site, twin) {
                (Some(site), Some(twin)) if is_same(twin, site, settings) => {
                    (UpdateEffect::Unchanged, self.restarting(site, twin))
                }
                _ => (UpdateEffect::Added, Restarting::Nothing),
            };
            effects.push(effect);
            depends_on.push(own);
        }
        let mut parts = Vec::new();
        for own in &depends_on {
            if let Restarting::Part(new, old) = own {
                parts.push((new, old));
            }
        }
        sort_and_dedup(&mut parts);
        let equal = are_equal(self.change, &parts, Equality::OfValues);
        let depends_on_kind = |own: &Restarting<'_>| matches!(own, Restarting::PartsOfKind);
        let is_kind_restarted = depends_on.iter().any(depends_on_kind) && {
            let mut parts = Vec::new();
            for part in self.layout.kind().restarting_parts() {
                parts.push(part.path());
            }
            are_equal(self.change, &twice(&parts), Equality::OfValues).contains(&false)
        };
        for (effect, own) in effects.iter_mut().zip(&depends_on) {
            let is_restarted = match own {
                Restarting::Nothing => false,
                Restarting::PartsOfKind => is_kind_restarted,
                Restarting::Part(new, old) => {
                    let position = parts.binary_search(&(new, old)).ok();
                    position.and_then(|position| equal.get(position)) != Some(&true)
                }
            };
            if is_restarted {
                *effect = UpdateEffect::Restarted;
            }
        }
        effects
    }

    /// Whether each of `problems` could not be read before either, and is equal.
    pub(super) fn are_unchanged(&self, problems: &[DecodeError<'a>]) -> Vec<bool> {
        let mut places: Vec<FieldPath<'a>> = Vec::new();
        let mut depends_on = Vec::with_capacity(problems.len());
        for problem in problems {
            let path = problem.path().outermost_list();
            if places.last() != Some(&path) {
                places.push(path);
            }
            depends_on.push(places.len() - 1);
        }
        let equal = are_equal(self.change, &twice(&places), Equality::OfText);
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

    /// What starts Pods with an image anew when it changes. Nothing does where a Pod is
    /// changed: its containers are not started anew by a change of something else.
    fn restarting(&self, site: &ImageSite<'a>, twin: &ImageSite<'a>) -> Restarting<'a> {
        if self.layout.kind().is_pod() {
            return Restarting::Nothing;
        }
        let part = |path| part_around(path, site.holder());
        match (part(site.path()), part(twin.path())) {
            (Some(new), Some(old)) => Restarting::Part(new, old),
            _ => Restarting::PartsOfKind,
        }
    }
}

/// The pod template that an image stands in or, where there is none, its container.
fn part_around<'p>(image: &FieldPath<'p>, holder: &Holder<'_>) -> Option<FieldPath<'p>> {
    image.pod_template().or_else(|| match holder {
        Holder::Container { .. } => Some(image.above(1)),
        // Out of `env[0].value`.
        Holder::Variable { .. } => Some(image.above(3)),
        Holder::Volume(_) | Holder::Field { .. } => None,
    })
}

/// Takes in what edits of an updated object do: a site that was left alone is rolled out
/// again where one of them changes what starts its Pods anew. Returns whether that is so
/// for any. (Of a Pod nothing is edited in an update.)
pub(super) fn roll_out_edited(
    edits: &[Edit<'_>],
    sites: &[ImageSite<'_>],
    effects: &mut [UpdateEffect],
) -> bool {
    let mut edited = Vec::with_capacity(edits.len());
    for edit in edits {
        edited.push(edit.path());
    }
    sort_and_dedup(&mut edited);
    let mut is_any_restarted = false;
    for (site, effect) in sites.iter().zip(effects) {
        if *effect == UpdateEffect::Unchanged
            && let Some(part) = part_around(site.path(), site.holder())
            && leads_any_into(&edited, &part)
        {
            *effect = UpdateEffect::Restarted;
            is_any_restarted = true;
        }
    }
    is_any_restarted
}

/// What starts Pods with an image anew when it changes.
enum Restarting<'a> {
    Nothing,
    /// A part of both objects.
    Part(FieldPath<'a>, FieldPath<'a>),
    /// What is known of the kind.
    PartsOfKind,
}

/// Where something stands in the new object, and in the old one.
type PathPair<'p> = (&'p FieldPath<'p>, &'p FieldPath<'p>);

/// What stands at the same paths in both.
fn twice<'p>(paths: &'p [FieldPath<'p>]) -> Vec<PathPair<'p>> {
    let mut pairs = Vec::with_capacity(paths.len());
    for path in paths {
        pairs.push((path, path));
    }
    pairs
}

/// Whether any of some paths, which are in order, leads into a part.
fn leads_any_into(paths: &[&FieldPath<'_>], part: &FieldPath<'_>) -> bool {
    let first = paths.binary_search(&part).unwrap_or_else(|first| first);
    paths.get(first).is_some_and(|path| path.starts_with(part))
}

/// Whether two sites would have the kubelet do the same.
fn is_same(twin: &ImageSite<'_>, site: &ImageSite<'_>, settings: &Settings<'_>) -> bool {
    let policy = |site| EffectivePullPolicy::at(site, settings).policy;
    twin.image() == site.image() && policy(twin) == policy(site)
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

/// The most bytes of JSON of which the values are compared: some ten times what an
/// API server accepts, but not once for each of many templates within each other.
const PATIENCE: usize = 16 << 20;

/// Whether each part of the old object, taken from two paths, is equal to its part
/// of the new one. What takes too long to compare has changed.
fn are_equal(change: Change<'_>, pairs: &[PathPair<'_>], equality: Equality) -> Vec<bool> {
    let mut new_paths = Vec::with_capacity(pairs.len());
    let mut old_paths = Vec::with_capacity(pairs.len());
    for (new, old) in pairs {
        new_paths.push(*new);
        old_paths.push(*old);
    }
    let new_parts = Part::take(change.object, new_paths);
    let old_parts = Part::take(change.old_object, old_paths);
    let parts = new_parts.as_ref().zip(old_parts.as_ref());
    let mut patience = PATIENCE;
    let mut equal = Vec::with_capacity(pairs.len());
    for (new, old) in pairs {
        equal.push(parts.is_some_and(|(new_parts, old_parts)| {
            let (new, old) = (
                given(Part::json(new_parts, new)),
                given(Part::json(old_parts, old)),
            );
            if new == old || equality == Equality::OfText {
                return new == old;
            }
            let (Some(new), Some(old)) = (new, old) else {
                return false;
            };
            let left = patience.checked_sub(new.len() + old.len());
            patience = left.unwrap_or_default();
            left.is_some() && are_equal_values(new, old)
        }));
    }
    equal
}

/// A part, unless it is empty: that is as good as none.
fn given(part: Option<&str>) -> Option<&str> {
    part.filter(|json| !matches!(*json, "null" | "[]" | "{}" | "\"\""))
}

fn are_equal_values(new: &str, old: &str) -> bool {
    match (Node::parse(new), Node::parse(old)) {
        (Some(mut new), Some(mut old)) => new.sort() && old.sort() && new == old,
        _ => false,
    }
}
