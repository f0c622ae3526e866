//! Checks the module itself: its imports, its exports and its size.

use std::collections::BTreeSet;
use std::fs;

use e2e_tests::built_module;
use wasmtime_provider::wasmtime::{Engine, ExternType, Module};

use crate::ENGINE;

/// The size limit of the module, in bytes. (Budgets limit instructions.)
const LARGEST: usize = 448 * 1024;
/// The size of the stack that the build sets, in bytes.
const STACK: i64 = 256 * 1024;
/// Section 6 of a module holds its globals.
const GLOBALS: u8 = 6;

fn bytes() -> Vec<u8> {
    fs::read(built_module()).unwrap()
}

fn module() -> Module {
    Module::new(&Engine::default(), bytes()).unwrap()
}

#[test]
fn the_module_imports_nothing_but_wapc() {
    let module = module();
    for import in module.imports() {
        assert_eq!(import.module(), "wapc", "{}", import.name());
        assert!(
            matches!(import.ty(), ExternType::Func(_)),
            "{}",
            import.name()
        );
    }
    let imports: BTreeSet<&str> = module.imports().map(|import| import.name()).collect();
    let known = BTreeSet::from([
        "__guest_request",
        "__guest_response",
        "__guest_error",
        "__console_log",
        "__host_call",
        "__host_response",
        "__host_response_len",
        "__host_error",
        "__host_error_len",
    ]);
    assert!(imports.is_subset(&known), "{imports:?}");
    assert!(imports.contains("__guest_response"), "{imports:?}");
}

#[test]
fn the_module_exports_only_what_a_wapc_host_needs() {
    let module = module();
    let exports: BTreeSet<&str> = module.exports().map(|export| export.name()).collect();
    for needed in ["__guest_call", "wapc_init", "memory"] {
        assert!(exports.contains(needed), "{exports:?}");
    }
    let known = [
        "__guest_call",
        "wapc_init",
        "memory",
        "__data_end",
        "__heap_base",
    ];
    for export in exports {
        assert!(known.contains(&export), "{export}");
    }
}

#[test]
fn the_module_is_no_larger_than_its_limit() {
    let size = bytes().len();
    assert!(size <= LARGEST, "{size} bytes");
}

#[test]
fn the_module_keeps_no_names_of_its_functions() {
    let bytes = bytes();
    for section in sections(&bytes) {
        // Custom sections begin with their name.
        let is_names = section.0 == 0 && section.1.get(1..5) == Some(b"name");
        assert!(!is_names, "the section \"name\" is there");
    }
}

#[test]
fn the_stack_has_256_kilobytes() {
    let bytes = bytes();
    let (_, globals) = *sections(&bytes)
        .iter()
        .find(|(id, _)| *id == GLOBALS)
        .unwrap();
    let mut reader = Reader(globals);
    assert!(reader.number() > 0);
    // The linker writes the stack's pointer first: a mutable i32 that begins at a
    // constant. The stack grows down to address 0.
    assert_eq!(reader.bytes(3), [0x7f, 0x01, 0x41]);
    assert_eq!(reader.number(), STACK);
}

#[test]
fn protocol_version_is_v1() {
    assert_eq!(ENGINE.call("protocol_version", b"").unwrap(), br#""v1""#);
}

#[test]
fn an_unknown_call_is_an_error_that_names_it() {
    for call in ["mutate", "", "validate ", "Validate"] {
        let error = ENGINE
            .call(call, b"{\"a\":\"s3cret\"}")
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("the policy reported an error: "),
            "{call:?}: {error}"
        );
        assert!(error.contains(call), "{call:?}: {error}");
        assert!(!error.contains("s3cret"), "{call:?}: {error}");
    }
}

/// The sections of a module: the id and the content of each.
fn sections(module: &[u8]) -> Vec<(u8, &[u8])> {
    let mut reader = Reader(module);
    assert_eq!(reader.bytes(8), b"\0asm\x01\0\0\0");
    let mut sections = Vec::new();
    while !reader.0.is_empty() {
        let id = reader.bytes(1)[0];
        let size = usize::try_from(reader.unsigned()).unwrap();
        sections.push((id, reader.bytes(size)));
    }
    sections
}

/// Reads WebAssembly's binary format.
struct Reader<'m>(&'m [u8]);

impl<'m> Reader<'m> {
    fn bytes(&mut self, count: usize) -> &'m [u8] {
        let (read, rest) = self.0.split_at(count);
        self.0 = rest;
        read
    }

    /// A number in LEB128, without a sign.
    fn unsigned(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..).step_by(7) {
            let byte = self.bytes(1)[0];
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        number
    }

    /// A number in LEB128 that is not negative: the topmost bit is a sign.
    fn number(&mut self) -> i64 {
        i64::try_from(self.unsigned()).unwrap()
    }
}
