//! Admission responses, one per line, as `kwctl run` prints them.

use std::io::{self, Write};

use super::admission_response::AdmissionResponse;
use super::{Report, Summary};
use crate::outcome::Outcome;

pub(crate) struct Kwctl;

impl Report for Kwctl {
    fn add(&mut self, outcome: &Outcome, output: &mut dyn Write) -> io::Result<()> {
        let response = match outcome {
            Outcome::Judged(request, judged) => {
                AdmissionResponse::new(request.uid(), request.object(), &judged.response)
            }
            Outcome::Failed(request, error) => AdmissionResponse::failure(request.uid(), error),
            // There is no request that could be answered.
            Outcome::Unreadable(_) => return Ok(()),
        };
        writeln!(output, "{}", serde_json::to_string(&response)?)
    }

    fn finish(&mut self, _: &Summary<'_>, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
