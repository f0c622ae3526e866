//! The images to explain, from the command line or from standard input.

use std::fmt;
use std::io::Read;

use crate::input::error::{InputError, Problem};
use crate::place::{Place, STANDARD_INPUT};

/// The argument that stands for standard input.
const DASH: &str = "-";

/// A text that should be an image reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedImage {
    pub(super) text: String,
    pub(super) origin: Origin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    CommandLine,
    /// The line of standard input, counted from 1.
    Line(usize),
}

impl fmt::Display for Origin {
    /// Displays the place in front of an error.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CommandLine => Ok(()),
            Self::Line(number) => write!(f, "{STANDARD_INPUT}, line {number}: "),
        }
    }
}

/// Whether the arguments have images read from standard input.
pub(super) fn are_piped(arguments: &[String]) -> bool {
    arguments.is_empty() || arguments.iter().any(|argument| argument == DASH)
}

/// The images, in the order in which they are given.
pub(super) fn images(
    arguments: &[String],
    input: &mut dyn Read,
) -> Result<Vec<NamedImage>, InputError> {
    let mut images = Vec::new();
    let default = [DASH.to_owned()];
    let arguments = match arguments {
        [] => &default,
        arguments => arguments,
    };
    for argument in arguments {
        if argument == DASH {
            images.extend(lines(input)?);
        } else {
            images.push(NamedImage {
                text: argument.trim().to_owned(),
                origin: Origin::CommandLine,
            });
        }
    }
    Ok(images)
}

fn lines(input: &mut dyn Read) -> Result<Vec<NamedImage>, InputError> {
    let mut bytes = Vec::new();
    input
        .read_to_end(&mut bytes)
        .map_err(|error| InputError::new(Place::new(STANDARD_INPUT), Problem::Unreadable(error)))?;
    // A line that is not UTF-8 is not an image, but the other lines can be.
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.trim_start_matches('\u{feff}').lines().zip(1..);
    let images = lines.map(|(line, number)| NamedImage {
        text: without_comment(line).trim().to_owned(),
        origin: Origin::Line(number),
    });
    Ok(images.filter(|image| !image.text.is_empty()).collect())
}

/// A line without its comment, which begins as in YAML: at the start, or after a blank.
fn without_comment(line: &str) -> &str {
    let is_comment = |(start, _): &(usize, &str)| {
        let before = line.get(..*start).unwrap_or_default();
        before.is_empty() || before.ends_with(char::is_whitespace)
    };
    let comment = line.match_indices('#').find(is_comment);
    comment
        .and_then(|(start, _)| line.get(..start))
        .unwrap_or(line)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn texts(arguments: &[&str], input: &str) -> Vec<String> {
        let arguments: Vec<_> = arguments.iter().map(|own| (*own).to_owned()).collect();
        let images = images(&arguments, &mut input.as_bytes()).unwrap();
        images
            .into_iter()
            .map(|image| format!("{}{}", image.origin, image.text))
            .collect()
    }

    #[test]
    fn reads_a_line_without_blanks_and_comments() {
        let input = "\u{feff}# all\r\n\r\n  a:1  # one\n#b:2\nc#d:3\n";
        let expected = [
            "standard input, line 3: a:1",
            "standard input, line 5: c#d:3",
        ];
        assert_eq!(texts(&[], input), expected);
        assert_eq!(texts(&["-"], input), expected);
    }

    #[test]
    fn reads_standard_input_where_it_is_named() {
        let expected = ["a:1", "standard input, line 1: b:2", "c:3"];
        assert_eq!(texts(&["a:1", "-", "c:3"], "b:2"), expected);
        assert_eq!(texts(&["a:1", "c:3"], "b:2"), ["a:1", "c:3"]);
    }
}
