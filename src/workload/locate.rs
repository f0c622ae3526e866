//! Locates the images in an object by its read plan.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::mem::swap;
use std::ptr;

use super::decode_error::{DecodeError, DecodeErrorKind};
use super::image_location::{Content, ImageFields, ImageLocation, MissingTag, PodSpecForm};
use super::joined::{Parts, has_no_tag_or_digest};
use super::listed::ListedReader;
use super::metadata::{Metadata, OwnerKind};
use super::miscased::note_miscased;
use super::path_pattern::PathPattern;
use super::pod_patch::pod_patch;
use super::pod_spec::{container, pod_spec, pull_policy};
use super::read_plan::ReadPlan;
use super::revision::{WAY_TO_IMAGES, holds_template, kept_pod_spec, replaces_template};
use super::search::search;
use super::select::{OnMismatch, Selected, select, select_from};
use super::site::{
    ContainerType, DeclaredPullPolicy, Holder, ImageSite, MAX_SITE_BYTES, Provenance,
    PullPolicyPlace,
};
use crate::document::{Cursor, Errors, FieldPath, Step, Value};
use crate::image::{PullPolicy, without_scheme};

/// The image sites of an object, its errors, and what its metadata says about who made it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Located<'t> {
    sites: Vec<ImageSite<'t>>,
    errors: Vec<DecodeError<'t>>,
    metadata: Metadata,
}

impl<'t> Located<'t> {
    /// The image sites, in the order of their paths.
    #[must_use]
    pub fn sites(&self) -> &[ImageSite<'t>] {
        &self.sites
    }

    /// The errors, in the order of their paths.
    #[must_use]
    pub fn errors(&self) -> &[DecodeError<'t>] {
        &self.errors
    }

    /// Whether one of the object's owners is its controller.
    pub(crate) const fn has_controller(&self) -> bool {
        self.metadata.controller.is_some()
    }

    /// The kind of the owner that is the object's controller.
    pub(crate) const fn controller(&self) -> Option<&OwnerKind> {
        self.metadata.controller.as_ref()
    }

    /// Whether the object claims to mirror a static Pod.
    pub(crate) const fn has_mirror_annotation(&self) -> bool {
        self.metadata.has_mirror_annotation
    }
}

/// The most bytes of images that are read: more than any payload has. The settings can declare many
/// locations that lead to one long text.
const MAX_IMAGE_BYTES: usize = 4 << 20;

/// Locates the images in an object. Fields of the wrong type end up in its errors.
pub(crate) fn locate<'t>(object: &'t Value<'t>, plan: &ReadPlan<'_>) -> Located<'t> {
    let errors = Errors::new();
    let mut sites = Vec::new();
    let mut missing = Vec::new();
    let mut listed = ListedReader::new(plan.listed());
    let metadata = if plan.kind().is_searched() && !plan.has_added_locations() {
        // The schema of such an object is unknown, so no type can be wrong.
        Metadata::of(&Cursor::root(object, &Errors::new()))
    } else {
        let root = Cursor::root(object, &errors);
        let is_object = object.is_null() || root.object().is_some();
        match is_object {
            true => Metadata::of(&root),
            false => Metadata::default(),
        }
    };
    if plan.kind().is_searched() && !holds_template(object, plan) {
        sites = search(object, plan.kind().container_fields(), &mut listed);
    }
    if plan.locations().next().is_some() {
        if object.is_null() {
            errors.note(FieldPath::default(), DecodeErrorKind::Missing);
        }
        let mut readings = Readings::default();
        let (mut bytes, mut image_bytes) = (0, 0);
        for location in plan.locations() {
            let found = read_location(
                location,
                object,
                &sites,
                &mut readings,
                &mut listed,
                &errors,
            );
            if !found.unknown.is_empty() {
                sites.retain(|site| !found.unknown.contains(&site.path));
            }
            let images = found.sites.iter().map(|site| site.image.len());
            image_bytes += images.sum::<usize>();
            bytes += found.sites.iter().map(ImageSite::weight).sum::<usize>();
            sites.extend(found.sites);
            missing.extend(found.missing);
            if image_bytes > MAX_IMAGE_BYTES {
                errors.note(FieldPath::default(), DecodeErrorKind::TooMuch);
            }
            // The object is refused below.
            if bytes > MAX_SITE_BYTES
                || image_bytes > MAX_IMAGE_BYTES
                || errors.has_followed_too_much()
            {
                break;
            }
        }
    }
    // The paths of a kind alone can lead to too much, too.
    let is_followed_too_far = errors.has_followed_too_much();
    if listed.is_exhausted() || is_followed_too_far && !plan.has_added_locations() {
        errors.note(FieldPath::default(), DecodeErrorKind::TooMuch);
    }
    if listed.has_spent_budget() || is_followed_too_far && plan.has_added_locations() {
        errors.note(FieldPath::default(), DecodeErrorKind::TooManyComparisons);
    }
    if errors.count() == 0 {
        for path in missing {
            errors.note(path, DecodeErrorKind::Missing);
        }
    }
    finalize(sites, errors, metadata, plan)
}

