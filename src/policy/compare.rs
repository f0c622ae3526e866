//! Compares an object with its old version: which image a site had before, and whether the
//! update restarts the Pods that run it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ptr;

use super::effective_pull_policy::EffectivePullPolicy;
use super::judge::SiteFinding;
use super::update_effect::{PodStart, Unchanged, UpdateEffect};
use crate::document::{Edit, FieldPath, Fields, Value};
use crate::settings::PullPolicies;
use crate::workload::{
    DecodeError, DecodeErrorKind, Holder, ImageSite, Kind, Located, Object, PathPattern,
    Provenance, ReadPlan, RestartingField, UpdateRule, pod_template,
};

/// The object before or after an update, with its image sites.
#[derive(Clone, Copy)]
pub(super) struct Side<'t> {
    pub(super) object: &'t Object<'t>,
    pub(super) located: &'t Located<'t>,
}

/// The effect of an update on each image site and each error of the new object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Update {
    /// The effect on each site, by position. A site without a finding is `Added`, since only
    /// findings are compared.
    pub(super) effects: Vec<UpdateEffect>,
    /// The position of each site's previous site in the old object.
    pub(super) previous: Vec<Option<usize>>,
    /// The effect on each error, by position.
    pub(super) errors: Vec<ErrorEffect>,
    /// The time at which the Pods of a changed template start. `None` where no update starts Pods
    /// again.
    start: Option<PodStart>,
}

/// The effect of an update on a field that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ErrorEffect {
    Added,
    Unchanged,
}

impl Update {
    /// The effect on the site at this position.
    pub(super) fn effect(&self, site: usize) -> UpdateEffect {
        let effect = self.effects.get(site).copied();
        effect.unwrap_or(UpdateEffect::Added)
    }
}

/// The most bytes of names, or of values, that one request compares. The limit is some ten
/// times what an API server accepts. It keeps many sites from comparing one huge part each.
const MAX_COMPARED_BYTES: usize = 16 << 20;

/// Compares an object with its old version. Every site is `Added` where the old object
/// contradicts itself, since nobody knows which of its fields counted.
pub(super) fn compare<'t>(
    new: Side<'t>,
    old: Side<'t>,
    findings: &[SiteFinding<'t>],
    plan: &ReadPlan<'_>,
    pull_policies: &PullPolicies,
) -> Update {
    let is_contradictory = |error: &DecodeError<'_>| error.kind() == DecodeErrorKind::Repeated;
    if old.located.errors().iter().any(is_contradictory) {
        return Update::default();
    }
    let previous = previous_sites(new.located.sites(), old.located.sites());
    let mut comparison = Comparison {
        new: new.object.root(),
        old: old.object.root(),
        bytes_left: MAX_COMPARED_BYTES,
        compared: BTreeMap::new(),
    };
    let kind = plan.kind();
    let unchanged = unchanged_in(kind, new.object.root());
    let start = pod_start(kind, new.object.root());
    let mut kind_restarted = None;
    let mut is_kind_restarted = |comparison: &mut Comparison<'t>| {
        *kind_restarted.get_or_insert_with(|| {
            let mut fields = plan.restarting_fields();
            fields.any(|field| comparison.restarts(field))
        })
    };
    let mut effects = vec![UpdateEffect::Added; new.located.sites().len()];
    for finding in findings {
        let site = finding.site;
        let previous = previous.get(finding.position).copied().flatten();
        let previous = previous.and_then(|position| old.located.sites().get(position));
        let Some(previous) =
            previous.filter(|previous| is_same_pull(previous, site, pull_policies))
        else {
            continue;
        };
        let restart = start.filter(|_| {
            let parts = (restarting_part(site), restarting_part(previous));
            let is_part_equal = match parts {
                (Some(new), Some(old)) => comparison.are_equal(&new, &old),
                _ => true,
            };
            !is_part_equal || is_kind_restarted(&mut comparison)
        });
        let effect = match restart {
            Some(start) => UpdateEffect::Restarted(start),
            None => UpdateEffect::Unchanged(unchanged),
        };
        if let Some(own) = effects.get_mut(finding.position) {
            *own = effect;
        }
    }
    let errors = new.located.errors().iter();
    let errors = errors.map(|error| comparison.error_effect(error, old.located));
    Update {
        effects,
        errors: errors.collect(),
        previous,
        start,
    }
}

