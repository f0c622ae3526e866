//! What one pass over a document gathers.

use std::borrow::Cow;
use std::rc::Rc;

use crate::image::PullPolicy;
use crate::workload::field_path::Step;
use crate::workload::order::sort_and_dedup;
use crate::workload::room::{Room, weight};
use crate::workload::{
    Basis, DeclaredPullPolicy, DecodeError, DecodeErrorKind, FieldPath, Holder, ImageSite, Section,
    Stands,
};

/// How a pass takes values, keys among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strings {
    /// Decoded: the library gives up at half a surrogate pair or a number out of
    /// range.
    Decoded,
    /// As they are written, which takes longer and holds anything.
    AsWritten,
}

/// Which problems a pass keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::workload) enum Keeps {
    /// All of them.
    #[default]
    All,
    /// None with an item of a list, or with what it holds.
    OutsideLists,
    /// Those that could hide an image, where it is not known what belongs anywhere.
    WhatHides,
}

/// What a pass over one document has come to.
#[derive(Debug)]
pub(crate) struct Reading<'de> {
    strings: Strings,
    /// The way to what the pass stands at.
    steps: Vec<Step<'de>>,
    /// What the steps weigh.
    weight: usize,
    sites: Vec<ImageSite<'de>>,
    has_controller: bool,
    unreadable: Vec<DecodeError<'de>>,
    /// How many problems there were, kept or not.
    problems: usize,
    keeps: Keeps,
    /// How much of long paths may still be kept.
    room: Room,
}

/// The most steps to what is read: as many objects and lists within each other as
/// the JSON library takes, the root among them.
const DEEPEST: usize = 127;
/// How far a pass had come at some point.
#[derive(Clone, Copy)]
pub(in crate::workload) struct Progress {
    sites: usize,
    unreadable: usize,
}

/// The sites that were found within one item of a list, all after the first few.
#[derive(Clone, Copy)]
pub(in crate::workload) struct InnerSites(usize);

impl<'de> Reading<'de> {
    /// Begins at a field of something else, so that paths start with its name.
    pub(crate) fn at(root: &'static str, strings: Strings) -> Self {
        let mut reading = Self::with(strings);
        reading.enter(Step::field(root));
        reading
    }

    /// Begins at the root of a document.
    pub(crate) fn with(strings: Strings) -> Self {
        Self {
            strings,
            steps: Vec::new(),
            weight: 0,
            sites: Vec::new(),
            has_controller: false,
            unreadable: Vec::new(),
            problems: 0,
            keeps: Keeps::All,
            room: Room::default(),
        }
    }

    pub(super) const fn strings(&self) -> Strings {
        self.strings
    }

    /// Says which problems to keep.
    pub(in crate::workload) const fn keep(&mut self, keeps: Keeps) {
        self.keeps = keeps;
    }

