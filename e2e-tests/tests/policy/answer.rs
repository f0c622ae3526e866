//! Answers of the policy, and expected answers: the verdict, the findings and the fields that
//! are named. Only tests/cases asserts the words.

use e2e_tests::ValidationResponse;
use mutable_tags_cli::Sentences;
use serde::Deserialize;
use serde_json::Value;

/// The number of errors and findings that an answer names. It only counts the others.
const MOST_NAMED: usize = 10;

/// An acceptance without a message.
pub(crate) const ACCEPTED: Expected = Expected {
    accepted: true,
    code: None,
    mode: None,
    environment: None,
    unreadable: Vec::new(),
    findings: Vec::new(),
    mutated_object: None,
};

/// The rejection of a payload that is no request.
pub(crate) const NO_REQUEST: Expected = Expected {
    accepted: false,
    code: Some(400),
    mode: None,
    environment: None,
    unreadable: Vec::new(),
    findings: Vec::new(),
    mutated_object: None,
};

/// A finding in the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Finding {
    pub(crate) path: String,
    pub(crate) image: String,
    pub(crate) reason: String,
    pub(crate) pull_policy: String,
}

impl Finding {
    /// A finding with the reason `channel` and the pull policy `Always`.
    pub(crate) fn at(path: &str, image: &str) -> Self {
        Self {
            path: path.to_owned(),
            image: image.to_owned(),
            reason: "channel".to_owned(),
            pull_policy: "Always".to_owned(),
        }
    }

    pub(crate) fn with_reason(mut self, reason: &str) -> Self {
        reason.clone_into(&mut self.reason);
        self
    }

    pub(crate) fn with_pull_policy(mut self, pull_policy: &str) -> Self {
        pull_policy.clone_into(&mut self.pull_policy);
        self
    }
}

/// An answer to `validate`.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) accepted: bool,
    pub(crate) message: Option<String>,
    pub(crate) code: Option<u16>,
    pub(crate) mode: Option<String>,
    pub(crate) environment: Option<String>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) warnings: Vec<String>,
    pub(crate) mutated_object: Option<Value>,
}

impl Answer {
    pub(crate) fn parse(text: &str) -> Self {
        let response: ValidationResponse = serde_json::from_str(text).unwrap();
        response.into()
    }

    /// Whether the message quotes a text, as [`quoted`] does.
    pub(crate) fn quotes(&self, text: &str) -> bool {
        let message = self.message.as_deref().unwrap_or_default();
        message.contains(&quoted(text))
    }
}

impl From<ValidationResponse> for Answer {
    fn from(response: ValidationResponse) -> Self {
        assert!(
            response
                .warnings
                .as_ref()
                .is_none_or(|list| !list.is_empty()),
            "an empty list of warnings is null"
        );
        let mut annotations = response.audit_annotations;
        let findings = annotations
            .as_mut()
            .and_then(|annotations| annotations.remove("findings"));
        let findings = findings.map(|findings| serde_json::from_str(&findings).unwrap());
        let mode = annotations
            .as_mut()
            .and_then(|annotations| annotations.remove("mode"));
        let mut rest = annotations.unwrap_or_default();
        let environment = rest.remove("environment");
        // Messages and warnings count the same, and tests/cases has what is exempted.
        rest.remove("omitted");
        rest.remove("exempted");
        assert!(rest.is_empty(), "{rest:?}");
        Self {
            accepted: response.accepted,
            message: response.message,
            code: response.code,
            mode,
            environment,
            findings: findings.unwrap_or_default(),
            warnings: response.warnings.unwrap_or_default(),
            mutated_object: response.mutated_object,
        }
    }
}

/// The expected parts of an [`Answer`].
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    accepted: bool,
    code: Option<u16>,
    mode: Option<&'static str>,
    /// The environment that selects the mode.
    environment: Option<String>,
    /// The paths of the fields that cannot be read.
    unreadable: Vec<String>,
    /// Every finding, also those that an answer only counts.
    findings: Vec<Finding>,
    mutated_object: Option<Value>,
}

impl Expected {
    /// The answer of strict mode to these findings. The caller adds whether it accepts.
    pub(crate) fn strict(findings: impl IntoIterator<Item = Finding>) -> Self {
        Self {
            accepted: false,
            mode: Some("strict"),
            findings: findings.into_iter().collect(),
            ..ACCEPTED
        }
    }

    /// The answer of lenient mode to these findings. The caller adds whether it accepts.
    pub(crate) fn lenient(findings: impl IntoIterator<Item = Finding>) -> Self {
        Self {
            mode: Some("lenient"),
            ..Self::strict(findings)
        }
    }

    /// The rejection of a request whose settings have errors in these fields.
    pub(crate) fn unusable_settings<P: Into<String>>(paths: impl IntoIterator<Item = P>) -> Self {
        let unusable = Self {
            code: Some(500),
            ..NO_REQUEST
        };
        unusable.unreadable(paths)
    }

    pub(crate) fn in_environment(mut self, name: &str) -> Self {
        self.environment = Some(name.to_owned());
        self
    }

    /// Adds fields that cannot be read.
    pub(crate) fn unreadable<P: Into<String>>(
        mut self,
        paths: impl IntoIterator<Item = P>,
    ) -> Self {
        self.unreadable.extend(paths.into_iter().map(P::into));
        self
    }

