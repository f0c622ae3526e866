//! What one pass over a document gathers.

use std::borrow::Cow;
use std::rc::Rc;

use crate::image::PullPolicy;
use crate::workload::field_path::Step;
use crate::workload::order::sort_by;
use crate::workload::{
    DeclaredPullPolicy, Fault, FieldPath, Holder, ImageSite, Section, Unreadable,
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
    sites: Vec<ImageSite<'de>>,
    has_controller: bool,
    unreadable: Vec<Unreadable<'de>>,
    /// How many problems there were, kept or not.
    problems: usize,
    keeps: Keeps,
    /// How many steps of long paths may still be kept.
    room: usize,
}

/// The most steps to what is read: as many objects and lists within each other as
/// the JSON library takes, the root among them.
const DEEPEST: usize = 127;
/// More steps than any path has in objects of kinds that are known.
const LONG: usize = 16;
/// The most steps of all longer paths that a pass keeps: more than an object that
/// an API server accepts needs, unless it is made to take up memory.
const ROOM: usize = 1 << 20;

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
            sites: Vec::new(),
            has_controller: false,
            unreadable: Vec::new(),
            problems: 0,
            keeps: Keeps::All,
            room: ROOM,
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

    /// Tells the fields that were found since what they belong to.
    pub(in crate::workload) fn name_fields(
        &mut self,
        since: Progress,
        owner: Option<&Cow<'de, str>>,
    ) {
        for site in self.sites.iter_mut().skip(since.sites) {
            if let Holder::Field { name, .. } = &mut site.holder
                && name.is_none()
            {
                *name = owner.cloned();
            }
        }
    }

    /// Notes a problem with what the pass stands at.
    pub(crate) fn note(&mut self, fault: Fault) {
        self.note_at(self.path(), fault);
    }

    /// Notes a problem with something else than what the pass stands at.
    pub(crate) fn note_at(&mut self, path: FieldPath<'de>, fault: Fault) {
        self.problems += 1;
        let is_kept = match self.keeps {
            Keeps::All => true,
            Keeps::OutsideLists => !path.is_within_list(),
            Keeps::WhatHides => fault.hides(),
        };
        if is_kept && self.has_room_for(&path) {
            self.unreadable.push(Unreadable::new(path, fault));
        }
    }

    /// Whether there is room for one more path; the first for which there is none
    /// is noted.
    fn has_room_for(&mut self, path: &FieldPath<'_>) -> bool {
        let steps = path.steps().len();
        if steps <= LONG {
            return true;
        }
        let left = self.room.checked_sub(steps);
        if left.is_none() && self.room > 0 {
            self.problems += 1;
            let outer = FieldPath::default();
            self.unreadable.push(Unreadable::new(outer, Fault::TooMuch));
        }
        self.room = left.unwrap_or_default();
        left.is_some()
    }

    /// Notes a problem with a field of what the pass stands at.
    pub(crate) fn note_field(&mut self, name: &'de str, fault: Fault) {
        self.note_at(self.path().field(name), fault);
    }

    pub(in crate::workload) fn enter(&mut self, step: Step<'de>) {
        self.steps.push(step);
    }

    pub(in crate::workload) fn leave(&mut self) {
        self.steps.pop();
    }

    /// Keeps an image site that was found; returns its number.
    pub(in crate::workload) fn found(&mut self, site: ImageSite<'de>) -> usize {
        if self.has_room_for(&site.path) {
            self.sites.push(site);
        }
        self.sites.len().saturating_sub(1)
    }

    /// Tells a site how its image is pulled.
    pub(in crate::workload) fn declare(&mut self, site: usize, policy: PullPolicy) {
        if let Some(site) = self.sites.get_mut(site) {
            site.pull_policy = DeclaredPullPolicy::Declared(policy);
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
    pub(crate) fn finish(mut self) -> (Vec<ImageSite<'de>>, Vec<Unreadable<'de>>) {
        sort_by(&mut self.unreadable, Ord::cmp);
        self.unreadable.dedup();
        (self.sites, self.unreadable)
    }
}
