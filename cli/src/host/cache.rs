//! A host that asks for an image once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::{Host, HostError, Request};

/// Remembers the answers of registries, including refusals. Other calls are passed on.
///
/// An image is judged by one answer wherever it stands, and a registry is not asked for each object
/// of a folder.
#[derive(Debug)]
pub struct Cache<H> {
    host: H,
    answers: Mutex<HashMap<Request, Answer>>,
}

type Answer = Result<Vec<u8>, HostError>;

impl<H: Host> Cache<H> {
    #[must_use]
    pub fn new(host: H) -> Self {
        Self {
            host,
            answers: Mutex::default(),
        }
    }

    /// The host that is asked.
    #[must_use]
    pub fn host(&self) -> &H {
        &self.host
    }
}

impl<H: Host> Host for Cache<H> {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError> {
        let ask = || self.host.answer(request);
        if !request.is_for_registry() {
            return ask();
        }
        // A lookup that panicked has added nothing.
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.entry(request.clone()).or_insert_with(ask).clone()
    }
}
