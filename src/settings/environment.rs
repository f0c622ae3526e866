//! Environments: which mode applies where.

use super::error::SettingsErrorKind;
use super::fields::Fields;
use super::glob::Glob;
use super::label_selector::{LabelSelector, Labels};
use super::mode::Mode;
use super::reader::{Input, means_nothing};
use crate::document::Value;
use crate::quoted::Quoted;

/// A named set of namespaces with a mode.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Environment {
    name: String,
    mode: Mode,
    namespaces: Option<Vec<Glob>>,
    namespace_selector: Option<LabelSelector>,
}

/// How the mode of a request is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Environments {
    default: Mode,
    /// Where in the list the one is that the settings name for every request.
    named: Option<usize>,
    list: Vec<Environment>,
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

impl Environments {
    /// Reads `mode`, `environment` and `environments`.
    pub(super) fn of(settings: &Fields<'_, '_>) -> Self {
        let default = settings.one_of("mode", Mode::NAMES).unwrap_or_default();
        let chosen = settings.text("environment").map(AsRef::as_ref);
        let mut names = Vec::new();
        let list = settings.items("environments", |item| {
            read_environment(&item, chosen, &mut names)
        });
        let mut named = None;
        if let Some(chosen) = chosen {
            if !names.contains(&chosen) {
                let quoted = Quoted::new(chosen);
                settings.report(
                    "environment",
                    SettingsErrorKind::Value,
                    format_args!("must be the name of one of the environments, not {quoted}"),
                );
            }
            named = list
                .iter()
                .position(|environment| environment.name == chosen);
        }
        Self {
            default,
            named,
            list,
        }
    }

    /// Selects the first environment that matches, else the default mode. An object without a
    /// namespace is in none.
    pub(super) fn select(&self, namespace: Option<&str>) -> Selection<'_> {
        let environment = match (self.named, namespace) {
            (Some(named), _) => self.list.get(named),
            (None, Some(namespace)) => match self.first_in(namespace, None) {
                Some(found) if found.namespace_selector.is_some() => {
                    return Selection::NeedsLabels(PendingMode {
                        environments: self,
                        namespace: namespace.to_owned(),
                    });
                }
                found => found,
            },
            (None, None) => None,
        };
        Selection::Decided(self.applicable(environment))
    }

    fn applicable<'s>(&'s self, environment: Option<&'s Environment>) -> Applicable<'s> {
        match environment {
            Some(environment) => Applicable {
                mode: environment.mode,
                origin: ModeOrigin::Environment(&environment.name),
            },
            None => Applicable {
                mode: self.default,
                origin: match self.list.is_empty() {
                    true => ModeOrigin::Alone,
                    false => ModeOrigin::NoMatch,
                },
            },
        }
    }

    /// The first environment that a namespace is in; as long as its labels are not known,
    /// that it can be in.
    fn first_in(&self, namespace: &str, labels: Option<&Labels<'_>>) -> Option<&Environment> {
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

/// The mode for a namespace, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection<'s> {
    /// It is this one.
    Decided(Applicable<'s>),
    /// It depends on the namespace's labels.
    NeedsLabels(PendingMode<'s>),
}

/// A mode that depends on the labels of a namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingMode<'s> {
    environments: &'s Environments,
    namespace: String,
}

impl<'s> PendingMode<'s> {
    /// The namespace.
    pub(crate) fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The mode for a namespace with this metadata; nothing where its labels cannot be read.
    pub(crate) fn decide(&self, metadata: &Value<'_>) -> Option<Applicable<'s>> {
        let labels = Labels::of(metadata)?;
        let environment = self.environments.first_in(&self.namespace, Some(&labels));
        Some(self.environments.applicable(environment))
    }
}

/// Reads one environment; `names` are those of the ones before it.
fn read_environment<'t>(
    input: &Input<'t, '_>,
    chosen: Option<&str>,
    names: &mut Vec<&'t str>,
) -> Option<Environment> {
    let fields = Fields::of(input)?;
    let name = fields.required("name").and_then(|name| name.text());
    let mode = fields.required("mode");
    let mode = mode.and_then(|mode| mode.one_of(Mode::NAMES));
    let namespaces = fields.given_items("namespaces", |item| item.parsed(Glob::of_labels));
    let selector = fields.optional("namespaceSelector");
    let is_blank = |selector: &Input<'_, '_>| {
        let fields = selector.value().as_object();
        fields.is_some_and(|fields| fields.iter().all(|(_, value)| means_nothing(value)))
    };
    let has_criteria = namespaces.is_some() || selector.is_some_and(|given| !is_blank(&given));
    let namespace_selector = selector.and_then(|given| LabelSelector::read(&given));
    if let Some(name) = name {
        if names.contains(&name.as_ref()) {
            let problem = "is the name of an earlier environment too";
            fields.report("name", SettingsErrorKind::Repeated, problem);
        }
        if !has_criteria && chosen != Some(name) {
            fields.report_whole(
                SettingsErrorKind::Missing,
                "needs namespaces or namespaceSelector: without them it matches no request",
            );
        }
        names.push(name);
    }
    fields.finalize();
    Some(Environment {
        name: name?.to_string(),
        mode: mode?,
        namespaces,
        namespace_selector,
    })
}
