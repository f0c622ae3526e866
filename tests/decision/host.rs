//! A host that answers only the calls that a case lists.

use std::cell::{Cell, RefCell};

use mutable_tags_policy::policy::{Capability, Host};
use serde_json::Value;

/// The expected calls of a case, each with its answer.
pub(crate) struct CaseHost {
    exchanges: Vec<Exchange>,
    next: Cell<usize>,
    mismatches: RefCell<Vec<String>>,
}

struct Exchange {
    capability: String,
    request: String,
    answer: Result<String, String>,
}

impl CaseHost {
    /// A host that expects no call.
    pub(crate) fn silent() -> Self {
        Self::new(&Value::Null)
    }

    /// Reads a list of `ask`, `request`, and `answer` or `error`.
    pub(crate) fn new(exchanges: &Value) -> Self {
        let text = |exchange: &Value, field: &str| {
            let value = exchange.get(field)?;
            Some(match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            })
        };
        let read = |exchange: &Value| Exchange {
            capability: text(exchange, "ask").unwrap(),
            request: text(exchange, "request").unwrap(),
            answer: match (text(exchange, "answer"), text(exchange, "error")) {
                (Some(answer), None) => Ok(answer),
                (None, Some(error)) => Err(error),
                _ => panic!("an exchange has an answer or an error"),
            },
        };
        let list = exchanges.as_array().map_or(&[][..], Vec::as_slice);
        Self {
            exchanges: list.iter().map(read).collect(),
            next: Cell::new(0),
            mismatches: RefCell::default(),
        }
    }

    /// The unexpected calls, and the expected ones that were not made.
    pub(crate) fn mismatches(self) -> Vec<String> {
        let missed = self.exchanges.iter().skip(self.next.get());
        let missed = missed.map(|exchange| {
            let Exchange {
                capability,
                request,
                ..
            } = exchange;
            format!("{capability} was not asked for {request}")
        });
        let mut mismatches = self.mismatches.into_inner();
        mismatches.extend(missed);
        mismatches
    }
}

impl Host for CaseHost {
    fn ask(&self, capability: Capability, request: &str) -> Result<Vec<u8>, String> {
        let (namespace, operation) = capability.call();
        let capability = format!("{namespace}/{operation}");
        let position = self.next.replace(self.next.get() + 1);
        match self.exchanges.get(position) {
            Some(exchange) if exchange.capability == capability && exchange.request == request => {
                exchange.answer.clone().map(String::into_bytes)
            }
            _ => {
                let mismatch = format!("{capability} was asked for {request}");
                self.mismatches.borrow_mut().push(mismatch);
                Err("an unexpected question".to_owned())
            }
        }
    }
}
