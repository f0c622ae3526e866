//! Workflow commands, which GitHub Actions shows as annotations on the lines of a pull request.
//! GitHub shows the first ten errors and the first ten warnings of a step. All stand in its log.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use std::fmt;
use std::io::{self, Write};

use super::annotation::{Annotation, Level};
use super::{Report, Summary};
use crate::outcome::Outcome;
use crate::printable::Printable;

pub(crate) struct Github;

impl Report for Github {
    fn add(&mut self, outcome: &Outcome, output: &mut dyn Write) -> io::Result<()> {
        for annotation in Annotation::all(outcome) {
            writeln!(output, "{}", Command(&annotation))?;
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary<'_>, output: &mut dyn Write) -> io::Result<()> {
        write!(output, "{summary}")
    }
}

/// Displays a workflow command.
struct Command<'a>(&'a Annotation);

impl fmt::Display for Command<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let annotation = self.0;
        let command = match annotation.level {
            Level::Note => "notice",
            Level::Warning => "warning",
            Level::Error | Level::Unusable => "error",
        };
        write!(f, "::{command} ")?;
        // Without a file, a line would be taken for one of a file that GitHub chooses.
        if let Some(file) = &annotation.file {
            write!(f, "file={},", property(file))?;
            if let Some(position) = annotation.position {
                write!(f, "line={},col={},", position.line(), position.column())?;
            }
        }
        let title = format!("mutable-tags ({})", annotation.rule);
        let message = annotation.message_with_object();
        write!(f, "title={}::{}", property(&title), data(&message))
    }
}

/// Escapes a message as `escapeData` of GitHub's toolkit does.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property as `escapeProperty` of GitHub's toolkit does, and other control
/// characters as everywhere: the log shows them.
fn property(text: &str) -> String {
    let text = data(text).replace(':', "%3A").replace(',', "%2C");
    Printable(&text).to_string()
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
            path: None,
            image: None,
            message: "\"acme/a:latest\" moves".to_owned(),
        }
    }

    #[test]
    fn writes_a_command_with_file_line_and_column() {
        let unusable = Annotation {
            level: Level::Unusable,
            rule: "unusable".to_owned(),
            position: None,
            object: None,
            message: "cannot be read".to_owned(),
            ..annotation()
        };
        let note = Annotation {
            level: Level::Note,
            ..annotation()
        };
        let standard_input = Annotation {
            file: None,
            ..annotation()
        };
        for (annotation, expected) in [
            (
                standard_input,
                "::error title=mutable-tags (latest)::Pod shop/web: \"acme/a:latest\" moves",
            ),
            (
                annotation(),
                "::error file=deploy/web.yaml,line=7,col=14,title=mutable-tags (latest)::Pod shop/web: \"acme/a:latest\" moves",
            ),
            (
                note,
                "::notice file=deploy/web.yaml,line=7,col=14,title=mutable-tags (latest)::Pod shop/web: \"acme/a:latest\" moves",
            ),
            (
                unusable,
                "::error file=deploy/web.yaml,title=mutable-tags (unusable)::cannot be read",
            ),
        ] {
            assert_eq!(Command(&annotation).to_string(), expected);
        }
    }

    #[test]
    fn escapes_as_github_reads() {
        let annotation = Annotation {
            level: Level::Warning,
            file: Some("a, b: 100%\n\u{1b}[m.yaml".to_owned()),
            message: "x: 1, 2%\r\n::error::y".to_owned(),
            ..annotation()
        };
        assert_eq!(
            Command(&annotation).to_string(),
            "::warning file=a%2C b%3A 100%25%0A\\u001b[m.yaml,line=7,col=14,title=mutable-tags (latest)::Pod shop/web: x: 1, 2%25%0D%0A::error::y"
        );
    }
}
