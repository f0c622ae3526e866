//! The waPC guest: registers the three calls that Kubewarden makes of a policy, and
//! passes on those that the policy makes of it.
#![allow(
    unsafe_code,
    reason = "a waPC host looks `wapc_init` up by its unmangled name"
)]

use kubewarden_policy_sdk::metadata::ProtocolVersion;
use kubewarden_policy_sdk::wapc_guest::{host_call, register_function};

use crate::admission;
use crate::policy::{Capability, Host};

/// The host on the other side of waPC.
struct WapcHost;

impl Host for WapcHost {
    fn ask(&self, capability: Capability, request: &str) -> Result<Vec<u8>, String> {
        let (namespace, operation) = capability.call();
        host_call("kubewarden", namespace, operation, request.as_bytes())
            .map_err(|error| error.to_string())
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
    // The SDK's own function would bring the words of errors that cannot be.
    register_function("protocol_version", |_| {
        Ok(serde_json::to_vec(&ProtocolVersion::default()).unwrap_or_default())
    });
}
