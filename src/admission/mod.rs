//! The two calls of a policy: bytes in, bytes out, and an answer to everything.

mod envelope;
mod refusal;
mod request;
mod response;

pub use refusal::Refusal;

use crate::policy::{Evaluation, Host};
use crate::settings::{InvalidSettings, Settings};
use envelope::Envelope;

/// Answers the waPC call `validate`: the payload is `{"request": …, "settings": …}`,
/// the answer a `ValidationResponse`, always. The host is asked for what the settings
/// ask for, and only where there is a finding.
#[must_use]
pub fn validate(payload: &[u8], host: &dyn Host) -> Vec<u8> {
    match evaluate(payload, host) {
        Ok(evaluation) => response::of_evaluation(&evaluation),
        Err(refusal) => response::of_refusal(&refusal),
    }
}

/// Evaluates a payload of the waPC call `validate`, with everything that it finds typed.
///
/// # Errors
///
/// Why there is nothing to evaluate.
pub fn evaluate(payload: &[u8], host: &dyn Host) -> Result<Evaluation, Refusal> {
    let json = simdutf8::basic::from_utf8(payload).map_err(|_| Refusal::NotUtf8)?;
    let (envelope, settings) = Envelope::read(json)?;
    if envelope.is_of_no_concern() {
        return Ok(Evaluation::accepted());
    }
    let settings = settings.validate().map_err(Refusal::Settings)?;
    // What was read before the settings were known is read again if they need more.
    let demands = settings.demands();
    let envelope = if envelope.lacks(demands) {
        Envelope::read_again(json, demands)?
    } else {
        envelope
    };
    Ok(envelope.judge(json, &settings, host))
}

/// Answers the waPC call `validate_settings`: the payload are settings, the answer
/// is a `SettingsValidationResponse`, always.
#[must_use]
pub fn validate_settings(payload: &[u8]) -> Vec<u8> {
    response::of_settings(parse_settings(payload).err().as_ref())
}

/// Parses a payload of the waPC call `validate_settings`.
///
/// # Errors
///
/// Everything that is wrong with the settings.
pub fn parse_settings(payload: &[u8]) -> Result<Settings<'_>, InvalidSettings> {
    match simdutf8::basic::from_utf8(payload) {
        Ok(json) => Settings::parse(json),
        Err(_) => Err(InvalidSettings::not_utf8()),
    }
}
