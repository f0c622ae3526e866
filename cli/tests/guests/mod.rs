//! Small waPC guests, with known answers, or with behaviour that no policy should have.

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
/// The answer is the same for both operations, since a host reads only the fields it knows.
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
            ("64", r#""a""#),
        ],
        "(if (call $host_call (i32.const 0) (i32.const 10) (i32.const 16) (i32.const 3)
                              (i32.const 32) (i32.const 18) (i32.const 64) (i32.const 3))
           (then (unreachable)))
         (call $host_error (i32.const 1024))
         (call $error (i32.const 1024) (call $host_error_len))
         (return (i32.const 0))",
    )
}

/// A call of the host: its namespace, its operation and its payload.
pub type Call<'a> = (&'a str, &'a str, &'a str);

/// Calls the host for each request and accepts with its last answer as the changed
/// object, or ends with the first error that the host reports.
pub fn calling(calls: &[Call<'_>]) -> String {
    const BINDING: &str = "kubewarden";
    const ANSWER: usize = 0x1_0000;
    let accept = r#"{"accepted":true,"mutated_object":"#;
    let valid = r#"{"valid":true}"#;
    let mut data = vec![(0, valid), (64, BINDING), (ANSWER, accept)];
    let mut free = 1024;
    let mut body = format!(
        r#"(if (i32.ne (local.get 0) (i32.const 8))
             (then (call $response (i32.const 0) (i32.const {})) (return (i32.const 1))))"#,
        valid.len()
    );
    for (namespace, operation, payload) in calls {
        let mut arguments = format!("(i32.const 64) (i32.const {})", BINDING.len());
        for text in [namespace, operation, payload] {
            data.push((free, text));
            arguments += &format!(" (i32.const {free}) (i32.const {})", text.len());
            free += text.len();
        }
        body += &format!(
            r#"(if (i32.eqz (call $host_call {arguments}))
                 (then
                   (call $host_error (i32.const {ANSWER}))
                   (call $error (i32.const {ANSWER}) (call $host_error_len))
                   (return (i32.const 0))))"#
        );
    }
    assert!(free < ANSWER, "the calls are too long");
    let begin = ANSWER + accept.len();
    body += &format!(
        r#"(call $host_response (i32.const {begin}))
           (i32.store8 (i32.add (i32.const {begin}) (call $host_response_len)) (i32.const 125))
           (call $response (i32.const {ANSWER})
             (i32.add (i32.const {}) (call $host_response_len)))"#,
        accept.len() + 1
    );
    let data: Vec<(String, &str)> = data
        .into_iter()
        .map(|(at, text)| (at.to_string(), text))
        .collect();
    let data: Vec<(&str, &str)> = data.iter().map(|(at, text)| (at.as_str(), *text)).collect();
    guest(&data, &body)
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
             (import "wapc" "__host_response" (func $host_response (param i32)))
             (import "wapc" "__host_response_len" (func $host_response_len (result i32)))
             (memory (export "memory") 32)
             {data}
             (func (export "__guest_call") (param i32 i32) (result i32)
               {body}
               (i32.const 1)))"#
    )
}
