//! A policy that accepts everything without looking at it: what any policy of this SDK
//! and this profile costs at least.

#![expect(
    unsafe_code,
    reason = "a waPC host looks `wapc_init` up by its unmangled name"
)]

use kubewarden_policy_sdk::wapc_guest::register_function;
use kubewarden_policy_sdk::{accept_request, protocol_version_guest};

#[unsafe(no_mangle)]
extern "C" fn wapc_init() {
    register_function("validate", |_| accept_request());
    register_function("validate_settings", |_| Ok(br#"{"valid":true}"#.to_vec()));
    register_function("protocol_version", protocol_version_guest);
}
