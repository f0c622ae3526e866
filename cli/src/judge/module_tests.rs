#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::host::Refusal;

/// A module with these functions of its own, and a memory of 2 pages.
fn module(code: &str) -> Module {
    let text = format!(
        r#"(module
             (import "wapc" "__guest_request" (func $request (param i32 i32)))
             (import "wapc" "__guest_response" (func $response (param i32 i32)))
             (import "wapc" "__guest_error" (func $error (param i32 i32)))
             (import "wapc" "__host_error" (func $host_error (param i32)))
             (import "wapc" "__host_error_len" (func $host_error_len (result i32)))
             (import "wapc" "__host_response" (func $host_response (param i32)))
             (import "wapc" "__host_response_len" (func $host_response_len (result i32)))
             (import "wapc" "__console_log" (func $log (param i32 i32)))
             (import "wapc" "__host_call" (func $host_call
               (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
             (memory (export "memory") 2)
             {code})"#
    );
    let compiled = Compiled::new(&wat::parse_str(text).unwrap()).unwrap();
    Module::new(compiled.with_fuel(50_000_000), Arc::new(Refusal::Offline))
}

/// A module that runs this code when it is called.
fn calling(code: &str) -> Module {
    module(&format!(
        r#"(func (export "__guest_call") (param i32 i32) (result i32) {code} (i32.const 1))"#
    ))
}

fn failure_of(module: &Module) -> String {
    module.call("validate", b"payload").unwrap_err().to_string()
}

#[test]
fn a_module_gets_the_operation_and_the_payload() {
    let echo = calling(
        "(call $request (i32.const 0) (local.get 0))
         (call $log (i32.const 0) (local.get 0))
         (call $response (i32.const 0) (i32.add (local.get 0) (local.get 1)))",
    );
    for payload in ["payload", ""] {
        let answer = echo.call("validate", payload.as_bytes()).unwrap();
        assert_eq!(answer, format!("validate{payload}").as_bytes());
    }
}

#[test]
fn every_call_gets_a_fresh_instance() {
    let counting = calling(
        "(i32.store8 (i32.const 0) (i32.add (i32.load8_u (i32.const 0)) (i32.const 1)))
         (call $response (i32.const 0) (i32.const 1))",
    );
    for _ in 0..2 {
        assert_eq!(counting.call("any", b"").unwrap(), [1]);
    }
}

#[test]
fn start_functions_run_in_the_order_of_wapc() {
    let started = module(
        r#"(func (export "wapc_init")
             (i32.store8 (i32.const 0) (i32.mul (i32.load8_u (i32.const 0)) (i32.const 2))))
           (func (export "_start") (i32.store8 (i32.const 0) (i32.const 21)))
           (func (export "__guest_call") (param i32 i32) (result i32)
             (call $response (i32.const 0) (i32.const 1))
             (i32.const 1))"#,
    );
    assert_eq!(started.call("any", b"").unwrap(), [42]);
}

#[test]
fn a_module_that_never_ends_is_stopped() {
    let stopped = "the policy gave no answer: it was stopped because it ran for longer than about ten seconds";
    let endless = [
        "(loop $again (br $again))",
        "(loop $again (call $log (i32.const 0) (i32.const 0)) (br $again))",
        "(loop $again (call $log (i32.const 0) (i32.const 131072)) (br $again))",
    ];
    for code in endless {
        assert_eq!(failure_of(&calling(code)), stopped, "{code}");
    }
}

#[test]
fn a_module_that_takes_too_much_memory_is_stopped() {
    let growing = calling("(loop $again (drop (memory.grow (i32.const 1024))) (br $again))");
    assert_eq!(
        failure_of(&growing),
        "the policy gave no answer: it was stopped because it asked for more than 512 MiB of memory"
    );
}

#[test]
fn a_module_that_calls_too_deeply_is_stopped() {
    let recursive = module(
        r#"(func $deeper (export "__guest_call") (param i32 i32) (result i32)
             (i32.add (call $deeper (local.get 1) (local.get 0)) (i32.const 1)))"#,
    );
    assert_eq!(
        failure_of(&recursive),
        "the policy gave no answer: it was stopped because its calls are nested too deeply"
    );
}

#[test]
fn says_why_a_call_failed() {
    let cases = [
        (
            "(unreachable)",
            "it trapped: wasm `unreachable` instruction executed",
        ),
        (
            "(call $response (i32.const 131072) (i32.const 1))",
            "it trapped: out of bounds memory access",
        ),
        (
            "(call $response (i32.const -1) (i32.const -1))",
            "it trapped: out of bounds memory access",
        ),
        (
            "(call $request (i32.const 131072) (i32.const 0))",
            "it trapped: out of bounds memory access",
        ),
        (
            "(i32.store8 (i32.const 0) (i32.const 255)) (call $error (i32.const 0) (i32.const 1))",
            "it passed text that is not UTF-8: invalid utf-8 sequence of 1 bytes from index 0",
        ),
        (
            "(i32.store8 (i32.const 0) (i32.const 33)) (call $error (i32.const 0) (i32.const 1)) (return (i32.const 0))",
            "!",
        ),
        (
            "(call $host_error (i32.const 0)) (call $host_response (i32.const 0)) (call $error (i32.const 0) (i32.add (call $host_error_len) (call $host_response_len)))",
            "",
        ),
        (
            "(drop (call $host_call (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
             (call $host_error (i32.const 0))
             (call $error (i32.const 0) (call $host_error_len))",
            "unknown binding: ",
        ),
    ];
    for (code, reason) in cases {
        let expected = format!("the policy gave no answer: {reason}");
        assert_eq!(failure_of(&calling(code)), expected, "{code}");
    }
}

#[test]
fn says_why_a_module_cannot_start() {
    let cases = [
        (
            r#"(func (export "wapc_init") (unreachable))"#,
            "it trapped: ",
        ),
        (
            "",
            "it does not export the function __guest_call, as every Kubewarden policy does",
        ),
        ("(memory 1)", ""),
    ];
    for (code, reason) in cases {
        let compiled = wat::parse_str(format!("(module {code})")).unwrap();
        let module = Module::new(
            Compiled::new(&compiled).unwrap(),
            Arc::new(Refusal::Offline),
        );
        let failure = failure_of(&module);
        let rest = failure.strip_prefix("cannot start the module as a policy: ");
        assert!(rest.unwrap().contains(reason), "{failure}");
    }
}