    /// Where the pass stands.
    pub(crate) fn path(&self) -> FieldPath<'de> {
        FieldPath::from(self.steps.as_slice())
    }

    /// The way to where the pass stands.
    pub(in crate::workload) const fn steps(&self) -> &[Step<'de>] {
        self.steps.as_slice()
    }

    /// Whether an object or list would be nested too deep to be read here.
    pub(in crate::workload) const fn is_as_deep_as_is_read(&self) -> bool {
        self.steps.len() >= DEEPEST
    }

    /// Whether something did not fit.
    pub(crate) fn has_problems(&self) -> bool {
        self.problems > 0
    }

    /// How far the pass has come.
    pub(in crate::workload) fn progress(&self) -> Progress {
        Progress {
            sites: self.sites.len(),
            unreadable: self.problems,
        }
    }

    /// The sites found since, if no problem was.
    pub(in crate::workload) fn inner_sites(&self, since: Progress) -> Option<InnerSites> {
        (self.problems == since.unreadable).then_some(InnerSites(since.sites))
    }

    /// Gives up the sites found since.
    pub(super) fn drop_sites(&mut self, since: Progress) {
        self.sites.truncate(since.sites);
    }

    /// Tells the variables among `inner` which container has them, if none of theirs
    /// has told them yet.
    pub(in crate::workload) fn place_variables(
        &mut self,
        inner: InnerSites,
        list: Section,
        name: Option<&str>,
    ) {
        let mut shared: Option<Rc<str>> = None;
        for site in self.sites.iter_mut().skip(inner.0) {
            if let Holder::Variable {
                section, container, ..
            } = &mut site.holder
                && container.is_none()
            {
                *section = list;
                *container = name.map(|name| shared.get_or_insert_with(|| Rc::from(name)).clone());
            }
        }
    }

    /// Tells the sites that were found since the name of an item that they are in.
    pub(in crate::workload) fn name_item(&mut self, since: Progress, name: Cow<'de, str>) {
        for site in self.sites.iter_mut().skip(since.sites) {
            if self.room.take(name.len()) {
                site.items.push(name.clone());
            }
        }
    }

    /// Tells the fields that were found since what they belong to.
    pub(in crate::workload) fn name_fields(
        &mut self,
        since: Progress,
        field: &'static str,
        name: Cow<'de, str>,
    ) {
        for site in self.sites.iter_mut().skip(since.sites) {
            if let Holder::Field { owner, .. } = &mut site.holder
                && owner.is_none()
                && self.room.take(name.len())
            {
                *owner = Some((field, name.clone()));
            }
        }
    }

    /// Notes a problem with what the pass stands at.
    pub(crate) fn note(&mut self, fault: DecodeErrorKind) {
        if self.make_room(None) {
            self.note_at(self.path(), fault);
        } else {
            self.problems += 1;
        }
    }

    /// Notes a problem with something else than what the pass stands at.
    pub(crate) fn note_at(&mut self, path: FieldPath<'de>, fault: DecodeErrorKind) {
        self.problems += 1;
        let is_kept = match self.keeps {
            Keeps::All => true,
            Keeps::OutsideLists => !path.is_within_list(),
            Keeps::WhatHides => fault.hides(),
        };
        if is_kept {
            self.unreadable.push(DecodeError::new(path, fault));
        }
    }

    /// Makes room for something that is found where the pass stands, and for its
    /// name; false where there is none left.
    pub(in crate::workload) fn make_room(&mut self, name: Option<&str>) -> bool {
        self.room.take(self.weight + name.map_or(0, str::len))
    }

    /// Notes a problem with a field of what the pass stands at.
    pub(crate) fn note_field(&mut self, name: &'de str, fault: DecodeErrorKind) {
        self.note_at(self.path().field(name), fault);
    }

    pub(in crate::workload) fn enter(&mut self, step: Step<'de>) {
        self.weight += weight(&step);
        self.steps.push(step);
    }

    pub(in crate::workload) fn leave(&mut self) {
        self.weight -= self.steps.pop().as_ref().map_or(0, weight);
    }

    /// Keeps an image site that was found, for which there is room; returns its number.
    pub(in crate::workload) fn found(&mut self, site: ImageSite<'de>) -> usize {
        self.sites.push(site);
        self.sites.len() - 1
    }

    /// Keeps the image that is named by one of `fields` within the other, below what
    /// the pass stands at, if there is one, and room for it.
    pub(in crate::workload) fn found_below(
        &mut self,
        fields: &[&'static str],
        image: Option<Cow<'de, str>>,
        holder: Holder<'de>,
        pull_policy: DeclaredPullPolicy,
        basis: Basis,
    ) {
        if let Some(image) = image.filter(|image| !image.is_empty())
            && self.make_room(holder.name())
        {
            let mut path = self.path();
            for field in fields {
                path = path.field(field);
            }
            self.found(ImageSite {
                path,
                items: Vec::new(),
                holder,
                image,
                pull_policy,
                basis,
            });
        }
    }

    /// Tells a site how its image is pulled, and where alone that is declared.
    pub(in crate::workload) fn declare(
        &mut self,
        site: usize,
        policy: PullPolicy,
        path: Option<FieldPath<'de>>,
    ) {
        if let Some(site) = self.sites.get_mut(site) {
            site.pull_policy = DeclaredPullPolicy::Declared(policy);
            if let Holder::Field { stands, .. } = &mut site.holder {
                *stands = path.map_or(Stands::Nowhere, Stands::At);
            }
        }
    }

    /// Keeps that the object has an owner which is its controller.
    pub(in crate::workload) const fn found_controller(&mut self) {
        self.has_controller = true;
    }

    /// Whether the object has an owner which is its controller.
    pub(in crate::workload) const fn has_controller(&self) -> bool {
        self.has_controller
    }

    /// The image sites as they were found, and every problem once, in the order of
    /// their paths.
    pub(crate) fn finish(mut self) -> (Vec<ImageSite<'de>>, Vec<DecodeError<'de>>) {
        if self.room.is_exceeded() {
            // Which of them were kept depends on the order of keys.
            let is_free = |site: &ImageSite<'_>| Room::is_free(&site.path, site.holder.name());
            self.sites.retain(is_free);
            self.unreadable.retain(|it| Room::is_free(it.path(), None));
            let root = FieldPath::default();
            self.unreadable
                .push(DecodeError::new(root, DecodeErrorKind::TooMuch));
        }
        sort_and_dedup(&mut self.unreadable);
        (self.sites, self.unreadable)
    }
}
