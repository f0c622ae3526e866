//! Small waPC guests, for what no policy should do and for answers that are known.

/// Answers every operation with the same bytes.
pub fn answering(response: &str) -> String {
    guest(
        &[("0", response)],
        &format!(
            "(call $response (i32.const 0) (i32.const {}))",
            response.len()
        ),
    )
}

/// Rejects every payload that holds the byte `^`, and accepts every other.
///
/// One answer does for both operations: a host reads only the fields it knows.
pub fn rejecting_carets() -> String {
    let accept = r#"{"accepted":true,"valid":true}"#;
    let reject = r#"{"accepted":false,"valid":true,"code":403,"message":"guest: \"^\" is there; it has to go"}"#;
    let body = format!(
        r#"(local $at i32)
           (call $request (i32.const 65000) (i32.const 65536))
           (block $none
             (loop $next
               (br_if $none (i32.ge_u (local.get $at) (local.get 1)))
               (if (i32.eq (i32.load8_u offset=65536 (local.get $at)) (i32.const 94))
                 (then
                   (call $response (i32.const 1024) (i32.const {}))
                   (return (i32.const 1))))
               (local.set $at (i32.add (local.get $at) (i32.const 1)))
               (br $next)))
           (call $response (i32.const 0) (i32.const {}))"#,
        reject.len(),
        accept.len()
    );
    guest(&[("0", accept), ("1024", reject)], &body)
}

/// Never ends.
pub fn endless() -> String {
    guest(&[], "(loop $again (br $again))")
}

/// Traps.
pub fn trapping() -> String {
    guest(&[], "(unreachable)")
}

/// Answers with an error instead of a response.
pub fn failing(error: &str) -> String {
    guest(
        &[("0", error)],
        &format!(
            "(call $error (i32.const 0) (i32.const {})) (return (i32.const 0))",
            error.len()
        ),
    )
}

/// Asks the host for something and answers with the host's error.
pub fn asking_the_host() -> String {
    guest(
        &[
            ("0", "kubewarden"),
            ("16", "oci"),
            ("32", "v1/manifest_digest"),
        ],
        "(if (call $host_call (i32.const 0) (i32.const 10) (i32.const 16) (i32.const 3)
                              (i32.const 32) (i32.const 18) (i32.const 0) (i32.const 0))
           (then (unreachable)))
         (call $host_error (i32.const 1024))
         (call $error (i32.const 1024) (call $host_error_len))
         (return (i32.const 0))",
    )
}

fn guest(data: &[(&str, &str)], body: &str) -> String {
    let data: String = data
        .iter()
        .map(|(at, text)| {
            let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
            format!("(data (i32.const {at}) \"{escaped}\")\n")
        })
        .collect();
    format!(
        r#"(module
             (import "wapc" "__guest_request" (func $request (param i32 i32)))
             (import "wapc" "__guest_response" (func $response (param i32 i32)))
             (import "wapc" "__guest_error" (func $error (param i32 i32)))
             (import "wapc" "__host_call" (func $host_call
               (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
             (import "wapc" "__host_error" (func $host_error (param i32)))
             (import "wapc" "__host_error_len" (func $host_error_len (result i32)))
             (memory (export "memory") 32)
             {data}
             (func (export "__guest_call") (param i32 i32) (result i32)
               {body}
               (i32.const 1)))"#
    )
}