fn finalize<'t>(
    mut sites: Vec<ImageSite<'t>>,
    errors: Errors<'t, DecodeErrorKind>,
    metadata: Metadata,
    plan: &ReadPlan<'_>,
) -> Located<'t> {
    let bytes: usize = sites.iter().map(ImageSite::weight).sum();
    let has_too_much = bytes > MAX_SITE_BYTES || errors.is_full();
    if has_too_much {
        sites.clear();
    }
    // A declared location and the search can find the same image. The located site comes first,
    // since it knows the pull policy. The search knows a container by its list.
    sites.sort_by(ImageSite::compare);
    if plan.locations().next().is_some() {
        sites.dedup_by(|later, earlier| {
            let is_same = later.path == earlier.path && later.provenance > earlier.provenance;
            if is_same && matches!(later.holder, Holder::Container { .. }) {
                swap(&mut later.holder, &mut earlier.holder);
                swap(&mut later.items, &mut earlier.items);
            }
            is_same
        });
    }
    let errors = match has_too_much {
        true => vec![DecodeError::new(
            FieldPath::default(),
            DecodeErrorKind::TooMuch,
        )],
        false => DecodeError::sorted(errors),
    };
    Located {
        sites,
        errors,
        metadata,
    }
}

/// The values that were read so far, by their addresses. Many declared locations can lead to one
/// value with thousands of variables, which is read once.
#[derive(Default)]
struct Readings(BTreeSet<(usize, Reading)>);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Reading {
    Container,
    PodSpec(PodSpecForm),
}

impl Readings {
    /// Whether the value was not read in this way before.
    fn add(&mut self, value: &Value<'_>, reading: Reading) -> bool {
        self.0.insert((ptr::from_ref(value).addr(), reading))
    }
}

/// The sites in a location, and an error that counts only if there is no other.
#[derive(Default)]
struct LocationContents<'t> {
    sites: Vec<ImageSite<'t>>,
    /// The path of a required list of containers that is missing.
    missing: Option<FieldPath<'t>>,
    /// The paths of images whose tag their operator finds itself, so nothing can be said of
    /// them.
    unknown: Vec<FieldPath<'t>>,
}

impl<'t> From<Vec<ImageSite<'t>>> for LocationContents<'t> {
    fn from(sites: Vec<ImageSite<'t>>) -> Self {
        Self {
            sites,
            ..Self::default()
        }
    }
}

fn read_location<'t>(
    location: &ImageLocation<'_>,
    object: &'t Value<'t>,
    earlier: &[ImageSite<'t>],
    readings: &mut Readings,
    listed: &mut ListedReader<'_>,
    errors: &Errors<'t, DecodeErrorKind>,
) -> LocationContents<'t> {
    let on_mismatch = match location.allows_other_types() {
        true => OnMismatch::Ignore,
        false => OnMismatch::Note,
    };
    let segments = location.path().segments();
    let selected = select(object, segments, location.item_keys(), on_mismatch, errors);
    match location.content() {
        Content::Image(fields) => images(&selected, location, fields, object, errors),
        Content::PodPatch => {
            let patches = selected.iter();
            let sites = patches.flat_map(|patch| pod_patch(patch, earlier, errors));
            sites.collect::<Vec<_>>().into()
        }
        Content::Container => within_items(&selected, |found| {
            match readings.add(found.value, Reading::Container) {
                true => container(&found.cursor(errors), ContainerType::Container, listed),
                false => Vec::new(),
            }
        })
        .into(),
        Content::PodSpec(form) => {
            if *form == PodSpecForm::Patch {
                note_miscased(object, &mut Vec::new(), &WAY_TO_IMAGES, errors);
            }
            let sites = within_items(&selected, |found| {
                let spec = found.cursor(errors);
                let is_patch = *form == PodSpecForm::Patch;
                let is_foreign = is_patch && found.value.as_object().is_none();
                let is_new = readings.add(found.value, Reading::PodSpec(*form));
                if !is_new || is_foreign || spec.object().is_none() {
                    return Vec::new();
                }
                match is_patch && !replaces_template(object, found) {
                    true => kept_pod_spec(&spec, listed),
                    false => pod_spec(&spec, listed),
                }
            });
            let list = ContainerType::Container.list();
            let has_containers = |found: &Selected<'_>| {
                let containers = found.value.get(list);
                containers.is_some_and(|containers| !containers.is_null())
            };
            let is_needed = *form == PodSpecForm::Complete;
            let missing = (is_needed && !selected.iter().any(has_containers))
                .then(|| location.path().owned_path().field(list));
            LocationContents {
                missing,
                ..sites.into()
            }
        }
    }
}

