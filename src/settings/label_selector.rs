//! Label selectors, validated and matched as Kubernetes does
//! (`LabelSelectorAsSelector` of its `apimachinery/pkg/apis/meta/v1`).

use super::error::{Problems, SettingsErrorKind};
use super::fields::Fields as InputFields;
use super::reader::Input;
use crate::budget::Budget;
use crate::document::{Fields, Value};
use crate::quoted::Quoted;

/// The longest value of a label, and the longest key without its prefix, in characters.
const MAX_NAME: usize = 63;
/// The longest prefix of a key, a DNS subdomain, in characters.
const MAX_PREFIX: usize = 253;
const KEY: &str = "a label key (at most 63 letters, digits, - _ and ., with a letter or a digit at both ends, optionally with a DNS subdomain and a slash in front)";
const VALUE: &str =
    "a label value (at most 63 letters, digits, - _ and ., with a letter or a digit at both ends)";

/// The labels of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Labels<'t>(Option<&'t Fields<'t>>);

impl<'t> Labels<'t> {
    /// Reads `metadata.labels`; `None` if it is not an object of strings.
    pub(crate) fn of(metadata: &'t Value<'t>) -> Option<Self> {
        let labels = match metadata.get("labels") {
            None | Some(Value::Null) => None,
            Some(labels) => Some(labels.as_object()?),
        };
        let mut values = labels.into_iter().flat_map(Fields::iter);
        let are_strings = values.all(|(_, value)| value.as_str().is_some());
        are_strings.then_some(Self(labels))
    }

    pub(crate) fn get(&self, key: &str) -> Option<&'t str> {
        self.0?.get(key)?.as_str()
    }
}

/// The steps of finding a label, beside those of comparing its value.
const REQUIREMENT_STEPS: usize = 8;

/// Requirements on labels, all of which must be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LabelSelector {
    requirements: Vec<Requirement>,
}

/// `LabelSelectorRequirement` of Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Requirement {
    key: String,
    operator: Operator,
    values: Vec<String>,
}

/// `LabelSelectorOperator` of Kubernetes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
}

impl Operator {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("In", Self::In),
        ("NotIn", Self::NotIn),
        ("Exists", Self::Exists),
        ("DoesNotExist", Self::DoesNotExist),
    ];
}

/// The form in which an object writes its selector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SelectorForm {
    /// `LabelSelector`, with `matchLabels` and `matchExpressions`.
    Selector,
    /// A map of labels, as in a ReplicationController.
    Labels,
}

impl LabelSelector {
    /// Reads a selector; `None` if it has no requirement, and so selects everything.
    pub(super) fn read(input: &Input<'_, '_>) -> Option<Self> {
        let fields = InputFields::of(input)?;
        let labels = fields.optional("matchLabels");
        let labels = labels.map(|labels| read_labels(&labels));
        let mut requirements = labels.unwrap_or_default();
        requirements.extend(fields.items("matchExpressions", |item| read_expression(&item)));
        fields.finalize();
        Self::of(requirements)
    }

    /// Reads the selector of an object; `None` if it is invalid or selects everything.
    pub(crate) fn of_object(selector: &Value<'_>, form: SelectorForm) -> Option<Self> {
        let problems = Problems::new();
        let input = Input::root(selector, &problems);
        let selector = match form {
            SelectorForm::Labels => Self::of(read_labels(&input)),
            SelectorForm::Selector => Self::read(&input),
        };
        selector.filter(|_| problems.count() == 0)
    }

    fn of(requirements: Vec<Requirement>) -> Option<Self> {
        (!requirements.is_empty()).then_some(Self { requirements })
    }

    /// Whether the labels meet every requirement.
    #[must_use]
    pub(crate) fn matches(&self, labels: &Labels<'_>) -> bool {
        self.matches_within(labels, &Budget::unlimited())
    }

    /// Whether the labels of one of many objects meet every requirement; `false` where the budget
    /// is spent.
    pub(crate) fn matches_within(&self, labels: &Labels<'_>, budget: &Budget) -> bool {
        self.requirements.iter().all(|requirement| {
            if !budget.spend(REQUIREMENT_STEPS + requirement.values.len()) {
                return false;
            }
            let value = labels.get(&requirement.key);
            let is_listed = value.is_some_and(|value| {
                let mut values = requirement.values.iter();
                values.any(|listed| *listed == value)
            });
            match requirement.operator {
                Operator::In => is_listed,
                Operator::NotIn => !is_listed,
                Operator::Exists => value.is_some(),
                Operator::DoesNotExist => value.is_none(),
            }
        })
    }
}

fn read_labels(input: &Input<'_, '_>) -> Vec<Requirement> {
    let requirement = |(key, value): (&str, Input<'_, '_>)| {
        if !is_key(key) {
            let quoted = Quoted::new(key);
            let problem = format_args!("must be {KEY}, not {quoted}");
            value.report(SettingsErrorKind::Value, problem);
        }
        let text = value.checked_text(is_name, VALUE)?;
        Some(Requirement {
            key: key.to_owned(),
            operator: Operator::In,
            values: vec![text.to_string()],
        })
    };
    input.fields().filter_map(requirement).collect()
}

fn read_expression(input: &Input<'_, '_>) -> Option<Requirement> {
    let fields = InputFields::of(input)?;
    let key = fields.required("key");
    let key = key.and_then(|key| key.checked_text(is_key, KEY));
    let operator = fields.required("operator");
    let operator = operator.and_then(|operator| operator.one_of(Operator::NAMES));
    // A list of one empty string would count as not given, but labels can have that value.
    let values = fields.even_empty("values");
    let values = values.map(|list| {
        let values = list
            .items()
            .filter_map(|item| item.checked_text(is_name, VALUE));
        values.map(ToString::to_string).collect::<Vec<String>>()
    });
    let values = values.unwrap_or_default();
    match operator {
        Some(Operator::In | Operator::NotIn) if values.is_empty() => {
            fields.report(
                "values",
                SettingsErrorKind::Missing,
                "is missing: In and NotIn need at least one",
            );
        }
        Some(Operator::Exists | Operator::DoesNotExist) if !values.is_empty() => {
            fields.report(
                "values",
                SettingsErrorKind::Contradiction,
                "must be left out: Exists and DoesNotExist look only at the key",
            );
        }
        _ => {}
    }
    fields.finalize();
    Some(Requirement {
        key: key?.to_string(),
        operator: operator?,
        values,
    })
}

/// `IsQualifiedName` of Kubernetes' validation.
fn is_key(key: &str) -> bool {
    let (prefix, name) = match key.rsplit_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, key),
    };
    !name.is_empty() && is_name(name) && prefix.is_none_or(is_subdomain)
}

/// `IsValidLabelValue` of Kubernetes' validation.
fn is_name(text: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    text.len() <= MAX_NAME && text.bytes().all(is_inner) && has_alphanumeric_ends(text.as_bytes())
}

/// `IsDNS1123Subdomain` of Kubernetes' validation.
fn is_subdomain(text: &str) -> bool {
    let is_inner = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    let mut labels = text.as_bytes().split(|byte| *byte == b'.');
    text.len() <= MAX_PREFIX
        && labels.all(|label| {
            !label.is_empty() && label.iter().all(is_inner) && has_alphanumeric_ends(label)
        })
}

/// Whether the text begins and ends with a letter or a digit; an empty one counts.
fn has_alphanumeric_ends(text: &[u8]) -> bool {
    let is_allowed = |end: Option<&u8>| end.is_none_or(u8::is_ascii_alphanumeric);
    is_allowed(text.first()) && is_allowed(text.last())
}
