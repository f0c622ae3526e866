//! Reading of the places in an object that carry images, all in one pass.

use std::borrow::Cow;

use super::Scope;
use super::container::ContainerView;
use super::field_path::Step;
use super::gathered::{Gathered, Key};
use super::path_pattern::{PathPattern, Segment, Segments};
use super::place::{Holds, Place, PodSpecForm};
use super::pod_spec::PodSpecView;
use super::reader::{GaveUp, Items, Known, Tree, Value, View};
use super::site::{Basis, DeclaredPullPolicy, Holder, ImageSite, Section};
use super::unreadable::Fault;

/// What is looked for at the end of a way.
#[derive(Clone, Copy)]
enum Goal<'s> {
    /// What a place says.
    Place(&'s Place<'s>),
    /// The pull policy of the image in a place.
    PullPolicy,
}

/// What is looked for within a value.
#[derive(Clone, Copy)]
struct Wanted<'s> {
    /// The way that is left.
    way: Segments<'s>,
    goal: Goal<'s>,
    /// The number of the place, which tells it apart.
    place: usize,
    /// How many steps an image and its pull policy share.
    shared: usize,
}

/// What is looked for within one value, if it is an object or a list.
pub(super) struct PlacesView<'v, 's, 'a> {
    wanted: Vec<Wanted<'s>>,
    scope: Scope,
    gathered: &'v mut Gathered<'a>,
}

impl<'v, 's, 'a> PlacesView<'v, 's, 'a> {
    /// Looks for `places` from the root of an object on.
    pub(super) fn of_object(
        places: impl Iterator<Item = &'s Place<'s>>,
        scope: Scope,
        gathered: &'v mut Gathered<'a>,
    ) -> Self {
        let mut wanted = Vec::new();
        for (number, place) in places.enumerate() {
            let mut want = |path: &'s PathPattern<'s>, goal, shared| {
                wanted.push(Wanted {
                    way: path.segments(),
                    goal,
                    place: number,
                    shared,
                });
            };
            let shared = match place.holds() {
                Holds::Image(Some(pull_policy)) => {
                    let shared = pull_policy.shared_with(place.path());
                    want(pull_policy, Goal::PullPolicy, shared);
                    shared
                }
                _ => 0,
            };
            want(place.path(), Goal::Place(place), shared);
        }
        Self {
            wanted,
            scope,
            gathered,
        }
    }