/// Reads each value, and gives its sites the names of the list items around it.
fn within_items<'t>(
    selected: &[Selected<'t>],
    mut read: impl FnMut(&Selected<'t>) -> Vec<ImageSite<'t>>,
) -> Vec<ImageSite<'t>> {
    let of_one = |found: &Selected<'t>| {
        let mut sites = read(found);
        for site in &mut sites {
            site.items = item_names(found);
        }
        sites
    };
    selected.iter().flat_map(of_one).collect()
}

/// The names of the list items around a value, from the innermost on.
fn item_names<'t>(found: &Selected<'t>) -> Vec<Cow<'t, str>> {
    let items = found.items.iter().rev();
    items.map(|item| item.name.clone()).collect()
}

/// The image sites of a declared field, each with its pull policy.
fn images<'t>(
    selected: &[Selected<'t>],
    location: &ImageLocation<'_>,
    fields: &ImageFields<'_>,
    object: &'t Value<'t>,
    errors: &Errors<'t, DecodeErrorKind>,
) -> LocationContents<'t> {
    let patterns = fields.pull_policies();
    let declarations = patterns.map(|own| Declarations::of(own, location.path(), object, errors));
    let mut declarations: Vec<_> = declarations.collect();
    let mut sites = Vec::new();
    let mut unknown = Vec::new();
    let mut shared_parts = vec![None; fields.other_parts.len()];
    let mut bytes = 0;
    for found in selected {
        let text = found.cursor(errors).text();
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            continue;
        };
        if is_replaced(found, location, fields, object, errors) {
            continue;
        }
        let image = match fields.is_whole() {
            true => Some(match without_scheme(text) {
                image if image.len() == text.len() => Cow::Borrowed(image),
                image => Cow::Owned(image.to_owned()),
            }),
            false => joined(
                found,
                text,
                location,
                fields,
                object,
                &mut shared_parts,
                errors,
            )
            .map(Cow::Owned),
        };
        let Some(image) = image else {
            continue;
        };
        if fields.missing_tag == MissingTag::Unknown && has_no_tag_or_digest(&image) {
            unknown.push(FieldPath::from(found.steps.as_slice()));
            continue;
        }
        let path = FieldPath::from(found.steps.as_slice());
        let mut declaring = fields.pull_policies().zip(&mut declarations);
        let declaring = declaring.find_map(|(pattern, declarations)| {
            let declared = declarations.for_image(&found.steps)?;
            Some((pattern, declared))
        });
        let declared = declaring.map(|(_, declared)| declared);
        let own = match declaring {
            Some((pattern, _)) => Some(pattern),
            None => fields.pull_policy.as_ref(),
        };
        let beside = own.and_then(|own| own.beside(location.path()));
        let beside = beside.map(ToOwned::to_owned);
        let declared_policy = match declared {
            Some(declared) => DeclaredPullPolicy::Declared(declared.policy),
            None => fields.default_pull_policy.for_image(&image),
        };
        let pull_policy_place = match (declared, &beside) {
            (None, None) => PullPolicyPlace::Unknown,
            (Some(DeclaredAt { path, .. }), _) => path
                .clone()
                .map_or(PullPolicyPlace::Unknown, PullPolicyPlace::At),
            (None, Some(_)) => PullPolicyPlace::Beside,
        };
        let owner = found.items.last();
        let site = ImageSite {
            path,
            items: item_names(found),
            holder: Holder::Field {
                owner: owner.map(|item| (item.key, item.name.clone())),
            },
            image,
            declared: declared_policy,
            pull_policy_field: match (beside, own) {
                (Some(field), _) => field.into(),
                (None, Some(pattern)) => pattern.text().to_owned().into(),
                (None, None) => "".into(),
            },
            pull_policy_place,
            provenance: Provenance::Located,
        };
        // Many images may share one long field.
        bytes += site.weight();
        sites.push(site);
        // The caller refuses the object.
        if bytes > MAX_SITE_BYTES {
            break;
        }
    }
    LocationContents {
        unknown,
        ..sites.into()
    }
}

/// The steps that a part of a reference shares with its images, and the text of the part; `None` if
/// it cannot be read.
type SharedPart<'t> = (Vec<Step<'t>>, Option<&'t str>);

