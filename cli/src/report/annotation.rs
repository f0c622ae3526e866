//! Turns outcomes into annotations, as code scanning and CI servers have them: a level, a rule, a place
//! in a file and a message.

use std::env;
use std::path::{Component, MAIN_SEPARATOR, Path, PathBuf};

use crate::input::error::InputError;
use crate::input::location::absolute_path;
use crate::judge::{Finding, Judgement};
use crate::outcome::{Outcome, Verdict, message};
use crate::place::{Place, Position, STANDARD_INPUT};
use crate::printable::Printable;
use crate::request::Request;

/// An annotation of a place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Annotation {
    pub(crate) level: Level,
    /// The code of the rule, such as `latest`.
    pub(crate) rule: String,
    /// The file, by [`file`]; `None` for standard input.
    pub(crate) file: Option<String>,
    pub(crate) position: Option<Position>,
    /// The object, where it is known: `Deployment shop/web`.
    pub(crate) object: Option<String>,
    /// The path in the object; `None` if the annotation is about the whole object.
    pub(crate) path: Option<String>,
    pub(crate) image: Option<String>,
    pub(crate) message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// The finding has no effect, such as one that the policy fixed.
    Note,
    Warning,
    /// The finding rejects the object.
    Error,
    /// There is no verdict.
    Unusable,
}

impl From<Verdict> for Level {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Accepted => Self::Note,
            Verdict::Warned => Self::Warning,
            Verdict::Rejected => Self::Error,
            Verdict::Unusable => Self::Unusable,
        }
    }
}

/// The rule of an answer that is about no single image.
pub(crate) const ANSWER: &str = "answer";

/// The rule of input that could not be judged.
pub(crate) const UNUSABLE: &str = "unusable";

impl Annotation {
    /// All annotations for an outcome; none for an object in which nothing was found.
    pub(crate) fn all(outcome: &Outcome) -> Vec<Self> {
        match outcome {
            Outcome::Judged(request, judged) => {
                let verdict = outcome.verdict();
                if judged.findings.is_empty() {
                    return Self::of_answer(request, judged, verdict)
                        .into_iter()
                        .collect();
                }
                let findings = judged.findings.iter();
                let remarks = findings.map(|finding| Self::of_finding(request, finding, verdict));
                let others = Self::of_omitted(request, judged, verdict);
                let mut remarks: Vec<_> = remarks.chain(others).collect();
                // A host can reject an answer for another reason than its findings.
                let has_reason = remarks.iter().any(|remark| remark.level == Level::Error);
                if verdict == Verdict::Rejected && !has_reason {
                    remarks.extend(Self::of_answer(request, judged, verdict));
                }
                remarks
            }
            Outcome::Failed(request, error) => {
                let remark = Self::of_request(request, Level::Unusable, UNUSABLE);
                vec![remark.saying(&error.to_string())]
            }
            Outcome::Unreadable(error) => vec![Self::of_input(error)],
        }
    }

    fn of_finding(request: &Request, finding: &Finding, verdict: Verdict) -> Self {
        let level = match verdict {
            Verdict::Rejected if finding.denies => Level::Error,
            Verdict::Accepted => Level::Note,
            _ => Level::Warning,
        };
        let mut message = finding.message.clone();
        for (number, fix) in finding.fixes.iter().enumerate() {
            message.push_str(if number == 0 { "; fix: " } else { ", or " });
            message.push_str(fix);
        }
        Self {
            position: request.position(&finding.path, finding.image.as_deref()),
            path: Some(finding.path.clone()),
            image: finding.image.clone(),
            ..Self::of_request(request, level, &finding.reason)
        }
        .saying(&message)
    }

    /// The annotation for the findings that a module only counts.
    fn of_omitted(request: &Request, judged: &Judgement, verdict: Verdict) -> Option<Self> {
        let remark = Self::of_request(request, verdict.into(), ANSWER);
        (judged.omitted > 0).then(|| {
            remark.saying(&format!(
                "the module found {} more: check without --module to see them all",
                judged.omitted
            ))
        })
    }

