//! What is looked for in an object: the places that carry images, step by step.

use super::path_pattern::{PathPattern, Segment, Segments};
use super::place::{Holds, NAME, Place, PodSpecForm};

/// What is looked for at the end of a way.
#[derive(Clone, Copy)]
pub(super) enum Goal<'s> {
    /// What a place says.
    Place(&'s Place<'s>),
    /// The pull policy of the image in a place.
    PullPolicy,
}

/// Something that is looked for within a value.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'s> {
    /// The next step; none where the value itself is wanted.
    pub(super) step: Option<Segment<'s>>,
    /// The steps behind it.
    way: Segments<'s>,
    pub(super) goal: Goal<'s>,
    /// The number of the place, which tells it apart.
    pub(super) place: usize,
    /// How many steps an image and its pull policy share.
    pub(super) shared: usize,
    /// The field that tells items apart.
    item_name: &'static str,
    /// Whether the field that the next step names has come already.
    is_seen: bool,
}

impl<'s> Wanted<'s> {
    /// Everything that places say, looked for from the root of an object on.
    pub(super) fn of(places: impl Iterator<Item = &'s Place<'s>>) -> Vec<Self> {
        let mut wanted = Vec::new();
        for (number, place) in places.enumerate() {
            let mut want = |path: &'s PathPattern<'s>, goal, shared| {
                let mut way = path.segments();
                wanted.push(Self {
                    step: way.next(),
                    way,
                    goal,
                    place: number,
                    shared,
                    item_name: place.item_name(),
                    is_seen: false,
                });
            };
            let mut shared = 0;
            if let Holds::Image(Some(pull_policy)) = place.holds() {
                shared = pull_policy.shared_with(place.path());
                want(pull_policy, Goal::PullPolicy, shared);
            }
            want(place.path(), Goal::Place(place), shared);
        }
        wanted
    }

    /// What is looked for behind a step.
    pub(super) fn behind(wanted: &[Self], is_taken: &dyn Fn(Segment<'s>) -> bool) -> Vec<Self> {
        let mut behind = Vec::new();
        for one in wanted {
            if one.step.is_some_and(is_taken) {
                let mut way = one.way;
                behind.push(Self {
                    step: way.next(),
                    way,
                    is_seen: false,
                    ..*one
                });
            }
        }
        behind
    }

    /// Whether anything may stand in place of what leads on.
    pub(super) fn is_foreign(&self) -> bool {
        matches!(self.goal, Goal::Place(place)
            if *place.holds() == Holds::PodSpec(PodSpecForm::Foreign))
    }

    /// Whether the next step leads into this field, and into no other.
    pub(super) fn is_field(&self, name: &str) -> bool {
        matches!(self.step, Some(Segment::Field(own) | Segment::Named(own)) if own == name)
    }

    /// The field that tells items apart in which any of `wanted` stands.
    pub(super) fn item_name(wanted: &[Self]) -> &'static str {
        // Only the innermost list matters.
        let is_inner =
            |one: &&Self| matches!(one.step, Some(Segment::Field(_))) && !one.way.contains_each();
        let inner = wanted.iter().find(is_inner);
        inner.map_or(NAME, |one| one.item_name)
    }

    /// Notes that the field has come; returns whether it had already.
    pub(super) const fn see(&mut self) -> bool {
        std::mem::replace(&mut self.is_seen, true)
    }
}