/// The reference that a field makes together with those that hold its other parts; `None` where
/// one of them cannot be read. Each part is read once for the images that follow each other and
/// share it.
fn joined<'t>(
    found: &Selected<'t>,
    text: &'t str,
    location: &ImageLocation<'_>,
    fields: &ImageFields<'_>,
    object: &'t Value<'t>,
    shared_parts: &mut [Option<SharedPart<'t>>],
    errors: &Errors<'t, DecodeErrorKind>,
) -> Option<String> {
    let mut parts = Parts::default();
    parts.set(fields.own_part, text);
    let others = fields.other_parts.iter().zip(shared_parts);
    for ((part, pattern), known) in others {
        let shared = pattern.shared_with(location.path());
        let steps = found.steps.get(..shared).unwrap_or_default();
        let text = match known {
            Some((known_steps, text)) if known_steps == steps => *text,
            _ => {
                let text = part_text(pattern, shared, steps, object, errors);
                *known = Some((steps.to_vec(), text));
                text
            }
        };
        parts.set(*part, text?);
    }
    if let (true, Some(repository)) = (parts.is_nameless(), &fields.default_repository) {
        // No tag has a slash: such an operator takes it for a whole image.
        if parts.tag.contains('/') {
            return Some(parts.tag.to_owned());
        }
        parts.repository = repository;
    }
    Some(parts.join())
}

/// The text that a pattern leads to after the first `shared` steps of an image; empty where there
/// is none, and `None` where it cannot be read.
fn part_text<'t>(
    pattern: &PathPattern<'_>,
    shared: usize,
    steps: &[Step<'t>],
    object: &'t Value<'t>,
    errors: &Errors<'t, DecodeErrorKind>,
) -> Option<&'t str> {
    let Some(value) = object.at(steps) else {
        return Some("");
    };
    let segments = pattern.segments().skip(shared);
    let selected = select_from(value, steps, segments, &[], OnMismatch::Note, errors);
    let Some((first, others)) = selected.split_first() else {
        return Some("");
    };
    // Two items of a list can have one name.
    let contradiction = others.iter().find(|other| other.value != first.value);
    if let Some(other) = contradiction {
        other.cursor(errors).note(DecodeErrorKind::Repeated);
    }
    first.cursor(errors).text().map(AsRef::as_ref)
}

/// Whether a field that takes the place of an image is set.
fn is_replaced<'t>(
    found: &Selected<'t>,
    location: &ImageLocation<'_>,
    fields: &ImageFields<'_>,
    object: &'t Value<'t>,
    errors: &Errors<'t, DecodeErrorKind>,
) -> bool {
    fields.unless.iter().any(|field| {
        let shared = field.shared_with(location.path());
        let steps = found.steps.get(..shared).unwrap_or_default();
        part_text(field, shared, steps, object, errors) != Some("")
    })
}

/// A declared pull policy, with its path.
struct DeclaredAt<'t> {
    policy: PullPolicy,
    /// `None` where several fields declare the policy: an edit of one would contradict the others.
    path: Option<FieldPath<'t>>,
}

/// The pull policies that a pattern leads to, by the steps that each shares with its images, in the
/// order of their paths.
struct Declarations<'t> {
    shared: usize,
    policies: Vec<(Vec<Step<'t>>, DeclaredAt<'t>)>,
    /// The index of the first policy that can belong to the next image.
    next: usize,
}

impl<'t> Declarations<'t> {
    /// Reads the pull policies of the images at `image`. Two different ones for one image are an
    /// error, since nobody knows which counts.
    fn of(
        pattern: &PathPattern<'_>,
        image: &PathPattern<'_>,
        object: &'t Value<'t>,
        errors: &Errors<'t, DecodeErrorKind>,
    ) -> Self {
        let shared = pattern.shared_with(image);
        let mut policies: Vec<(Vec<Step<'t>>, DeclaredAt<'t>)> = Vec::new();
        for mut found in select(object, pattern.segments(), &[], OnMismatch::Note, errors) {
            let Some(policy) = pull_policy(&found.cursor(errors)) else {
                continue;
            };
            let path = FieldPath::from(found.steps.as_slice());
            found.steps.truncate(shared);
            match policies.last_mut() {
                Some((steps, earlier)) if *steps == found.steps => {
                    if earlier.policy != policy {
                        errors.note(path, DecodeErrorKind::Repeated);
                        earlier.policy = PullPolicy::Always;
                    }
                    earlier.path = None;
                }
                _ => {
                    let path = Some(path);
                    policies.push((found.steps, DeclaredAt { policy, path }));
                }
            }
        }
        Self {
            shared,
            policies,
            next: 0,
        }
    }

    /// The pull policy of an image. The images come in the order of their paths.
    fn for_image(&mut self, steps: &[Step<'t>]) -> Option<&DeclaredAt<'t>> {
        let steps = steps.get(..self.shared)?;
        while let Some((own, _)) = self.policies.get(self.next)
            && own.as_slice() < steps
        {
            self.next += 1;
        }
        let (own, declared) = self.policies.get(self.next)?;
        (own == steps).then_some(declared)
    }
}
