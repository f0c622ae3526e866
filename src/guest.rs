//! The waPC guest: registers the three functions that Kubewarden calls, and forwards the
//! policy's own calls to the host.
#![allow(
    unsafe_code,
    reason = "a waPC host looks `wapc_init` up by its unmangled name"
)]

use kubewarden_policy_sdk::metadata::ProtocolVersion;
use kubewarden_policy_sdk::wapc_guest::{host_call, register_function};

use crate::admission;
use crate::policy::{Capability, Host};

/// The text that waPC puts in front of a host's words.
const WAPC: &str = "Host error: ";

/// The host on the other side of waPC.
struct WapcHost;

impl Host for WapcHost {
    fn ask(&self, capability: Capability, request: &str) -> Result<Vec<u8>, String> {
        let (namespace, operation) = capability.call();
        let answer = host_call("kubewarden", namespace, operation, request.as_bytes());
        answer.map_err(|error| {
            let words = error.to_string();
            words.strip_prefix(WAPC).unwrap_or(&words).to_owned()
        })
    }
}

#[unsafe(no_mangle)]
extern "C" fn wapc_init() {
    register_function("validate", |payload| {
        Ok(admission::validate(payload, &WapcHost))
    });
    register_function("validate_settings", |payload| {
        Ok(admission::validate_settings(payload))
    });
    // The SDK's own function would add the text of an error that cannot occur to the module.
    register_function("protocol_version", |_| {
        Ok(serde_json::to_vec(&ProtocolVersion::default()).unwrap_or_default())
    });
}
