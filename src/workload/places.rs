//! Reading of the places in an object that carry images, all in one pass; only what
//! lies within each other is taken out and read again.

use std::borrow::Cow;

use super::Scope;
use super::container::ContainerView;
use super::decode_error::DecodeErrorKind;
use super::field_path::Step;
use super::gathered::{Gathered, Key};
use super::path_pattern::Segment;
use super::place::{Holds, Place, PodSpecForm};
use super::pod_spec::PodSpecView;
use super::reader::{GaveUp, Items, Known, Object, Tree, Value, View};
use super::site::{Basis, DeclaredPullPolicy, Holder, ImageSite, Section, Stands};
use super::wanted::{Goal, Wanted};

/// What is looked for within one value, if it is an object or a list.
pub(super) struct PlacesView<'v, 's, 'a> {
    wanted: Vec<Wanted<'s>>,
    scope: Scope,
    gathered: &'v mut Gathered<'a>,
    /// The field that tells it apart, if it is an item of a list.
    item_name: Option<&'static str>,
    name: Option<Cow<'a, str>>,
}

impl<'v, 's, 'a> PlacesView<'v, 's, 'a> {
    /// Looks for `places` from the root of an object on.
    pub(super) fn of_object(
        places: impl Iterator<Item = &'s Place<'s>>,
        scope: Scope,
        gathered: &'v mut Gathered<'a>,
    ) -> Self {
        Self {
            wanted: Wanted::of(places),
            scope,
            gathered,
            item_name: None,
            name: None,
        }
    }

    /// Reads a value in which something is looked for.
    fn read_value(&mut self, wanted: Vec<Wanted<'s>>, value: Value<'_, 'a>) -> Result<(), GaveUp> {
        self.read_named(wanted, value, None).map(|_| ())
    }