    pub(crate) fn accepted(mut self) -> Self {
        (self.accepted, self.code) = (true, None);
        self
    }

    pub(crate) fn rejected(mut self, code: u16) -> Self {
        (self.accepted, self.code) = (false, Some(code));
        self
    }

    pub(crate) fn changed_to(mut self, object: Value) -> Self {
        self.mutated_object = Some(object);
        self
    }

    /// The paths that the message has to name: those of errors, and then those of findings.
    fn named_paths(&self) -> impl Iterator<Item = &str> {
        let findings = self.findings.iter().map(|finding| finding.path.as_str());
        self.unreadable.iter().map(String::as_str).chain(findings)
    }

    /// The number of errors and findings that the message only counts; `None` if it names all.
    fn unnamed(&self) -> Option<usize> {
        let total = self.unreadable.len() + self.findings.len();
        total.checked_sub(MOST_NAMED).filter(|unnamed| *unnamed > 0)
    }

    fn matches_message(&self, message: Option<&str>) -> bool {
        let is_silent = self.mode.is_none() && self.code.is_none();
        let Some(message) = message.filter(|_| !is_silent) else {
            return is_silent && message.is_none();
        };
        let parts = Sentences::parse(message);
        let parts = parts.as_slice();
        let named = self.named_paths().take(MOST_NAMED);
        let positions = named.map(|path| parts.iter().position(|part| names(part, path)));
        let Some(positions) = positions.collect::<Option<Vec<_>>>() else {
            return false;
        };
        let counts_more = self
            .unnamed()
            .is_none_or(|unnamed| parts.iter().any(|part| counts(part, unnamed)));
        // Findings that are pulled alike stand together, so that their order is not that of paths.
        let errors = self.unreadable.len().min(MOST_NAMED);
        let (errors, findings) = positions.split_at(errors);
        let mut after = findings
            .iter()
            .map(|finding| Some(finding) >= errors.last());
        let is_in_order = errors.is_sorted() && after.all(|is_after| is_after);
        is_in_order && counts_more
    }

    fn matches_warnings(&self, warnings: &[String]) -> bool {
        if !self.accepted {
            return warnings.is_empty();
        }
        let named = self.named_paths().take(MOST_NAMED).count();
        let counts_more = self
            .unnamed()
            .is_none_or(|unnamed| warnings.last().is_some_and(|last| counts(last, unnamed)));
        // The last warning names the policy.
        let last = usize::from(self.mode.is_some());
        warnings.len() == named + last && counts_more
    }
}

impl PartialEq<Expected> for Answer {
    fn eq(&self, expected: &Expected) -> bool {
        self.accepted == expected.accepted
            && self.code == expected.code
            && self.mode.as_deref() == expected.mode
            && self.environment == expected.environment
            && self
                .findings
                .iter()
                .eq(expected.findings.iter().take(MOST_NAMED))
            && self.mutated_object == expected.mutated_object
            && expected.matches_message(self.message.as_deref())
            && expected.matches_warnings(&self.warnings)
    }
}

/// Whether a text names a field by its whole path, and not as a part of another path.
pub(crate) fn names(text: &str, path: &str) -> bool {
    text.match_indices(path).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + path.len()..]);
        !before.ends_with(|end: char| end.is_alphanumeric() || matches!(end, '.' | ']'))
            && !after.starts_with(|start: char| start.is_alphanumeric() || start == '[')
            && !after
                .strip_prefix('.')
                .is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
    })
}

/// Whether a text contains a number.
pub(crate) fn counts(text: &str, number: usize) -> bool {
    text.split(|character: char| !character.is_ascii_digit())
        .any(|digits| digits == number.to_string())
}

/// The text that the policy writes where it cut another.
const ELLIPSIS: char = '…';

/// Quotes a text as the policy does: as a JSON string, in which everything is escaped that is not
/// printable ASCII. An ellipsis counts as the policy's own.
pub(crate) fn quoted(text: &str) -> String {
    let mut quote = String::from('"');
    for character in text.chars() {
        match character {
            '"' => quote.push_str("\\\""),
            '\\' => quote.push_str("\\\\"),
            '\n' => quote.push_str("\\n"),
            '\r' => quote.push_str("\\r"),
            '\t' => quote.push_str("\\t"),
            '\u{8}' => quote.push_str("\\b"),
            '\u{c}' => quote.push_str("\\f"),
            ' '..='~' | ELLIPSIS => quote.push(character),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    quote.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    quote.push('"');
    quote
}

#[test]
fn a_field_is_named_by_the_whole_of_its_path() {
    for text in ["a.b", "x a.b y", "(a.b)", "see a.b.", "a.b: no"] {
        assert!(names(text, "a.b"), "{text}");
    }
    for text in ["a", "a.bc", "a.b.c", "a.b[0]", "x.a.b", "xa.b", "[0]a.b"] {
        assert!(!names(text, "a.b"), "{text}");
    }
}

#[test]
fn a_number_is_counted_by_all_its_digits() {
    assert!(counts("and 12 more", 12));
    assert!(!counts("and 121 more, 2 of them here", 12));
}
