//! Label selectors, with the validation and the meaning that Kubernetes gives them
//! (`LabelSelectorAsSelector` of its `apimachinery/pkg/apis/meta/v1`).

use std::borrow::Cow;

use super::error::{Problems, SettingsErrorKind};
use super::reader::Given;
use crate::image::Quoted;
use crate::workload::Node;

/// The most characters of a label's value, and of its key without the prefix.
const LONGEST_NAME: usize = 63;
/// The most characters of a key's prefix, a DNS subdomain.
const LONGEST_PREFIX: usize = 253;
/// What a label's key must be.
const KEY: &str = "a label's key (at most 63 letters, digits, - _ and ., with a letter or a digit at both ends, perhaps a DNS subdomain and a slash in front)";
/// What a label's value must be.
const VALUE: &str = "a label's value (at most 63 letters, digits, - _ and ., with a letter or a digit at both ends)";

/// The labels of an object.
#[derive(Clone, Copy, Debug)]
pub struct Labels<'n>(&'n [(Cow<'n, str>, Node<'n>)]);

impl<'n> Labels<'n> {
    /// Takes `metadata.labels`; nothing where that is no object of strings.
    pub(crate) fn of(metadata: &'n Node<'n>) -> Option<Self> {
        let labels = match metadata.field("labels") {
            None | Some(Node::Null) => &[],
            Some(Node::Map(labels)) => labels.as_slice(),
            Some(_) => return None,
        };
        let are_texts = labels.iter().all(|(_, value)| value.text().is_some());
        are_texts.then_some(Self(labels))
    }

    /// The value of a label.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(own, _)| own == key)?;
        value.text()
    }
}

/// Requirements on labels, all of which must be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelSelector<'a> {
    requirements: Vec<Requirement<'a>>,
}

/// What one label must be.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Requirement<'a> {
    key: Cow<'a, str>,
    operator: Operator,
    values: Vec<Cow<'a, str>>,
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

impl<'a> LabelSelector<'a> {
    /// Reads a selector; nothing where it selects everything, which is as good as none.
    pub(super) fn read(given: Given<'a, '_>) -> Option<Self> {
        let fields = given.fields()?;
        let mut requirements = Vec::new();
        if let Some(labels) = fields.take("matchLabels") {
            read_labels(labels, &mut requirements);
        }
        if let Some(expressions) = fields.take("matchExpressions") {
            expressions.each(&mut |item| {
                if !item.is_empty()
                    && let Some(requirement) = read_expression(item)
                {
                    requirements.push(requirement);
                }
            });
        }
        fields.finish();
        Self::of(requirements)
    }

    /// Reads the selector of an object from JSON; some are of labels alone.
    pub(crate) fn parse(json: &'a str, is_of_labels: bool) -> Option<Self> {
        let problems = Problems::default();
        let node = Node::parse(json)?;
        let given = Given::root(&node, &problems);
        let selector = if is_of_labels {
            let mut requirements = Vec::new();
            read_labels(given, &mut requirements);
            Self::of(requirements)
        } else {
            Self::read(given)
        };
        selector.filter(|_| problems.finish().is_ok())
    }

    fn of(requirements: Vec<Requirement<'a>>) -> Option<Self> {
        (!requirements.is_empty()).then_some(Self { requirements })
    }

    /// Whether labels meet every requirement.
    #[must_use]
    pub fn matches(&self, labels: &Labels<'_>) -> bool {
        self.requirements.iter().all(|requirement| {
            let value = labels.get(&requirement.key);
            let is_listed = value.is_some_and(|value| {
                let mut values = requirement.values.iter();
                values.any(|listed| listed == value)
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

fn read_labels<'a>(given: Given<'a, '_>, requirements: &mut Vec<Requirement<'a>>) {
    given.entries(&mut |key, value| {
        if requirements.iter().any(|earlier| earlier.key == key) {
            value.report(SettingsErrorKind::Repeated, "is given more than once");
        }
        if !is_key(&key) {
            value.report(
                SettingsErrorKind::Value,
                format_args!("must be {KEY}, not {}", Quoted::new(&key)),
            );
        }
        if let Some(text) = value.fit_text(is_name, VALUE) {
            requirements.push(Requirement {
                key,
                operator: Operator::In,
                values: vec![text],
            });
        }
    });
}

fn read_expression<'a>(given: Given<'a, '_>) -> Option<Requirement<'a>> {
    let fields = given.fields()?;
    let key = fields
        .take_needed("key")
        .and_then(|given| given.fit_text(is_key, KEY));
    let operator = fields
        .take_needed("operator")
        .and_then(|given| given.one_of(Operator::NAMES));
    // An empty string is a value that a label can have.
    let mut values = Vec::new();
    if let Some(given) = fields.take_even_empty("values") {
        given.each(&mut |item| {
            if let Some(value) = item.fit_text(is_name, VALUE) {
                values.push(value);
            }
        });
    }
    match operator {
        Some(Operator::In | Operator::NotIn) if values.is_empty() => {
            fields.report(
                "values",
                SettingsErrorKind::Missing,
                "is missing: In and NotIn need one",
            );
        }
        Some(Operator::Exists | Operator::DoesNotExist) if !values.is_empty() => {
            fields.report(
                "values",
                SettingsErrorKind::Contradiction,
                "must be left out: Exists and DoesNotExist look at the key",
            );
        }
        _ => {}
    }
    fields.finish();
    Some(Requirement {
        key: key?,
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
    text.len() <= LONGEST_NAME && text.bytes().all(is_inner) && has_fit_ends(text.as_bytes())
}

/// `IsDNS1123Subdomain` of Kubernetes' validation.
fn is_subdomain(text: &str) -> bool {
    let is_inner = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    let mut labels = text.as_bytes().split(|byte| *byte == b'.');
    text.len() <= LONGEST_PREFIX
        && labels
            .all(|label| !label.is_empty() && label.iter().all(is_inner) && has_fit_ends(label))
}

fn has_fit_ends(text: &[u8]) -> bool {
    let is_fit = |end: Option<&u8>| end.is_none_or(u8::is_ascii_alphanumeric);
    is_fit(text.first()) && is_fit(text.last())
}
