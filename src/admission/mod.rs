//! The two calls of a policy: bytes in, bytes out, and an answer to everything.

mod envelope;
mod request;
mod response;

use crate::policy::{self, Host, Rejection, Report, Verdict};
use crate::settings::Settings;
use envelope::{Envelope, Malformed};

/// Answers the waPC call `validate`: the payload is `{"request": …, "settings": …}`,
/// the answer a `ValidationResponse`, always. The host is asked for what the settings
/// ask for, and only where there is a finding.
#[must_use]
pub fn validate(payload: &[u8], host: &dyn Host) -> Vec<u8> {
    response::of_verdict(&judge(payload, host))
}

/// Answers the waPC call `validate_settings`: the payload are settings, the answer
/// is a `SettingsValidationResponse`, always.
#[must_use]
pub fn validate_settings(payload: &[u8]) -> Vec<u8> {
    let Ok(json) = simdutf8::basic::from_utf8(payload) else {
        return response::of_settings(&Err(policy::NO_UTF8.to_owned()));
    };
    response::of_settings(&match Settings::parse(json) {
        Ok(_) => Ok(()),
        Err(invalid) => Err(invalid.to_string()),
    })
}

fn judge(payload: &[u8], host: &dyn Host) -> Verdict {
    match simdutf8::basic::from_utf8(payload) {
        Ok(json) => judge_json(json, host).unwrap_or_else(|Malformed| {
            rejected(policy::NO_JSON.to_owned(), Rejection::Unreadable)
        }),
        Err(_) => rejected(policy::NO_UTF8.to_owned(), Rejection::Unreadable),
    }
}

fn judge_json(json: &str, host: &dyn Host) -> Result<Verdict, Malformed> {
    let (envelope, settings) = Envelope::read(json)?;
    if envelope.is_of_no_concern() {
        return Ok(Verdict::Accepted(None));
    }
    let settings = match settings.validate() {
        Ok(settings) => settings,
        Err(invalid) => {
            let message = policy::of_invalid_settings(&invalid);
            return Ok(rejected(message, Rejection::Settings));
        }
    };
    // What was read before the settings were known is read again if they need more.
    let demands = settings.demands();
    let envelope = if envelope.lacks(demands) {
        Envelope::read_again(json, demands)?
    } else {
        envelope
    };
    Ok(envelope.judge(json, &settings, host))
}

fn rejected(message: String, rejection: Rejection) -> Verdict {
    let report = Report {
        message,
        annotations: Vec::new(),
    };
    Verdict::Rejected(report, rejection)
}
