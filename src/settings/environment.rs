//! Environments: which mode applies where.

use std::borrow::Cow;

use super::glob::Glob;
use super::mode::Mode;
use super::reader::{Fields, Given};
use crate::image::Quoted;

/// A named set of namespaces with a mode.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Environment<'a> {
    name: Cow<'a, str>,
    mode: Mode,
    namespaces: Vec<Glob>,
}

/// How the mode of a request is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Environments<'a> {
    default: Mode,
    /// The one that the settings name for every request.
    named: Option<Environment<'a>>,
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
        let default = fields
            .take("mode")
            .and_then(|given| given.one_of(Mode::NAMES))
            .unwrap_or_default();
        let chosen = fields.take("environment").and_then(Given::text);
        let mut names = Vec::new();
        let mut list = fields
            .take("environments")
            .map(|given| given.items(|item| read_environment(item, chosen.as_deref(), &mut names)))
            .unwrap_or_default();
        let named = chosen.as_deref().and_then(|chosen| {
            if !names.iter().any(|name| name == chosen) {
                fields.report(
                    "environment",
                    format_args!(
                        "must be the name of one of the environments, not {}",
                        Quoted::new(chosen)
                    ),
                );
            }
            let position = list
                .iter()
                .position(|environment| environment.name == chosen);
            position.map(|position| list.remove(position))
        });
        Self {
            default,
            named,
            list,
        }
    }

    /// The first environment that matches, else the default mode. An object
    /// without a namespace is in none.
    pub(super) fn applicable(&self, namespace: Option<&str>) -> Applicable<'_> {
        let environment = match &self.named {
            Some(named) => Some(named),
            None => namespace.and_then(|namespace| {
                self.list.iter().find(|environment| {
                    environment
                        .namespaces
                        .iter()
                        .any(|glob| glob.matches(namespace))
                })
            }),
        };
        match environment {
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
        }
    }
}

/// Reads one environment; `names` are those of the ones before it.
fn read_environment<'a>(
    given: Given<'a, '_>,
    chosen: Option<&str>,
    names: &mut Vec<String>,
) -> Option<Environment<'a>> {
    let fields = given.fields()?;
    let name = fields.take_needed("name").and_then(Given::text);
    let mode = fields
        .take_needed("mode")
        .and_then(|given| given.one_of(Mode::NAMES));
    let namespaces = fields
        .take("namespaces")
        .map(|given| given.items(|item| item.parsed(Glob::of_labels)));
    if let Some(name) = &name {
        if names.iter().any(|earlier| earlier == name) {
            fields.report("name", "is the name of an earlier environment too");
        }
        if namespaces.is_none() && chosen != Some(name.as_ref()) {
            fields.report(
                "namespaces",
                "is missing: without it the environment matches no request",
            );
        }
        names.push(name.clone().into_owned());
    }
    fields.finish();
    Some(Environment {
        name: name?,
        mode: mode?,
        namespaces: namespaces.unwrap_or_default(),
    })
}
