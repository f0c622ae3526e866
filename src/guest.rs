//! waPC.
#![allow(unsafe_code, reason = "waPC looks the function up by its unmangled name")]
use kubewarden_policy_sdk::wapc_guest::{register_function, CallResult};

#[unsafe(no_mangle)]
extern "C" fn wapc_init() {
    register_function("validate", validate);
    register_function("validate_settings", validate);
    register_function("protocol_version", kubewarden_policy_sdk::protocol_version_guest);
}
fn validate(_p: &[u8]) -> CallResult { Ok(br#"{"accepted":true}"#.to_vec()) }