/// Why an unchanged image in an object of a kind only warns.
fn unchanged_in(kind: &Kind<'_>, object: &Value<'_>) -> Unchanged {
    match kind.update_rule() {
        UpdateRule::Job if is_true(object, "suspend") => Unchanged::Suspended,
        UpdateRule::Job | UpdateRule::StartsNothing => Unchanged::ThereBefore,
        UpdateRule::Operator => Unchanged::ThereBefore,
        UpdateRule::Pod
        | UpdateRule::RollsOutUnlessPaused
        | UpdateRule::RollsOutUnlessOnDelete
        | UpdateRule::KnownOperator => Unchanged::LeftAlone,
    }
}

/// The time at which the Pods of a changed template start. `None` where no update starts Pods again.
fn pod_start(kind: &Kind<'_>, object: &Value<'_>) -> Option<PodStart> {
    let text_at = |path: &PathPattern<'_>| object.at(path.path().steps()).and_then(Value::as_str);
    let mut no_restart_values = kind.no_restart_values().iter();
    if no_restart_values.any(|(path, value)| text_at(path) == Some(value)) {
        return None;
    }
    let strategy = in_spec(object, "updateStrategy").and_then(|strategy| strategy.get("type"));
    let is_on_delete = strategy.and_then(Value::as_str) == Some("OnDelete");
    match kind.update_rule() {
        UpdateRule::Pod | UpdateRule::Job | UpdateRule::StartsNothing => None,
        UpdateRule::RollsOutUnlessPaused if is_true(object, "paused") => {
            Some(PodStart::WhenResumed)
        }
        UpdateRule::RollsOutUnlessOnDelete if is_on_delete => Some(PodStart::WhenDeleted),
        _ => Some(PodStart::Now),
    }
}

/// Whether a field of `spec` is true.
fn is_true(object: &Value<'_>, field: &str) -> bool {
    matches!(in_spec(object, field), Some(Value::Bool(true)))
}

fn in_spec<'v, 't>(object: &'v Value<'t>, field: &str) -> Option<&'v Value<'t>> {
    object.get("spec")?.get(field)
}

/// Whether the kubelet pulls both sites alike: the same image under the same pull policy.
fn is_same_pull(
    previous: &ImageSite<'_>,
    site: &ImageSite<'_>,
    pull_policies: &PullPolicies,
) -> bool {
    let policy = |site| EffectivePullPolicy::at(site, pull_policies).policy;
    previous.image() == site.image() && policy(previous) == policy(site)
}

/// The pod template around an image. The container stands in for a template where there is
/// none.
fn restarting_part<'t>(site: &ImageSite<'t>) -> Option<FieldPath<'t>> {
    let path = site.path();
    pod_template(path).or_else(|| match site.holder() {
        Holder::Container { .. } => Some(path.ancestor(1)),
        // The three steps `env`, `[0]` and `value` lead from the container to the image.
        Holder::Variable { .. } => Some(path.ancestor(3)),
        // The two steps `args` (or `command`) and `[0]` do.
        Holder::Argument { .. } => Some(path.ancestor(2)),
        Holder::Volume(_) | Holder::Field { .. } => None,
    })
}

/// Whether edits of an updated object restart more sites than the update itself.
pub(super) enum Restarts {
    /// The edits restart no further site.
    Same,
    /// The edits restart sites that the update left unchanged.
    More(Update),
}

/// Finds the unchanged sites that edits restart. Editing one container of a template restarts
/// the Pods of all its containers.
pub(super) fn restarted_by(
    edits: &[Edit<'_>],
    sites: &[ImageSite<'_>],
    update: &Update,
) -> Restarts {
    let Some(start) = update.start else {
        return Restarts::Same;
    };
    let mut edited = BTreeSet::new();
    edited.extend(edits.iter().map(|edit| edit.path().to_owned_path()));
    let is_edited = |part: &FieldPath<'_>| {
        let first = edited.range(part.to_owned_path()..).next();
        first.is_some_and(|path| path.starts_with(part))
    };
    let mut restarted = update.clone();
    for (site, effect) in sites.iter().zip(&mut restarted.effects) {
        if matches!(effect, UpdateEffect::Unchanged(_))
            && let Some(part) = restarting_part(site)
            && is_edited(&part)
        {
            *effect = UpdateEffect::Restarted(start);
        }
    }
    match restarted == *update {
        true => Restarts::Same,
        false => Restarts::More(restarted),
    }
}

/// A comparison of parts of the new object with parts of the old one.
struct Comparison<'t> {
    new: &'t Value<'t>,
    old: &'t Value<'t>,
    /// The budget that is left. Values beyond it count as changed.
    bytes_left: usize,
    /// The results so far, by the addresses of both parts: many sites share one template, and their
    /// paths can be long.
    compared: BTreeMap<(usize, usize), bool>,
}

