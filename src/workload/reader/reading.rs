//! What one pass over a document gathers.

use std::rc::Rc;

use crate::workload::field_path::Step;
use crate::workload::order::sorted_by;
use crate::workload::{Fault, FieldPath, Holder, ImageSite, Section, Unreadable};

/// How a pass takes values, keys among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Strings {
    /// Decoded: the library gives up at half a surrogate pair or a number out of
    /// range.
    #[default]
    Decoded,
    /// As they are written, which takes longer and holds anything.
    AsWritten,
}

/// What a pass over one document has come to.
#[derive(Debug, Default)]
pub(crate) struct Reading<'de> {
    strings: Strings,
    path: FieldPath,
    sites: Vec<ImageSite<'de>>,
    has_controller: bool,
    unreadable: Vec<Unreadable>,
    /// How many problems there were, kept or not.
    problems: usize,
    forgets_items: bool,
}

/// How far a pass had come at some point.
#[derive(Clone, Copy)]
pub(super) struct Progress {
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
        reading.path.enter(Step::Field(root));
        reading
    }

    /// Begins at the root of a document.
    pub(crate) fn with(strings: Strings) -> Self {
        Self {
            strings,
            ..Self::default()
        }
    }

    pub(super) const fn strings(&self) -> Strings {
        self.strings
    }

    /// Keeps no problem with an item of a list, or with what it holds.
    pub(in crate::workload) const fn forget_items(&mut self) {
        self.forgets_items = true;
    }

    /// Where the pass stands.
    pub(crate) const fn path(&self) -> &FieldPath {
        &self.path
    }

    /// Whether something did not fit.
    pub(crate) fn has_problems(&self) -> bool {
        self.problems > 0
    }

    /// How far the pass has come.
    pub(super) fn progress(&self) -> Progress {
        Progress {
            sites: self.sites.len(),
            unreadable: self.problems,
        }
    }

    /// The sites found since, if no problem was.
    pub(super) fn inner_sites(&self, since: Progress) -> Option<InnerSites> {
        (self.problems == since.unreadable).then_some(InnerSites(since.sites))
    }

    /// Gives up the sites found since.
    pub(super) fn drop_sites(&mut self, since: Progress) {
        self.sites.truncate(since.sites);
    }

    /// Tells the variables among `inner` which container has them.
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
            {
                *section = list;
                *container = name.map(|name| shared.get_or_insert_with(|| Rc::from(name)).clone());
            }
        }
    }

    /// Notes a problem with what the pass stands at.
    pub(crate) fn note(&mut self, fault: Fault) {
        self.note_at(self.path.clone(), fault);
    }

    /// Notes a problem with something else than what the pass stands at.
    pub(crate) fn note_at(&mut self, path: FieldPath, fault: Fault) {
        self.problems += 1;
        if !(self.forgets_items && path.is_within_list()) {
            self.unreadable.push(Unreadable::new(path, fault));
        }
    }

    /// Notes a problem with a field of what the pass stands at.
    pub(crate) fn note_field(&mut self, name: &'static str, fault: Fault) {
        self.note_at(self.path.field(name), fault);
    }

    pub(in crate::workload) fn enter(&mut self, step: Step) {
        self.path.enter(step);
    }

    pub(in crate::workload) fn leave(&mut self) {
        self.path.leave();
    }

    /// Keeps an image site that was found.
    pub(in crate::workload) fn found(&mut self, site: ImageSite<'de>) {
        self.sites.push(site);
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
    pub(crate) fn finish(self) -> (Vec<ImageSite<'de>>, Vec<Unreadable>) {
        let mut unreadable = sorted_by(self.unreadable, Ord::cmp);
        unreadable.dedup();
        (self.sites, unreadable)
    }
}