    /// What is looked for behind a step.
    fn behind(&self, is_taken: impl Fn(Segment<'s>) -> bool) -> Vec<Wanted<'s>> {
        let mut wanted = Vec::new();
        for one in &self.wanted {
            if let Some((segment, way)) = one.way.split()
                && is_taken(segment)
            {
                wanted.push(Wanted { way, ..*one });
            }
        }
        wanted
    }

    /// Whether anything may stand in place of what leads on.
    fn is_foreign(wanted: &[Wanted<'_>]) -> bool {
        wanted.iter().all(|one| {
            matches!(one.goal, Goal::Place(place)
                if *place.holds() == Holds::PodSpec(PodSpecForm::Foreign))
        })
    }

    /// Reads a value in which something is looked for.
    fn read_value(&mut self, wanted: Vec<Wanted<'s>>, value: Value<'_, 'a>) -> Result<(), GaveUp> {
        let ends = |one: &&Wanted<'_>| one.way.is_empty();
        match wanted.as_slice() {
            [] => return value.skip(),
            [one] if ends(&one) => return self.reach(one, value),
            wanted if wanted.iter().any(|one| ends(&one)) => {}
            _ => return self.lead_on(wanted, value),
        }
        // Several things that cannot be read at once, as a PodSpec and a field of it.
        value.written(|written| {
            for one in wanted.iter().filter(ends) {
                self.reach(one, written.value())?;
            }
            let on = wanted.iter().filter(|one| !ends(one));
            let on: Vec<_> = on.copied().collect();
            self.read_value(on, written.value())
        })
    }

    fn lead_on(&mut self, wanted: Vec<Wanted<'s>>, value: Value<'_, 'a>) -> Result<(), GaveUp> {
        let has_field = |one: &Wanted<'_>| {
            let step = one.way.split();
            matches!(step, Some((Segment::Field(_), _)))
        };
        let is_object = wanted.iter().any(has_field);
        let is_foreign = Self::is_foreign(&wanted);
        let mut view = PlacesView {
            wanted,
            scope: self.scope,
            gathered: self.gathered,
        };
        match (is_object, is_foreign) {
            (true, true) => value.object_if_one(&mut view)?,
            (true, false) => value.object(&mut view)?,
            (false, _) => value.tree(&mut view)?,
        };
        Ok(())
    }

    /// Reads what was looked for.
    fn reach(&mut self, one: &Wanted<'s>, mut value: Value<'_, 'a>) -> Result<(), GaveUp> {
        let place = match one.goal {
            Goal::Place(place) => place,
            Goal::PullPolicy => {
                let key = key(one, value.reading().steps());
                let policy = value.name(Fault::NoPullPolicy)?;
                if let Some(policy) = policy {
                    self.gathered.add_pull_policy(key, policy);
                }
                return Ok(());
            }
        };
        match place.holds() {
            Holds::PodSpec(form) => {
                let mut pod_spec = PodSpecView::new(self.scope);
                match form {
                    PodSpecForm::Foreign => value.object_if_one(&mut pod_spec)?,
                    PodSpecForm::Complete | PodSpecForm::Partial => value.object(&mut pod_spec)?,
                };
                self.gathered.has_containers |= pod_spec.has_containers();
            }
            Holds::Container => {
                let mut container = ContainerView::new(Section::Containers, self.scope);
                value.kept(&mut container)?;
            }
            Holds::Image(pull_policy) => {
                let image = value.reborrow().text()?;
                if let Some(image) = image.filter(|image| !image.is_empty()) {
                    let key = key(one, value.reading().steps());
                    let reading = value.into_reading();
                    let site = reading.found(ImageSite {
                        path: reading.path(),
                        holder: Holder::Field {
                            name: None,
                            pull_policy: pull_policy
                                .as_ref()
                                .map(|policy| policy.beside(place.path()).to_owned().into()),
                        },
                        image,
                        pull_policy: match pull_policy {
                            Some(_) => DeclaredPullPolicy::Absent,
                            None => DeclaredPullPolicy::Elsewhere,
                        },
                        basis: Basis::Place,
                    });
                    self.gathered.add_image(site, key);
                }
            }
        }
        Ok(())
    }
}

fn key<'a>(one: &Wanted<'_>, steps: &[Step<'a>]) -> Key<'a> {
    let shared = steps.get(..one.shared).unwrap_or_default();
    (one.place, shared.to_vec())
}

impl<'a> View<'a> for PlacesView<'_, '_, 'a> {
    fn known(&self, key: &str) -> Option<Known> {
        let mut is_any = false;
        for (one, position) in self.wanted.iter().zip(0..) {
            match one.way.split() {
                Some((Segment::Field(name) | Segment::Named(name), _)) if name == key => {
                    return Some(Known::as_written(Some(position)));
                }
                Some((Segment::Each, _)) => is_any = true,
                _ => {}
            }
        }
        is_any.then(|| Known::as_written(None))
    }

    fn read(&mut self, name: &str, value: Value<'_, 'a>) -> Result<(), GaveUp> {
        let wanted = self.behind(|segment| match segment {
            Segment::Field(own) | Segment::Named(own) => own == name,
            Segment::Each => true,
        });
        self.read_value(wanted, value)
    }
}

impl<'a> Items<'a> for PlacesView<'_, '_, 'a> {
    fn item(&mut self, value: Value<'_, 'a>) -> Result<(), GaveUp> {
        let each = self.behind(|segment| segment == Segment::Each);
        let is_named = |segment| matches!(segment, Segment::Named(_));
        if self.behind(is_named).is_empty() {
            return self.read_value(each, value);
        }
        value.written(|written| {
            let mut item = NameView::default();
            written.value().object_if_one(&mut item)?;
            let mut wanted = self.behind(
                |segment| matches!(segment, Segment::Named(name) if item.name.as_deref() == Some(name)),
            );
            wanted.extend(each);
            self.read_value(wanted, written.value())
        })
    }
}

impl<'a> Tree<'a> for PlacesView<'_, '_, 'a> {
    fn otherwise(&self) -> Option<Fault> {
        Some(Fault::NoListOrObject)
    }
}

/// What an item of a list is called.
#[derive(Default)]
struct NameView<'a> {
    name: Option<Cow<'a, str>>,
}

impl<'a> View<'a> for NameView<'a> {
    fn known(&self, key: &str) -> Option<Known> {
        Known::among(key, &["name"])
    }

    fn read(&mut self, _: &str, value: Value<'_, 'a>) -> Result<(), GaveUp> {
        self.name = value.text()?;
        Ok(())
    }
}
