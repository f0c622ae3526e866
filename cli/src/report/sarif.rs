//! SARIF 2.1.0, which code scanning reads.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::BTreeMap;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use serde_sarif::sarif::{
    self, ArtifactLocation, Invocation, Location, LogicalLocation, Message,
    MultiformatMessageString, Notification, PhysicalLocation, Region, ReportingDescriptor,
    ReportingDescriptorReference, ResultColumnKind, ResultLevel, Run, Tool, ToolComponent, Version,
};

use super::annotation::{Annotation, Level};
use super::rule::{PAGE, RULES, Rule, UNUSABLE_INPUT};
use super::{Report, Summary};
use crate::outcome::Outcome;
use crate::place::STANDARD_INPUT;

/// A report that is written at the end, since it is one document.
#[derive(Default)]
pub(crate) struct Sarif {
    results: Vec<sarif::Result>,
    /// The input that could not be judged. Results are for judged objects (section 3.58 of the
    /// specification).
    notifications: Vec<Notification>,
    /// The number of times that each finding has occurred.
    occurrences: BTreeMap<String, usize>,
}

const HOME: &str = "https://github.com/mutable-tags/mutable-tags-policy";

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name of our fingerprint. A new way to make it gets a new number.
const FINGERPRINT: &str = "mutableTagsFinding/v1";

/// The file of standard input. Code scanning takes no report in which a result has none.
const STDIN: &str = "stdin";

/// The characters that the path of a URI must escape (RFC 3986).
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

impl Report for Sarif {
    fn add(&mut self, outcome: &Outcome, _: &mut dyn Write) -> io::Result<()> {
        for annotation in Annotation::all(outcome) {
            let level = match annotation.level {
                Level::Unusable => {
                    self.notifications.push(notification(&annotation));
                    continue;
                }
                Level::Note => ResultLevel::Note,
                Level::Warning => ResultLevel::Warning,
                Level::Error => ResultLevel::Error,
            };
            let fingerprint = self.fingerprint(&annotation);
            self.results.push(result(&annotation, level, fingerprint));
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary<'_>, output: &mut dyn Write) -> io::Result<()> {
        let results = std::mem::take(&mut self.results);
        let notifications = std::mem::take(&mut self.notifications);
        let document = document(results, notifications);
        serde_json::to_writer_pretty(&mut *output, &document)?;
        writeln!(output)
    }
}

impl Sarif {
    /// Identifies a finding without its line, so that a reader can follow it when lines move. The
    /// number distinguishes containers of one object that have the same image.
    fn fingerprint(&mut self, annotation: &Annotation) -> String {
        let Annotation {
            rule, file, image, ..
        } = annotation;
        let file = file.as_deref().unwrap_or(STANDARD_INPUT);
        let object = annotation.object.as_deref().unwrap_or_default();
        let subject = image.as_deref().or(annotation.path.as_deref());
        let subject = subject.unwrap_or_default();
        let finding = format!("{file} {object} {rule} {subject:?}");
        let count = self.occurrences.entry(finding.clone()).or_default();
        *count += 1;
        format!("{finding} {count}")
    }
}

fn document(results: Vec<sarif::Result>, notifications: Vec<Notification>) -> sarif::Sarif {
    let driver = ToolComponent::builder()
        .name("mutable-tags")
        .version(env!("CARGO_PKG_VERSION"))
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .information_uri(HOME)
        .rules(RULES.iter().map(descriptor).collect::<Vec<_>>())
        .notifications(vec![descriptor(&UNUSABLE_INPUT)])
        .build();
    let invocation = Invocation::builder()
        .execution_successful(notifications.is_empty())
        .tool_execution_notifications(notifications)
        .build();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .column_kind(json!(ResultColumnKind::UnicodeCodePoints))
        .invocations(vec![invocation])
        .results(results)
        .build();
    sarif::Sarif::builder()
        .schema(SCHEMA)
        .version(json!(Version::V2_1_0))
        .runs(vec![run])
        .build()
}

fn descriptor(rule: &Rule) -> ReportingDescriptor {
    ReportingDescriptor::builder()
        .id(rule.code)
        .short_description(text(rule.summary))
        .help(text(rule.help))
        .help_uri(PAGE)
        .build()
}

fn text(text: &str) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(text).build()
}

