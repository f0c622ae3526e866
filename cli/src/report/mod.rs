//! Reports what was found, in formats for people and for programs.

mod admission_response;
mod annotation;
mod colour;
mod format;
mod github;
mod json;
mod junit;
mod kwctl;
mod mutation;
mod names;
mod rule;
mod sarif;
mod summary;
mod text;

use std::fs::File;
use std::io::{self, BufWriter, Write};

pub(crate) use colour::{Colour, ColourChoice, Painted};
pub(crate) use format::{Format, Output};
pub(crate) use names::{Files, Names, counted};
pub(crate) use summary::Summary;

use crate::outcome::Outcome;
use crate::streams::Style;
use crate::until_closed::UntilClosed;

/// Writes outcomes in one format.
pub(crate) trait Report {
    fn add(&mut self, outcome: &Outcome, output: &mut dyn Write) -> io::Result<()>;

    fn finish(&mut self, summary: &Summary<'_>, output: &mut dyn Write) -> io::Result<()>;
}

/// The options of the reports that have a line for each object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) style: Style,
    /// Whether accepted objects are left out.
    pub(crate) is_quiet: bool,
}

/// The destination of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    StandardOutput,
    File,
}

/// All reports of a check.
pub(crate) struct Reports<'a>(Vec<OpenReport<'a>>);

/// A report, and the stream that it is written to.
struct OpenReport<'a> {
    report: Box<dyn Report>,
    /// Whether people see it, with the summary at its end.
    shows_summary: bool,
    output: Box<dyn Write + 'a>,
}

impl<'a> Reports<'a> {
    /// Opens the files of the reports. One of them at most is for standard output.
    pub(crate) fn open(
        outputs: &[Output],
        standard_output: &'a mut dyn Write,
        options: Options,
    ) -> io::Result<Self> {
        let mut standard_output = Some(standard_output);
        let mut open = Vec::new();
        for Output { format, file } in outputs {
            let stream: Box<dyn Write + 'a> = match file {
                Some(path) => {
                    let file = File::create(path).map_err(|error| {
                        io::Error::new(error.kind(), format!("{}: {error}", path.display()))
                    })?;
                    // The file can be a pipe.
                    Box::new(UntilClosed::new(BufWriter::new(file)))
                }
                None => Box::new(
                    standard_output
                        .take()
                        .ok_or_else(|| io::Error::other("two reports are for standard output"))?,
                ),
            };
            let destination = match file {
                Some(_) => Destination::File,
                None => Destination::StandardOutput,
            };
            open.push(OpenReport {
                report: report(*format, options, destination),
                shows_summary: file.is_none() && matches!(format, Format::Text | Format::Github),
                output: stream,
            });
        }
        Ok(Self(open))
    }

    pub(crate) fn add(&mut self, outcome: &Outcome) -> io::Result<()> {
        self.write(|report, output| report.add(outcome, output))
    }

    /// Whether one of the reports on standard output ends with the summary.
    pub(crate) fn has_summary(&self) -> bool {
        self.0.iter().any(|open| open.shows_summary)
    }

    pub(crate) fn finish(&mut self, summary: &Summary<'_>) -> io::Result<()> {
        self.write(|report, output| report.finish(summary, output))
    }

    fn write(
        &mut self,
        write: impl Fn(&mut dyn Report, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        for OpenReport { report, output, .. } in &mut self.0 {
            write(report.as_mut(), output.as_mut())?;
            output.flush()?;
        }
        Ok(())
    }
}

fn report(format: Format, options: Options, destination: Destination) -> Box<dyn Report> {
    match format {
        Format::Text => Box::new(text::Text {
            options,
            destination,
        }),
        Format::Json => Box::new(json::Json(options)),
        Format::Kwctl => Box::new(kwctl::Kwctl),
        Format::Sarif => Box::<sarif::Sarif>::default(),
        Format::Junit => Box::<junit::Junit>::default(),
        Format::Github => Box::new(github::Github),
    }
}