    /// The same; returns the name of an item.
    fn read_named(
        &mut self,
        wanted: Vec<Wanted<'s>>,
        value: Value<'_, 'a>,
        item_name: Option<&'static str>,
    ) -> Result<Option<Cow<'a, str>>, GaveUp> {
        let ends = |one: &&Wanted<'_>| one.step.is_none();
        match wanted.as_slice() {
            [] => return value.skip().map(|()| None),
            [one] if ends(&one) => return self.reach(one, value).map(|()| None),
            wanted if wanted.iter().any(|one| ends(&one)) => {}
            _ => return self.lead_on(wanted, value, item_name),
        }
        // Several things that cannot be read at once, as a PodSpec and a field of it.
        let mut written = value.written()?;
        for one in wanted.iter().filter(ends) {
            self.reach(one, written.value())?;
        }
        let mut on = wanted;
        on.retain(|one| one.step.is_some());
        self.read_named(on, written.value(), item_name)
    }

    fn lead_on(
        &mut self,
        wanted: Vec<Wanted<'s>>,
        value: Value<'_, 'a>,
        item_name: Option<&'static str>,
    ) -> Result<Option<Cow<'a, str>>, GaveUp> {
        let has_field = |one: &Wanted<'_>| matches!(one.step, Some(Segment::Field(_)));
        let is_object = wanted.iter().any(has_field);
        let is_foreign = wanted.iter().all(Wanted::is_foreign);
        let mut view = PlacesView {
            wanted,
            scope: self.scope,
            gathered: self.gathered,
            item_name,
            name: None,
        };
        match (is_object, is_foreign) {
            (true, true) => value.object_if_one(&mut view)?,
            (true, false) => value.object(&mut view)?,
            (false, _) => value.tree(&mut view)?,
        };
        Ok(view.name)
    }

    /// Reads an item of a list, and tells its images what it is called.
    fn read_item(
        &mut self,
        wanted: Vec<Wanted<'s>>,
        mut value: Value<'_, 'a>,
    ) -> Result<(), GaveUp> {
        let before = value.reading().progress();
        let item_name = Wanted::item_name(&wanted);
        let name = self.read_named(wanted, value.reborrow(), Some(item_name))?;
        if let Some(name) = name {
            let reading = value.into_reading();
            reading.name_fields(before, item_name, name.clone());
            reading.name_item(before, name);
        }
        Ok(())
    }

    /// Reads what was looked for.
    fn reach(&mut self, one: &Wanted<'s>, mut value: Value<'_, 'a>) -> Result<(), GaveUp> {
        let place = match one.goal {
            Goal::Place(place) => place,
            Goal::PullPolicy => {
                let policy = value.reborrow().name(DecodeErrorKind::NotAPullPolicy)?;
                let reading = value.into_reading();
                if let Some(policy) = policy
                    && reading.make_room(None)
                {
                    let key = key(one, reading.steps());
                    self.gathered.add_pull_policy(key, policy, reading.path());
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
                if *form == PodSpecForm::Complete {
                    self.gathered.has_containers |= pod_spec.has_containers();
                }
            }
            Holds::Container => {
                let mut container = ContainerView::new(Section::Containers, self.scope);
                value.kept(&mut container)?;
            }
            Holds::Image(pull_policy) => {
                let image = value.reborrow().text()?;
                if let Some(image) = image.filter(|image| !image.is_empty()) {
                    let reading = value.into_reading();
                    if !reading.make_room(None) {
                        return Ok(());
                    }
                    let key = key(one, reading.steps());
                    let beside = pull_policy
                        .as_ref()
                        .and_then(|policy| policy.beside(place.path()));
                    let site = reading.found(ImageSite {
                        path: reading.path(),
                        items: Vec::new(),
                        holder: Holder::Field {
                            owner: None,
                            pull_policy: pull_policy.as_ref().map(|policy| {
                                Cow::Owned(beside.unwrap_or(policy.text()).to_owned())
                            }),
                            stands: match beside {
                                Some(_) => Stands::Beside,
                                None => Stands::Nowhere,
                            },
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
        let is_wanted = |one: &Wanted<'_>| one.is_field(key) || one.step == Some(Segment::Each);
        let is_known = self.wanted.iter().any(is_wanted) || self.item_name == Some(key);
        is_known.then(Known::as_written)
    }

    fn read(&mut self, name: &str, value: Value<'_, 'a>) -> Result<(), GaveUp> {
        let mut value = value;
        let mut is_repeated = false;
        for one in self.wanted.iter_mut().filter(|one| one.is_field(name)) {
            is_repeated |= one.see();
        }
        if is_repeated {
            value.reborrow().note(DecodeErrorKind::Repeated);
        }
        let wanted = Wanted::behind(&self.wanted, &|segment| match segment {
            Segment::Field(own) | Segment::Named(own) => own == name,
            Segment::Each => true,
        });
        if wanted.is_empty() {
            self.name = name_in(value)?;
            return Ok(());
        }
        self.read_value(wanted, value)
    }
}

impl<'a> Items<'a> for PlacesView<'_, '_, 'a> {
    fn item(&mut self, value: Value<'_, 'a>) -> Result<(), GaveUp> {
        let each = Wanted::behind(&self.wanted, &|segment| segment == Segment::Each);
        let is_named = |one: &Wanted<'_>| matches!(one.step, Some(Segment::Named(_)));
        if !self.wanted.iter().any(is_named) {
            return self.read_item(each, value);
        }
        let mut written = value.written()?;
        let mut item = NameView::default();
        written.value().object_if_one(&mut item)?;
        let is_it =
            |segment| matches!(segment, Segment::Named(name) if item.name.as_deref() == Some(name));
        let mut wanted = Wanted::behind(&self.wanted, &is_it);
        wanted.extend(each);
        self.read_item(wanted, written.value())
    }
}

impl<'a> Tree<'a> for PlacesView<'_, '_, 'a> {
    fn object(&mut self, object: Object<'_, 'a>) -> Result<(), GaveUp> {
        object.read(self).map(|_| ())
    }

    fn otherwise(&self) -> Option<DecodeErrorKind> {
        Some(DecodeErrorKind::NotAListOrObject)
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
        self.name = name_in(value)?;
        Ok(())
    }
}

/// A name, if it is one: nobody has said that something else may not stand there.
fn name_in<'a>(value: Value<'_, 'a>) -> Result<Option<Cow<'a, str>>, GaveUp> {
    let mut written = value.written()?;
    let json = written.json();
    match json.bytes().next() {
        Some(b'"') => written.value().text(),
        Some(b'0'..=b'9') => Ok(Some(Cow::Borrowed(json))),
        _ => Ok(None),
    }
}