fn result(annotation: &Annotation, level: ResultLevel, fingerprint: String) -> sarif::Result {
    let result = sarif::Result::builder()
        .rule_id(annotation.rule.clone())
        .level(level)
        .message(message(annotation))
        .locations(vec![location(annotation)])
        .partial_fingerprints(BTreeMap::from([(FINGERPRINT.to_owned(), fingerprint)]))
        .build();
    let index = RULES.iter().position(|rule| rule.code == annotation.rule);
    sarif::Result {
        rule_index: index.and_then(|index| i64::try_from(index).ok()),
        ..result
    }
}

fn notification(annotation: &Annotation) -> Notification {
    let descriptor = ReportingDescriptorReference::builder()
        .id(annotation.rule.clone())
        .index(0)
        .build();
    Notification::builder()
        .descriptor(descriptor)
        .level(json!(ResultLevel::Error))
        .message(message(annotation))
        .locations(vec![location(annotation)])
        .build()
}

fn message(annotation: &Annotation) -> Message {
    // Braces are placeholders in a message (section 3.11.5), and are doubled to stand for themselves.
    let text = annotation.message_with_object();
    let text = text.replace('{', "{{").replace('}', "}}");
    Message::builder().text(text).build()
}

fn location(annotation: &Annotation) -> Location {
    let file = ArtifactLocation::builder()
        .uri(uri(annotation.file.as_deref().unwrap_or(STDIN)))
        .build();
    let physical = PhysicalLocation::builder().artifact_location(file).build();
    let number = |number: usize| i64::try_from(number).ok();
    let region = annotation.position.map(|position| Region {
        start_line: number(position.line()),
        start_column: number(position.column()),
        ..Region::builder().build()
    });
    let physical = PhysicalLocation { region, ..physical };
    Location {
        logical_locations: logical_location(annotation).map(|location| vec![location]),
        ..Location::builder().physical_location(physical).build()
    }
}

/// The place in the object: `Deployment shop/web spec.template.spec.containers[0].image`.
fn logical_location(annotation: &Annotation) -> Option<LogicalLocation> {
    let object = annotation.object.as_deref()?;
    Some(match &annotation.path {
        Some(path) => LogicalLocation::builder()
            .name(path.clone())
            .fully_qualified_name(format!("{object} {path}"))
            .kind("property")
            .build(),
        None => LogicalLocation::builder()
            .name(object)
            .fully_qualified_name(object)
            .kind("object")
            .build(),
    })
}

/// The URI of a file; relative, unless the file's name is absolute.
fn uri(file: &str) -> String {
    let scheme = if file.starts_with('/') { "file://" } else { "" };
    format!("{scheme}{}", utf8_percent_encode(file, PATH))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Position;

    fn annotation() -> Annotation {
        Annotation {
            level: Level::Error,
            rule: "latest".to_owned(),
            file: Some("deploy/web.yaml".to_owned()),
            position: Some(Position::new(7, 14)),
            object: Some("Pod shop/web".to_owned()),
            path: Some("spec.containers[0].image".to_owned()),
            image: Some("acme/a:latest".to_owned()),
            message: "moves".to_owned(),
        }
    }

    #[test]
    fn escapes_the_uri_of_a_file() {
        for (file, expected) in [
            ("deploy/web-1_a.yaml", "deploy/web-1_a.yaml"),
            ("an ä/b:c%.yaml", "an%20%C3%A4/b%3Ac%25.yaml"),
            ("../web.yaml", "../web.yaml"),
            ("/srv/web.yaml", "file:///srv/web.yaml"),
        ] {
            assert_eq!(uri(file), expected);
        }
    }

    #[test]
    fn a_fingerprint_stays_when_lines_move() {
        let moved = Annotation {
            position: Some(Position::new(90, 14)),
            path: Some("spec.containers[3].image".to_owned()),
            ..annotation()
        };
        let before = Sarif::default().fingerprint(&annotation());
        assert_eq!(Sarif::default().fingerprint(&moved), before);
    }

    #[test]
    fn a_fingerprint_differs_between_findings() {
        let other = Annotation {
            image: Some("acme/b:latest".to_owned()),
            ..annotation()
        };
        let mut sarif = Sarif::default();
        let first = sarif.fingerprint(&annotation());
        assert_ne!(sarif.fingerprint(&other), first);
        assert_ne!(sarif.fingerprint(&annotation()), first);
    }

    #[test]
    fn doubles_the_braces_of_a_message() {
        let template = Annotation {
            message: "\"{{ .tag }}\"".to_owned(),
            ..annotation()
        };
        let text = message(&template).text;
        assert_eq!(text.as_deref(), Some("Pod shop/web: \"{{{{ .tag }}}}\""));
    }
}
