#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| mutable_tags_fuzz::payloads(input));
