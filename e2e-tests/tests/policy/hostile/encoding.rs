//! Payloads that are not UTF-8.

use serde_json::json;

use super::{NO_JSON, payload};
use crate::answer_to;

/// Invalid sequences: bytes that begin none, truncated and overlong ones, half a surrogate
/// pair, and one beyond the last character.
const INVALID: [&[u8]; 10] = [
    b"\xff",
    b"\x80",
    b"\xc3",
    b"\xe2\x82",
    b"\xf0\x9f\x98",
    b"\xc0\x80",
    b"\xe0\x80\x80",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\xfe\xff",
];

#[test]
fn refuses_an_invalid_byte_anywhere() {
    for mode in ["strict", "lenient"] {
        let payload = payload(&json!({"mode": mode})).to_string().into_bytes();
        for at in 0..payload.len() {
            let mut broken = payload.clone();
            broken[at] = 0xff;
            let case = format!("0xff at {at} in {mode}");
            assert_eq!(answer_to(&case, &broken), *NO_JSON, "{case}");
        }
    }
}

#[test]
fn refuses_an_invalid_sequence_anywhere() {
    let text = payload(&json!({})).to_string();
    for sequence in INVALID {
        for at in (0..=text.len())
            .filter(|at| text.is_char_boundary(*at))
            .step_by(7)
        {
            let mut broken = text.clone().into_bytes();
            broken.splice(at..at, sequence.iter().copied());
            let case = format!("{sequence:x?} at {at}");
            assert_eq!(answer_to(&case, &broken), *NO_JSON, "{case}");
        }
    }
}

#[test]
fn refuses_an_invalid_sequence_alone() {
    for sequence in INVALID {
        assert_eq!(answer_to("alone", sequence), *NO_JSON, "{sequence:x?}");
    }
}
