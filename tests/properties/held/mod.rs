//! What holds of every input: properties, and inputs that are made of bytes. The tests
//! beside this folder try them with bytes of their own, the targets in `fuzz/` with
//! those that a fuzzer comes up with.
//!
//! A property is a function that says what is wrong, if anything is. It is held of a
//! [`Subject`], so that a test can see it fail with one that has a fault.

pub(crate) mod adjusted;
pub(crate) mod answer;
pub(crate) mod corpus;
pub(crate) mod draw;
mod edit;
pub(crate) mod hosts;
pub(crate) mod payload;
pub(crate) mod planted;
pub(crate) mod reference;
pub(crate) mod settings;
pub(crate) mod subject;
pub(crate) mod typed;

#[path = "../../decision/case.rs"]
pub(crate) mod case;
#[path = "../../../e2e-tests/tests/policy/key_order/order.rs"]
pub(crate) mod order;
#[path = "../../parity/seen.rs"]
mod seen;

pub(crate) use subject::Subject;

/// Nothing, or what is wrong.
pub(crate) type Held = Result<(), String>;

/// Fails unless something holds.
pub(crate) fn hold(holds: bool, what: impl FnOnce() -> String) -> Held {
    if holds { Ok(()) } else { Err(what()) }
}
