//! The two calls of a policy: bytes in, bytes out, and an answer to everything.

mod envelope;
mod keep;
mod refusal;
mod response;

pub use refusal::Refusal;

use crate::document::{Malformed, raw_fields};
use crate::policy::{self, Evaluation, Host, Objects, Screened};
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
    let json = simdutf8::basic::from_utf8(payload).map_err(|_| Refusal::NotJson)?;
    let mut envelope = Envelope::parse(json).map_err(|Malformed| Refusal::NotJson)?;
    if envelope.cannot_bring_images() {
        return Ok(Evaluation::accepted());
    }
    let settings = Settings::from_value(&envelope.settings).map_err(Refusal::Settings)?;
    let request = match envelope.request() {
        Ok(request) => request,
        Err(errors) => {
            let namespace = envelope.namespace();
            return Ok(policy::refuse(&errors, namespace, &settings, host));
        }
    };
    if envelope.is_sufficient_for(&settings.read_plan(request.kind.clone()))
        && let Screened::Evaluated(evaluation) =
            policy::screen(&request, envelope.object(), &settings, host)
    {
        return Ok(evaluation);
    }
    // Two trees of one object are never held at once.
    envelope.free_object();
    let [object, old_object] = raw_fields(json, "request", ["object", "oldObject"]);
    let objects = Objects { object, old_object };
    Ok(policy::evaluate(&request, objects, &settings, host))
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
pub fn parse_settings(payload: &[u8]) -> Result<Settings, InvalidSettings> {
    match simdutf8::basic::from_utf8(payload) {
        Ok(json) => Settings::parse(json),
        Err(_) => Err(InvalidSettings::not_json()),
    }
}
