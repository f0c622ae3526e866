//! The two calls of a policy: bytes in, bytes out, and an answer to everything.

mod envelope;
mod response;

use crate::policy::{self, Rejection, Report, Verdict};
use crate::settings::Settings;
use envelope::{Envelope, Malformed};

/// Answers the waPC call `validate`: the payload is `{"request": …, "settings": …}`,
/// the answer a `ValidationResponse`, always.
#[must_use]
pub fn validate(payload: &[u8]) -> Vec<u8> {
    response::of_verdict(&judge(payload))
}

/// Answers the waPC call `validate_settings`: the payload are settings, the answer
/// is a `SettingsValidationResponse`, always.
#[must_use]
pub fn validate_settings(payload: &[u8]) -> Vec<u8> {
    let Ok(json) = std::str::from_utf8(payload) else {
        return response::of_settings(Err(policy::NO_UTF8.to_owned()));
    };
    response::of_settings(match Settings::parse(json) {
        Ok(_) => Ok(()),
        Err(invalid) => Err(invalid.to_string()),
    })
}

fn judge(payload: &[u8]) -> Verdict {
    let rejected = |message: String, rejection| {
        let report = Report {
            message,
            ..Report::default()
        };
        Verdict::Rejected(report, rejection)
    };
    let Ok(json) = std::str::from_utf8(payload) else {
        return rejected(policy::NO_UTF8.to_owned(), Rejection::Unreadable);
    };
    let envelope = match Envelope::read(json) {
        Ok(envelope) => envelope,
        Err(Malformed) => return rejected(policy::NO_JSON.to_owned(), Rejection::Unreadable),
    };
    let settings = match Settings::parse(envelope.settings()) {
        Ok(settings) => settings,
        Err(invalid) => {
            let message = policy::of_invalid_settings(&invalid);
            return rejected(message, Rejection::Settings);
        }
    };
    envelope.judge(json, &settings)
}
