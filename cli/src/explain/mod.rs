//! The command `explain`: whether the tags of images can move and why, and what the policy answers.

mod answer;
mod arguments;
mod explanation;
mod images;
mod json;
mod text;
mod words;

use std::io::{self, Read, Write};
use std::path::Path;

use mutable_tags_policy::admission;

pub(crate) use arguments::ExplainArguments;

use crate::diagnostics;
use crate::failure::Failure;
use crate::input::error::{InputError, Problem};
use crate::input::exclude::Exclude;
use crate::input::source::Reader;
use crate::outcome::Status;
use crate::place::{Place, STANDARD_INPUT};
use crate::policy::{Defaults, PolicyConfiguration};
use crate::printable::Printable;
use crate::streams::{Streams, Style};
use arguments::Format;
use explanation::{Explainer, Explanation};
use images::{NamedImage, Origin, are_piped, images};
use text::Text;

/// Runs the command.
pub(crate) fn explain(
    arguments: &ExplainArguments,
    streams: Streams<'_>,
) -> Result<Status, Failure> {
    let Streams {
        input,
        output,
        errors,
        style,
        input_is_typed,
        ..
    } = streams;
    let are_piped = are_piped(&arguments.images);
    if are_piped && arguments.policy.uses_standard_input() {
        let place = Place::new(STANDARD_INPUT);
        return Err(InputError::new(place, Problem::InputTaken).into());
    }
    let explainer = explainer(arguments, input, errors)?;
    if input_is_typed && are_piped {
        diagnostics::note(errors, "reading images from standard input, one per line");
    }
    let images = images(&arguments.images, input)?;
    if images.is_empty() {
        return Err(Failure::NothingToExplain);
    }
    let style = arguments.color.style(style);
    let mut report = Report::new(arguments.output, style, output);
    let mut status = Status::Accepted;
    for image in &images {
        if is_file(image) {
            let file = Printable(&image.text);
            diagnostics::note(
                errors,
                format_args!(
                    "{file} is a file, but is explained as an image: to read images from it, write - < {file}; to check a manifest, use mutable-tags check"
                ),
            );
        }
        match explainer.explain(&image.text)? {
            Ok(explanation) => report.explained(&explanation)?,
            Err(error) => {
                report.unusable(&image.text, &error.0)?;
                let error = Printable(&error.0);
                diagnostics::error(errors, format_args!("{}{error}", image.origin));
                status = Status::Unusable;
            }
        }
    }
    report.finish()?;
    Ok(status)
}

/// Reads the settings, as `check` does.
fn explainer(
    arguments: &ExplainArguments,
    input: &mut dyn Read,
    errors: &mut dyn Write,
) -> Result<Explainer, Failure> {
    let defaults = Defaults::find(&arguments.policy, &["policy", "settings"])?;
    let mut reader = Reader::new(input, Exclude::default());
    let configuration = PolicyConfiguration::read(&arguments.policy, &defaults, &mut reader)?;
    for remark in defaults.remarks.iter().chain(&configuration.remarks) {
        remark.write(errors);
    }
    let PolicyConfiguration {
        settings: json,
        place,
        grants,
        ..
    } = configuration;
    let settings = admission::parse_settings(json.to_string().as_bytes());
    let settings = settings.map_err(|invalid| Failure::Settings {
        place,
        message: invalid.to_string(),
    })?;
    if settings.asks_registries() {
        diagnostics::note(
            errors,
            "explain looks nothing up: adjust and drift answer as if no registry could be reached",
        );
    }
    Explainer::new(settings, json, grants)
}

/// Whether a file was named in place of an image.
fn is_file(image: &NamedImage) -> bool {
    image.origin == Origin::CommandLine && Path::new(&image.text).is_file()
}

/// The explanations, as they are written.
struct Report<'a> {
    format: Format,
    text: Text,
    output: &'a mut dyn Write,
}

impl<'a> Report<'a> {
    fn new(format: Format, style: Style, output: &'a mut dyn Write) -> Self {
        Self {
            format,
            text: Text::new(style),
            output,
        }
    }

    fn explained(&mut self, explanation: &Explanation) -> io::Result<()> {
        let text = match self.format {
            Format::Text => self.text.explained(explanation),
            Format::Json => json::explained(explanation)?,
        };
        self.output.write_all(text.as_bytes())
    }

    fn unusable(&mut self, image: &str, error: &str) -> io::Result<()> {
        let text = match self.format {
            Format::Text => self.text.unusable(image),
            Format::Json => json::unusable(image, error)?,
        };
        self.output.write_all(text.as_bytes())
    }

    fn finish(self) -> io::Result<()> {
        match self.format {
            Format::Text => self.output.write_all(self.text.summary().as_bytes()),
            Format::Json => Ok(()),
        }
    }
}
