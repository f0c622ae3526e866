//! A policy that accepts every request unread: the minimal cost of any policy with this SDK
//! and this profile.

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