impl<'t> Comparison<'t> {
    /// Whether a part of the new object equals a part of the old one. An empty value equals a
    /// missing one, since clients and the API server may leave either out.
    fn are_equal(&mut self, new: &FieldPath<'_>, old: &FieldPath<'_>) -> bool {
        let non_empty = |part: Option<&'t Value<'t>>| part.filter(|value| !value.is_empty());
        let new = non_empty(self.new.at(new.steps()));
        let old = non_empty(self.old.at(old.steps()));
        let (Some(new), Some(old)) = (new, old) else {
            return new.is_none() && old.is_none();
        };
        let key = (ptr::from_ref(new).addr(), ptr::from_ref(old).addr());
        if let Some(is_equal) = self.compared.get(&key) {
            return *is_equal;
        }
        let is_equal = self.are_equal_values(new, old);
        self.compared.insert(key, is_equal);
        is_equal
    }

    /// Whether a field of the kind changed in a way that restarts its Pods.
    fn restarts(&mut self, field: &RestartingField) -> bool {
        let path = field.path().owned_path();
        let new = self.new.at(path.steps()).filter(|value| !value.is_empty());
        let old = self.old.at(path.steps()).filter(|value| !value.is_empty());
        match field {
            RestartingField::Set(_) => new.is_some() && !self.are_equal(&path, &path),
            RestartingField::ChangedFrom(_, value) => {
                let is_value =
                    |found: Option<&Value<'_>>| found.and_then(Value::as_str) == Some(value);
                is_value(old) && !is_value(new)
            }
            RestartingField::AddedOrRemoved(_) => match (new, old) {
                (Some(Value::Array(new)), Some(Value::Array(old))) => {
                    // Their order does not matter to an operator.
                    let mut is_known = |new| {
                        old.iter()
                            .any(|old| self.spend(1) && name(old) == name(new))
                    };
                    new.len() != old.len() || !new.iter().all(&mut is_known)
                }
                (new, old) => new.is_some() != old.is_some(),
            },
            RestartingField::AnyExcept(_, except) => {
                let fields = |value: Option<&'t Value<'t>>| {
                    let fields = value.and_then(Value::as_object).into_iter();
                    let fields = fields.flat_map(Fields::iter);
                    fields.filter(|(name, value)| {
                        !except.contains(&name.as_ref()) && !value.is_empty()
                    })
                };
                let is_removed = |name: &str| {
                    let new = new.and_then(|new| new.get(name));
                    new.is_none_or(Value::is_empty)
                };
                fields(old).any(|(name, _)| is_removed(name))
                    || fields(new).any(|(name, new)| {
                        let old = old.and_then(|old| old.get(name));
                        !old.is_some_and(|old| self.are_equal_values(new, old))
                    })
            }
        }
    }

    fn are_equal_values(&mut self, new: &Value<'_>, old: &Value<'_>) -> bool {
        match (new, old) {
            (Value::Array(new), Value::Array(old)) => {
                let mut items = new.iter().zip(old);
                self.spend(0)
                    && new.len() == old.len()
                    && items.all(|(new, old)| self.are_equal_values(new, old))
            }
            (Value::Object(new), Value::Object(old)) => {
                let mut fields = new.iter().zip(old.iter());
                new.len() == old.len()
                    && fields.all(|((name, new), (old_name, old))| {
                        self.spend(name.len())
                            && name == old_name
                            && self.are_equal_values(new, old)
                    })
            }
            (Value::String(new), Value::String(old)) => self.spend(new.len()) && new == old,
            _ => self.spend(0) && new == old,
        }
    }

