//! Environments: which mode applies where.

use std::borrow::Cow;

use super::error::SettingsErrorKind;
use super::fields::Fields;
use super::glob::Glob;
use super::label_selector::{LabelSelector, Labels};
use super::mode::Mode;
use super::reader::Given;
use crate::image::Quoted;

/// A named set of namespaces with a mode.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Environment<'a> {
    name: Cow<'a, str>,
    mode: Mode,
    namespaces: Option<Vec<Glob>>,
    namespace_selector: Option<LabelSelector<'a>>,
}

/// How the mode of a request is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Environments<'a> {
    default: Mode,
    /// Where in the list the one is that the settings name for every request.
    named: Option<usize>,
    list: Vec<Environment<'a>>,
}

/// The mode that applies to a request, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applicable<'s> {
    mode: Mode,
    origin: ModeOrigin<'s>,
}

/// Where a mode comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModeOrigin<'s> {
    /// The environment of this name.
    Environment(&'s str),
    /// No environment matches.
    NoMatch,
    /// There are no environments.
    Alone,
}

impl<'s> Applicable<'s> {
    /// The mode.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// Where it comes from.
    #[must_use]
    pub const fn origin(&self) -> ModeOrigin<'s> {
        self.origin
    }
}

impl<'a> Environments<'a> {
    /// Reads `mode`, `environment` and `environments`.
    pub(super) fn take(fields: &Fields<'a, '_>) -> Self {
        let default = fields.one_of("mode", Mode::NAMES).unwrap_or_default();
        let chosen = fields.text("environment");
        let mut names = Vec::new();
        let list = fields.items("environments", |item| {
            read_environment(item, chosen.as_deref(), &mut names)
        });
        let mut named = None;
        if let Some(chosen) = &chosen {
            if !names.contains(chosen) {
                let chosen = Quoted::new(chosen);
                fields.report(
                    "environment",
                    SettingsErrorKind::Value,
                    format_args!("must be the name of one of the environments, not {chosen}"),
                );
            }
            named = list
                .iter()
                .position(|environment| environment.name == *chosen);
        }
        Self {
            default,
            named,
            list,
        }
    }

    /// The first environment that matches, else the default mode. An object
    /// without a namespace is in none. The namespace's labels are asked for at most
    /// once, and only where an environment depends on them.
    pub(super) fn applicable<E>(
        &self,
        namespace: Option<&str>,
        labels: impl FnOnce(&str, &mut dyn FnMut(&Labels<'_>)) -> Result<(), E>,
    ) -> Result<Applicable<'_>, E> {
        let environment = match (self.named, namespace) {
            (Some(named), _) => self.list.get(named),
            (None, Some(namespace)) => self.matching(namespace, labels)?,
            (None, None) => None,
        };
        Ok(match environment {
            Some(environment) => Applicable {
                mode: environment.mode,
                origin: ModeOrigin::Environment(&environment.name),
            },
            None => Applicable {
                mode: self.default,
                origin: if self.list.is_empty() {
                    ModeOrigin::Alone
                } else {
                    ModeOrigin::NoMatch
                },
            },
        })
    }

    fn matching<E>(
        &self,
        namespace: &str,
        labels: impl FnOnce(&str, &mut dyn FnMut(&Labels<'_>)) -> Result<(), E>,
    ) -> Result<Option<&Environment<'a>>, E> {
        let mut found = self.first_in(namespace, None);
        if found.is_some_and(|environment| environment.namespace_selector.is_some()) {
            labels(namespace, &mut |labels| {
                found = self.first_in(namespace, Some(labels));
            })?;
        }
        Ok(found)
    }

    /// The first environment that a namespace is in; as long as its labels are not known,
    /// that it can be in.
    fn first_in(&self, namespace: &str, labels: Option<&Labels<'_>>) -> Option<&Environment<'a>> {
        self.list.iter().find(|environment| {
            let globs = environment.namespaces.as_ref();
            let selector = environment.namespace_selector.as_ref();
            globs.is_none_or(|globs| globs.iter().any(|glob| glob.matches(namespace)))
                && selector
                    .zip(labels)
                    .is_none_or(|(selector, labels)| selector.matches(labels))
        })
    }
}

/// Reads one environment; `names` are those of the ones before it.
fn read_environment<'a>(
    given: Given<'a, '_>,
    chosen: Option<&str>,
    names: &mut Vec<Cow<'a, str>>,
) -> Option<Environment<'a>> {
    let fields = given.fields()?;
    let name = fields.take_needed("name").and_then(Given::text);
    let mode = fields
        .take_needed("mode")
        .and_then(|given| given.one_of(Mode::NAMES));
    let namespaces = fields.given_items("namespaces", |item| item.parsed(Glob::of_labels));
    let selector = fields.take("namespaceSelector");
    let has_criteria =
        namespaces.is_some() || selector.as_ref().is_some_and(|given| !given.is_blank());
    let namespace_selector = selector.and_then(LabelSelector::read);
    if let Some(name) = &name {
        if names.contains(name) {
            fields.report(
                "name",
                SettingsErrorKind::Repeated,
                "is the name of an earlier environment too",
            );
        }
        if !has_criteria && chosen != Some(name.as_ref()) {
            fields.report_whole(
                SettingsErrorKind::Missing,
                "needs namespaces or namespaceSelector: without them it matches no request",
            );
        }
        names.push(name.clone());
    }
    fields.finish();
    Some(Environment {
        name: name?,
        mode: mode?,
        namespaces,
        namespace_selector,
    })
}