    /// The annotation for an answer without findings, such as a refusal of the request.
    fn of_answer(request: &Request, judged: &Judgement, verdict: Verdict) -> Option<Self> {
        let message = match message(request, judged) {
            Some(message) => message.to_owned(),
            None => judged
                .response
                .warnings
                .as_deref()
                .unwrap_or_default()
                .join("; "),
        };
        let remark = Self::of_request(request, verdict.into(), ANSWER).saying(&message);
        (verdict != Verdict::Accepted).then_some(remark)
    }

    fn of_input(error: &InputError) -> Self {
        Self {
            level: Level::Unusable,
            rule: UNUSABLE.to_owned(),
            file: file(error.place()),
            position: error.position(),
            object: None,
            path: None,
            image: None,
            message: error.message(),
        }
    }

    fn of_request(request: &Request, level: Level, rule: &str) -> Self {
        Self {
            level,
            rule: rule.to_owned(),
            file: file(request.place()),
            position: request.start(),
            object: Some(request.subject().to_string()),
            path: None,
            image: None,
            message: String::new(),
        }
    }

    fn saying(self, message: &str) -> Self {
        Self {
            message: Printable(message).to_string(),
            ..self
        }
    }

    /// The message after the object, if that is known: `Deployment shop/web: …`.
    pub(crate) fn message_with_object(&self) -> String {
        match &self.object {
            Some(object) => format!("{object}: {}", self.message),
            None => self.message.clone(),
        }
    }
}

/// The name of a file for a server, which knows the files of a repository by relative paths with
/// forward slashes. A file below GitHub's workspace is named relative to that, any other below the
/// current folder relative to that. `None` for standard input.
pub(crate) fn file(place: &Place) -> Option<String> {
    let workspace = env::var_os("GITHUB_WORKSPACE").filter(|folder| !folder.is_empty());
    file_in(workspace.as_deref().map(Path::new), place)
}

fn file_in(workspace: Option<&Path>, place: &Place) -> Option<String> {
    if place.source() == STANDARD_INPUT {
        return None;
    }
    let path = Path::new(place.source());
    let in_workspace = workspace.and_then(|workspace| below(path, workspace));
    let folder = env::current_dir().unwrap_or_default();
    let path = in_workspace.unwrap_or_else(|| {
        let path = path.strip_prefix(folder).unwrap_or(path);
        path.to_owned()
    });
    let components = path.components().filter(|part| *part != Component::CurDir);
    let path: PathBuf = components.collect();
    Some(path.to_string_lossy().replace(MAIN_SEPARATOR, "/"))
}

/// The path of a file below a folder, if it is there.
fn below(file: &Path, folder: &Path) -> Option<PathBuf> {
    let file = absolute_path(file)?;
    let path = file.strip_prefix(folder.canonicalize().ok()?);
    path.map(Path::to_owned).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn names_files_relative_to_the_current_folder() {
        let here = std::env::current_dir().unwrap();
        for (source, expected) in [
            ("a.yaml", Some("a.yaml")),
            ("./nowhere//a b.yaml", Some("nowhere/a b.yaml")),
            ("../nowhere/a.yaml", Some("../nowhere/a.yaml")),
            ("/nowhere/a.yaml", Some("/nowhere/a.yaml")),
            ("standard input", None),
            (&here.join("x/ä.yaml").to_string_lossy(), Some("x/ä.yaml")),
        ] {
            let file = file_in(None, &Place::new(source));
            assert_eq!(file.as_deref(), expected, "{source}");
        }
    }

    #[test]
    fn finds_the_path_below_a_folder() {
        let folder = tempfile::TempDir::new().unwrap();
        let deploy = folder.path().join("a/deploy");
        std::fs::create_dir_all(&deploy).unwrap();
        for (path, expected) in [
            ("a/deploy/x.yaml", Some("a/deploy/x.yaml")),
            ("a/deploy/../x.yaml", Some("a/x.yaml")),
            ("../x.yaml", None),
            ("nowhere/x.yaml", None),
        ] {
            let path = folder.path().join(path);
            let found = below(&path, folder.path());
            assert_eq!(found.as_deref(), expected.map(Path::new), "{path:?}");
        }
    }
}
