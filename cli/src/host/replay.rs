//! A host that replays a recorded session.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use super::session::{Exchange, Response, Session};
use super::{Host, HostError, Request};

/// Answers from a session, strictly in order.
#[derive(Debug)]
pub struct Replay {
    exchanges: Mutex<VecDeque<Exchange>>,
    /// The calls that came when no exchange was left.
    unanswered: Mutex<Vec<Request>>,
}

impl Replay {
    #[must_use]
    pub fn new(session: Session) -> Self {
        Self {
            exchanges: Mutex::new(session.exchanges.into()),
            unanswered: Mutex::default(),
        }
    }

    /// The calls that came when no exchange was left.
    #[must_use]
    pub fn unanswered(&self) -> Vec<Request> {
        let unanswered = self.unanswered.lock();
        unanswered.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The requests of the exchanges that were not replayed yet.
    #[must_use]
    pub fn leftovers(&self) -> Vec<Request> {
        let exchanges = self.exchanges.lock();
        let exchanges = exchanges.unwrap_or_else(PoisonError::into_inner);
        exchanges
            .iter()
            .map(|exchange| exchange.request.clone())
            .collect()
    }
}

impl Host for Replay {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError> {
        let exchanges = self.exchanges.lock();
        let next = exchanges
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front();
        let Some(expected) = next else {
            let unanswered = self.unanswered.lock();
            unanswered
                .unwrap_or_else(PoisonError::into_inner)
                .push(request.clone());
            return Err(HostError::failed("the list of recorded responses is empty"));
        };
        if expected.request != *request {
            return Err(HostError::failed(format!(
                "Replay error: unexpected request. Was expecting {:?}, got {request:?} instead",
                expected.request
            )));
        }
        match expected.response {
            Response::Success { payload } => Ok(payload.into_bytes()),
            Response::Error { message } => Err(HostError::failed(message)),
        }
    }
}
