//! What one pass over a document gathers.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::field_path::Step;
use super::unreadable::Fault;
use super::{FieldPath, Holder, ImageSite, Unreadable};

/// What a pass over one document has come to.
#[derive(Debug, Default)]
pub(crate) struct Reading<'de> {
    path: FieldPath,
    sites: Vec<ImageSite<'de>>,
    unreadable: Vec<Unreadable>,
}

/// How far a pass had come at some point.
#[derive(Clone, Copy)]
pub(super) struct Progress {
    sites: usize,
    unreadable: usize,
}

/// The sites that were found within one item of a list, all after the first few.
#[derive(Clone, Copy)]
pub(super) struct InnerSites(usize);

impl<'de> Reading<'de> {
    /// Begins at a field of something else, so that paths start with its name.
    pub(crate) fn at(root: &'static str) -> Self {
        let mut reading = Self::default();
        reading.path.enter(Step::Field(root));
        reading
    }

    /// Where the pass stands.
    pub(crate) const fn path(&self) -> &FieldPath {
        &self.path
    }

    /// Whether something did not fit.
    pub(crate) fn has_problems(&self) -> bool {
        !self.unreadable.is_empty()
    }

    /// How far the pass has come.
    pub(super) fn progress(&self) -> Progress {
        Progress {
            sites: self.sites.len(),
            unreadable: self.unreadable.len(),
        }
    }

    /// The sites found since, if no problem was.
    pub(super) fn inner_sites(&self, since: Progress) -> Option<InnerSites> {
        (self.unreadable.len() == since.unreadable).then_some(InnerSites(since.sites))
    }

    /// Gives up the sites found since.
    pub(super) fn drop_sites(&mut self, since: Progress) {
        self.sites.truncate(since.sites);
    }

    /// Tells the variables among `inner` which container has them.
    pub(super) fn name_container(&mut self, inner: InnerSites, name: Option<&Cow<'de, str>>) {
        for site in self.sites.iter_mut().skip(inner.0) {
            if let Holder::Variable { container, .. } = &mut site.holder {
                *container = name.cloned();
            }
        }
    }

    /// Notes a problem with what the pass stands at.
    pub(crate) fn note(&mut self, fault: Fault) {
        self.unreadable
            .push(Unreadable::new(self.path.clone(), fault));
    }

    /// Notes a problem with a field of what the pass stands at.
    pub(crate) fn note_field(&mut self, name: &'static str, fault: Fault) {
        self.unreadable
            .push(Unreadable::new(self.path.field(name), fault));
    }

    pub(super) fn enter(&mut self, step: Step) {
        self.path.enter(step);
    }

    pub(super) fn leave(&mut self) {
        self.path.leave();
    }

    /// Keeps an image site that was found.
    pub(super) fn found(&mut self, site: ImageSite<'de>) {
        self.sites.push(site);
    }

    /// The image sites, and every problem once, each in the order of their paths.
    pub(crate) fn finish(mut self) -> (Vec<ImageSite<'de>>, Vec<Unreadable>) {
        self.sites.sort_by(|a, b| a.order().cmp(&b.order()));
        self.unreadable.sort();
        self.unreadable.dedup();
        (self.sites, self.unreadable)
    }

    /// The text of a JSON string; nothing for null.
    pub(super) fn text(&mut self, raw: &'de RawValue) -> Option<Cow<'de, str>> {
        let json = raw.get();
        let Some(inner) = json
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
        else {
            if json != "null" {
                self.note(Fault::NoString);
            }
            return None;
        };
        if !inner.contains('\\') {
            return Some(Cow::Borrowed(inner));
        }
        let decoded = serde_json::from_str(json).ok().map(Cow::Owned);
        if decoded.is_none() {
            self.note(Fault::Unholdable);
        }
        decoded
    }
}