    /// Takes a value from the budget; false where the budget is spent. Every value costs at least
    /// eight bytes, so many small ones add up too.
    fn spend(&mut self, bytes: usize) -> bool {
        let left = self.bytes_left.checked_sub(bytes + 8);
        self.bytes_left = left.unwrap_or_default();
        left.is_some()
    }

    /// An error is unchanged if the old object has it too. In a list, the whole list must be
    /// equal, since indices may have moved.
    fn error_effect(&mut self, error: &DecodeError<'t>, old: &Located<'_>) -> ErrorEffect {
        let path = error.path();
        let list = path.outermost_list();
        let is_unchanged = self.are_equal(&list, &list)
            && (path.is_within_list() || old.errors().binary_search(error).is_ok());
        match is_unchanged {
            true => ErrorEffect::Unchanged,
            false => ErrorEffect::Added,
        }
    }
}

fn name<'v>(item: &'v Value<'_>) -> Option<&'v str> {
    item.get("name").and_then(Value::as_str)
}

/// The features by which a site is recognised in another version of its object: the fields on
/// its path, the names of list items on its path, and the name of its holder.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Identity<'s> {
    // Fields are compared in this order: those that differ most often come first.
    /// The list indices on the path of a site without any name; empty for all others.
    indices: Vec<usize>,
    inner: Option<&'s str>,
    container: Option<&'s str>,
    items: &'s [Cow<'s, str>],
    /// The pull policy field of a declared image. The settings can declare several for one image.
    pull_policy: Option<&'s str>,
    fields: Vec<&'s str>,
}

impl<'s> Identity<'s> {
    fn of(site: &'s ImageSite<'_>) -> Self {
        let holder = site.holder();
        let inner = match holder {
            Holder::Volume(name) => *name,
            Holder::Variable { name, .. } => Some(*name),
            Holder::Argument { name, .. } => Some(name.as_str()),
            _ => None,
        };
        let is_named = !site.items().is_empty()
            || match holder {
                Holder::Volume(name) => name.is_some(),
                holder => holder.container_name().is_some(),
            };
        let is_declared_field = matches!(holder, Holder::Field { .. })
            && site.provenance() == Provenance::Located
            && !site.pull_policy_field().is_empty();
        Self {
            fields: site.path().fields(),
            items: site.items(),
            container: holder.container_name(),
            inner,
            pull_policy: is_declared_field.then(|| site.pull_policy_field()),
            indices: match is_named {
                true => Vec::new(),
                false => site.path().indices(),
            },
        }
    }
}

/// The position in `old_sites` of each site's previous site.
fn previous_sites(sites: &[ImageSite<'_>], old_sites: &[ImageSite<'_>]) -> Vec<Option<usize>> {
    if names_exceed_limit(sites) || names_exceed_limit(old_sites) {
        return vec![None; sites.len()];
    }
    let mut old = by_identity(old_sites).into_iter().peekable();
    let mut previous = vec![None; sites.len()];
    // Sites that share an identity are paired in the order of their paths.
    for (identity, position) in by_identity(sites) {
        while old.next_if(|(other, _)| *other < identity).is_some() {}
        let found = old.next_if(|(other, _)| *other == identity);
        if let (Some((_, old_position)), Some(previous)) = (found, previous.get_mut(position)) {
            *previous = Some(old_position);
        }
    }
    previous
}

/// The identities of sites with their positions, sorted. Where nothing has a name, identities are
/// in the order of the paths, and sorted already.
fn by_identity<'s>(sites: &'s [ImageSite<'_>]) -> Vec<(Identity<'s>, usize)> {
    let sites = sites.iter().enumerate();
    let mut found: Vec<_> = sites
        .map(|(position, site)| (Identity::of(site), position))
        .collect();
    found.sort();
    found
}

/// Whether the names of all sites together are too long to compare.
fn names_exceed_limit(sites: &[ImageSite<'_>]) -> bool {
    let lengths = sites.iter().map(|site| {
        let items: usize = site.items().iter().map(|item| item.len()).sum();
        items + site.holder().container_name().map_or(0, str::len)
    });
    lengths.sum::<usize>() > MAX_COMPARED_BYTES
}
