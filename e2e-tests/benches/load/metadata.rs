//! Adds the metadata without which policy-server accepts no module. Instead of what `kwctl
//! annotate` would write, both modules get the same, so that they differ in nothing else.

use serde_json::json;

/// The custom section in which policy-server looks for the metadata.
const SECTION: &str = "io.kubewarden.metadata";

/// The module with its metadata, in a custom section at the end.
pub(crate) fn annotated(module: &[u8]) -> Vec<u8> {
    let metadata = json!({
        "protocolVersion": "v1",
        "rules": [{
            "apiGroups": ["*"],
            "apiVersions": ["*"],
            "resources": ["*"],
            "operations": ["CREATE", "UPDATE"],
        }],
        "mutating": false,
        "contextAwareResources": [],
        "executionMode": "kubewarden-wapc",
    })
    .to_string();
    let mut section = Vec::new();
    push_length(&mut section, SECTION.len());
    section.extend_from_slice(SECTION.as_bytes());
    section.extend_from_slice(metadata.as_bytes());
    let mut annotated = module.to_vec();
    annotated.push(0);
    push_length(&mut annotated, section.len());
    annotated.extend_from_slice(&section);
    annotated
}

/// Appends a number in LEB128: seven bits a byte, the lowest first.
fn push_length(bytes: &mut Vec<u8>, mut length: usize) {
    while length > 0x7f {
        bytes.push(0x80 | (length & 0x7f) as u8);
        length >>= 7;
    }
    bytes.push(length as u8);
}
