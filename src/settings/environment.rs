//! The settings `mode`, `environment` and `environments`: which mode applies where.

use super::error::SettingsErrorKind;
use super::fields::Fields;
use super::glob::Glob;
use super::label_selector::{LabelSelector, Labels};
use super::mode::Mode;
use super::reader::{Input, is_displayable, means_not_given};
use crate::document::Value;
use crate::quoted::Quoted;

/// A named set of namespaces, and the mode that applies in them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Environment {
    name: String,
    mode: Mode,
    namespaces: Option<Vec<Glob>>,
    namespace_selector: Option<LabelSelector>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Environments {
    default: Mode,
    /// The index of the environment that the setting `environment` names for every request.
    named: Option<usize>,
    list: Vec<Environment>,
}

/// The mode that applies to a request, and its origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applicable<'s> {
    mode: Mode,
    origin: ModeOrigin<'s>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModeOrigin<'s> {
    /// The name of the environment that matches.
    Environment(&'s str),
    /// No environment matches, so the default mode applies.
    NoMatch,
    /// The settings have no environments, so the default mode applies everywhere.
    NoEnvironments,
}

impl<'s> Applicable<'s> {
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.mode
    }

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
                let are_none = names.is_empty();
                names.retain(|name| is_displayable(name));
                let known = match names.as_slice() {
                    [] if are_none => "environments (there are none)".to_owned(),
                    [] => "environments".to_owned(),
                    names => format!("environments ({})", names.join(", ")),
                };
                settings.report(
                    "environment",
                    SettingsErrorKind::Value,
                    format_args!("must name one of the {known}, not {quoted}"),
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

    /// Selects the mode of the first environment that matches, or else the default mode. An
    /// object without a namespace is in no environment.
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

    /// The modes that requests can get, the default one last.
    pub(super) fn modes(&self) -> Vec<Applicable<'_>> {
        match self.named.and_then(|named| self.list.get(named)) {
            Some(named) => vec![self.applicable(Some(named))],
            None => {
                let environments = self.list.iter().map(Some);
                let all = environments.chain([None]);
                all.map(|environment| self.applicable(environment))
                    .collect()
            }
        }
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
                    true => ModeOrigin::NoEnvironments,
                    false => ModeOrigin::NoMatch,
                },
            },
        }
    }

    /// The first environment that a namespace is in. Without `labels`, selectors count as
    /// matching, so that this is the first environment that the namespace can be in.
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

/// The mode for a namespace, as far as it can be told without the namespace's labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection<'s> {
    Decided(Applicable<'s>),
    /// The mode depends on the labels.
    NeedsLabels(PendingMode<'s>),
}

/// A mode that depends on the labels of a namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingMode<'s> {
    environments: &'s Environments,
    namespace: String,
}

impl<'s> PendingMode<'s> {
    pub(crate) fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The mode for the namespace with this `metadata`; `None` if its labels cannot be read.
    pub(crate) fn decide(&self, metadata: &Value<'_>) -> Option<Applicable<'s>> {
        let labels = Labels::of(metadata)?;
        let environment = self.environments.first_in(&self.namespace, Some(&labels));
        Some(self.environments.applicable(environment))
    }
}

/// The longest name of an environment, in characters: every answer repeats it.
const MAX_NAME: usize = 255;

/// Reads one environment. `names` has the names of the earlier ones, and gets this one's.
fn read_environment<'t>(
    input: &Input<'t, '_>,
    chosen: Option<&str>,
    names: &mut Vec<&'t str>,
) -> Option<Environment> {
    let fields = Fields::of(input)?;
    let name = fields.required("name");
    let name = name.and_then(|name| name.verbatim_text(MAX_NAME));
    let mode = fields.required("mode");
    let mode = mode.and_then(|mode| mode.one_of(Mode::NAMES));
    let namespaces = fields.given_items("namespaces", |item| item.parsed(Glob::of_labels));
    let selector = fields.optional("namespaceSelector");
    let selects_everything = |selector: &Input<'_, '_>| {
        let fields = selector.value().as_object();
        fields.is_some_and(|fields| fields.iter().all(|(_, value)| means_not_given(value)))
    };
    let has_criteria =
        namespaces.is_some() || selector.is_some_and(|selector| !selects_everything(&selector));
    let namespace_selector = selector.and_then(|selector| LabelSelector::read(&selector));
    if let Some(name) = name {
        if names.contains(&name.as_ref()) {
            let problem = "is already the name of another environment";
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
