//! Writes what was found, in the forms that people and programs read.

mod admission_response;
mod annotation;
mod form;
mod github;
mod json;
mod junit;
mod kwctl;
mod mutation;
mod rule;
mod sarif;
mod summary;
mod text;

use std::fs::File;
use std::io::{self, BufWriter, Write};

pub use admission_response::AdmissionResponse;

pub(crate) use form::{Colour, Form, Output};
pub(crate) use summary::Summary;

use crate::outcome::Outcome;

/// A form of a report.
pub(crate) trait Report {
    fn add(&mut self, outcome: &Outcome, output: &mut dyn Write) -> io::Result<()>;

    fn finish(&mut self, summary: &Summary<'_>, output: &mut dyn Write) -> io::Result<()>;
}

/// The looks of reports on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Looks {
    pub(crate) is_coloured: bool,
    /// Whether accepted objects are left out.
    pub(crate) is_quiet: bool,
}

/// All reports of a check, each with the stream that it is written to.
///
/// A reader that stops reading (`mutable-tags … | head`) ends a report, but not the check, whose
/// exit status must still be right.
pub(crate) struct Reports<'a>(Vec<Open<'a>>);

struct Open<'a> {
    report: Box<dyn Report>,
    /// `None` where nobody reads it any more.
    output: Option<Box<dyn Write + 'a>>,
}

impl<'a> Reports<'a> {
    /// Opens the files of the reports. One of them at most is for standard output.
    pub(crate) fn open(
        outputs: &[Output],
        standard_output: &'a mut dyn Write,
        looks: Looks,
    ) -> io::Result<Self> {
        let mut standard_output = Some(standard_output);
        let mut open = Vec::new();
        for Output { form, file } in outputs {
            let stream: Box<dyn Write + 'a> = match file {
                Some(path) => Box::new(BufWriter::new(File::create(path).map_err(|error| {
                    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
                })?)),
                None => Box::new(standard_output.take().ok_or_else(|| {
                    io::Error::other(
                        "two reports are for standard output: write --output FORM=FILE",
                    )
                })?),
            };
            let looks = Looks {
                // A file keeps no colours.
                is_coloured: looks.is_coloured && file.is_none(),
                ..looks
            };
            open.push(Open {
                report: report(*form, looks),
                output: Some(stream),
            });
        }
        Ok(Self(open))
    }

    pub(crate) fn add(&mut self, outcome: &Outcome) -> io::Result<()> {
        self.write(|report, output| report.add(outcome, output))
    }

    pub(crate) fn finish(&mut self, summary: &Summary<'_>) -> io::Result<()> {
        self.write(|report, output| report.finish(summary, output))
    }

    fn write(
        &mut self,
        write: impl Fn(&mut dyn Report, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        for Open { report, output } in &mut self.0 {
            let Some(stream) = output else {
                continue;
            };
            let written = write(report.as_mut(), stream.as_mut()).and_then(|()| stream.flush());
            match written {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => *output = None,
                other => other?,
            }
        }
        Ok(())
    }
}

fn report(form: Form, looks: Looks) -> Box<dyn Report> {
    match form {
        Form::Text => Box::new(text::Text(looks)),
        Form::Json => Box::new(json::Json),
        Form::Kwctl => Box::new(kwctl::Kwctl),
        Form::Sarif => Box::<sarif::Sarif>::default(),
        Form::Junit => Box::<junit::Junit>::default(),
        Form::Github => Box::new(github::Github),
    }
}
