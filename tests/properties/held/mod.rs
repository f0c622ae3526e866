//! Properties that hold for every input, and inputs that are derived from bytes. The tests
//! beside this folder use pseudorandom bytes, the targets in `fuzz/` those of a fuzzer.
//!
//! A property is a function of a [`Subject`], so that a test can also see it fail for a
//! faulty one.

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
#[path = "../../parity/images.rs"]
mod images;
#[path = "../../../e2e-tests/tests/policy/key_order/order.rs"]
pub(crate) mod order;

pub(crate) use subject::Subject;

/// The result of a property; the error says what is wrong.
pub(crate) type Held = Result<(), String>;

/// Fails unless `holds`.
pub(crate) fn hold(holds: bool, what: impl FnOnce() -> String) -> Held {
    if holds { Ok(()) } else { Err(what()) }
}
