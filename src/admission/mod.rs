//! The two calls of a policy: bytes in, bytes out. Every payload gets an answer.

mod envelope;
mod keep;
mod refusal;
mod response;

pub use refusal::Refusal;

use crate::document::{Malformed, raw_fields};
use crate::policy::{self, Evaluation, Host, Objects, Screened};
use crate::settings::{InvalidSettings, LazySettings, Settings};
use envelope::Envelope;

/// Answers the waPC call `validate`. The payload is `{"request": …, "settings": …}`, and the
/// answer is always a `ValidationResponse`. The host is asked only where there is a finding,
/// and only for what the settings need.
#[must_use]
pub fn validate(payload: &[u8], host: &dyn Host) -> Vec<u8> {
    match evaluate(payload, host) {
        Ok(evaluation) => response::of_evaluation(&evaluation),
        Err(refusal) => response::of_refusal(&refusal),
    }
}

/// Evaluates a payload of the waPC call `validate`.
///
/// # Errors
///
/// A refusal, where the payload cannot be evaluated at all.
pub fn evaluate(payload: &[u8], host: &dyn Host) -> Result<Evaluation, Refusal> {
    let json = simdutf8::basic::from_utf8(payload).map_err(|_| Refusal::NotJson)?;
    let mut envelope = Envelope::parse(json).map_err(|Malformed| Refusal::NotJson)?;
    if envelope.cannot_bring_images() {
        return Ok(Evaluation::accepted());
    }
    let request = match envelope.request() {
        Ok(request) => request,
        Err(errors) => {
            let settings =
                Settings::from_value(envelope.settings.root()).map_err(Refusal::Settings)?;
            let namespace = envelope.namespace();
            return Ok(policy::refuse(&errors, namespace, &settings, host));
        }
    };
    let settings = LazySettings::for_kind(envelope.settings.root(), &request.kind)
        .map_err(Refusal::Settings)?;
    if envelope.is_sufficient_for(&settings.read_plan(request.kind.clone())) {
        let screened = policy::screen(&request, envelope.object.root(), &settings, host);
        if let Screened::Evaluated(evaluation) = screened.map_err(Refusal::Settings)? {
            return Ok(evaluation);
        }
    }
    // The kept parts are freed first, so that two trees of one object never take up memory.
    envelope.object.free();
    let [object, old_object] = raw_fields(json, "request", ["object", "oldObject"]);
    let objects = Objects { object, old_object };
    policy::evaluate(&request, objects, &settings, host).map_err(Refusal::Settings)
}

/// Answers the waPC call `validate_settings`. The payload holds settings, and the answer is
/// always a `SettingsValidationResponse`.
#[must_use]
pub fn validate_settings(payload: &[u8]) -> Vec<u8> {
    response::of_settings(parse_settings(payload).err().as_ref())
}

/// Parses a payload of the waPC call `validate_settings`.
///
/// # Errors
///
/// Every problem of the settings at once.
pub fn parse_settings(payload: &[u8]) -> Result<Settings, InvalidSettings> {
    match simdutf8::basic::from_utf8(payload) {
        Ok(json) => Settings::parse(json),
        Err(_) => Err(InvalidSettings::not_json()),
    }
}
