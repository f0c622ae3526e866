//! Renders an evaluation as a message, warnings, and audit annotations.

mod annotations;
mod cause;
mod drift;
mod finding;
mod fix;
mod group;
mod heading;
mod lookup_error;
mod number;
mod pull;
mod shortened;
mod warn_reason;

use super::evaluation::{Evaluation, Finding, UnreadableField, Verdict};
use super::severity::Severity;
use finding::{Described, warning};
use fix::fixes;
use group::group;
use heading::Heading;
use number::Number;
use warn_reason::{Reason, WarnedClause};

/// The maximum number of errors and findings that an answer lists; it counts the others.
const MAX_LISTED: usize = 10;
/// The maximum length of the images that a message lists, in bytes. With all else that it says, a
/// message stays below 4,000 characters.
const MAX_LISTED_BYTES: usize = 2_600;

const UNREADABLE: &str = "the request cannot be judged: ";
/// Why the setting `controllers` does not help.
const LACKS_CONTROLLER: &str = "the setting controllers does not help here: no owner of the object \
                                has controller: true";

impl Evaluation {
    /// The message, in one line: policy, mode and environment, then clauses that are separated by
    /// `; `. Errors and findings that deny come first. What several images have in common is said
    /// once, and so is each fix. `None` if there is nothing to report.
    #[must_use]
    pub fn message(&self) -> Option<String> {
        let heading = Heading(self.mode.as_ref()?);
        let listed = Listed::of(self);
        let mut clauses: Vec<String> = listed.errors.iter().map(|own| error_clause(own)).collect();
        if let Some(first) = clauses.first_mut() {
            first.insert_str(0, UNREADABLE);
        }
        clauses.extend(group(&listed.findings));
        if listed.omitted > 0 {
            clauses.push(format!("and {} more", listed.omitted));
        }
        let fixes = fixes(&listed.findings);
        clauses.extend(fixes.iter().map(|fix| format!("fix: {fix}")));
        if self.lacks_controller && matches!(self.verdict, Verdict::Rejected(_)) {
            clauses.push(LACKS_CONTROLLER.to_owned());
        }
        clauses.extend(self.hint.clone());
        Some(format!("{heading}: {}", clauses.join("; ")))
    }

    /// The warnings of an accepted request: one for each error and each image, which begins with
    /// the image, and a last one with the name of the policy and the hint of the settings. A
    /// rejected request has none, since its message says it all.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mode = self.mode.as_ref();
        let Some(mode) = mode.filter(|_| self.verdict == Verdict::Warned) else {
            return Vec::new();
        };
        let listed = Listed::of(self);
        let errors = listed.errors.iter();
        let errors = errors.map(|own| format!("{UNREADABLE}{}", error_clause(own)));
        let findings = listed.findings.iter().map(warning);
        let mut warnings: Vec<String> = errors.chain(findings).collect();
        for warning in &mut warnings {
            truncate(warning);
        }
        let mut last = format!("{} warns about this", Heading(mode));
        if listed.omitted > 0 {
            last.push_str(&format!(", and about {} more", listed.omitted));
        }
        if let Some(hint) = &self.hint {
            last.push_str("; ");
            last.push_str(hint);
        }
        warnings.push(last);
        warnings
    }
}

impl Finding {
    /// The problem of the image, without its place.
    #[must_use]
    pub fn sentence(&self) -> String {
        Described::of(self).sentence()
    }

    /// The ways to fix the finding. Of those for a tag that can move, one is enough.
    #[must_use]
    pub fn fixes(&self) -> Vec<String> {
        fixes(&[Described::of(self)])
    }
}

/// The errors and findings that an answer lists.
struct Listed<'e> {
    errors: Vec<&'e UnreadableField>,
    findings: Vec<Described<'e>>,
    /// The number of the others.
    omitted: usize,
}

impl<'e> Listed<'e> {
    /// Lists as many as there is room for, those that deny before those that only warn.
    fn of(evaluation: &'e Evaluation) -> Self {
        let Evaluation {
            errors, findings, ..
        } = evaluation;
        let mut listed = Self {
            errors: Vec::new(),
            findings: Vec::new(),
            omitted: errors.len() + findings.len(),
        };
        let mut room = Room {
            entries: MAX_LISTED,
            bytes: MAX_LISTED_BYTES,
        };
        for denies in [true, false] {
            let is_next = |severity: Severity| (severity == Severity::Deny) == denies;
            let errors = errors.iter().filter(|own| is_next(own.severity));
            let errors = errors.take_while(|own| room.take(error_clause(own).len()));
            listed.errors.extend(errors);
            let findings = findings.iter().filter(|own| is_next(own.severity));
            let findings = findings.map_while(|own| {
                let described = room.is_left().then(|| Described::of(own))?;
                room.take(described.length()).then_some(described)
            });
            listed.findings.extend(findings);
        }
        listed.omitted -= listed.errors.len() + listed.findings.len();
        listed
    }
}

/// The room for errors and findings.
struct Room {
    entries: usize,
    bytes: usize,
}

impl Room {
    const fn is_left(&self) -> bool {
        self.entries > 0
    }

    /// Takes the room of an entry. Where that is not left, there is none for later ones either.
    /// The first entry always fits.
    const fn take(&mut self, bytes: usize) -> bool {
        let is_first = self.entries == MAX_LISTED;
        let fits = self.entries > 0 && (is_first || bytes <= self.bytes);
        self.bytes = self.bytes.saturating_sub(bytes);
        self.entries = if fits { self.entries - 1 } else { 0 };
        fits
    }
}

fn error_clause(field: &UnreadableField) -> String {
    let UnreadableField { error, severity } = field;
    match Reason::of_error(*severity) {
        Some(reason) => format!("{error} ({})", WarnedClause(reason, Number::One)),
        None => error.to_string(),
    }
}

/// The maximum length of a warning in characters. Kubernetes asks for warnings below this
/// length, since clients may truncate others (`AdmissionResponse.warnings` of
/// `admission/v1`).
const MAX_WARNING: usize = 256;

fn truncate(warning: &mut String) {
    let mut rest = warning.char_indices().skip(MAX_WARNING - 1);
    if let (Some((end, _)), Some(_)) = (rest.next(), rest.next()) {
        warning.truncate(end);
        warning.push('…');
    }
}
