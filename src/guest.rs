//! The waPC guest: registers the three calls that Kubewarden makes of a policy.
#![allow(
    unsafe_code,
    reason = "a waPC host looks `wapc_init` up by its unmangled name"
)]

use kubewarden_policy_sdk::protocol_version_guest;
use kubewarden_policy_sdk::wapc_guest::register_function;

use crate::admission;

#[unsafe(no_mangle)]
extern "C" fn wapc_init() {
    register_function("validate", |payload| Ok(admission::validate(payload)));
    register_function("validate_settings", |payload| {
        Ok(admission::validate_settings(payload))
    });
    register_function("protocol_version", protocol_version_guest);
}
