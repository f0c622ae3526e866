//! A host that records the answers of another one.

use std::sync::{Mutex, PoisonError};

use super::session::{Exchange, Response, Session};
use super::{Host, HostError, Request};

/// Passes on every call, and records it with its answer.
#[derive(Debug)]
pub struct Recording<H> {
    host: H,
    exchanges: Mutex<Vec<Exchange>>,
}

impl<H: Host> Recording<H> {
    #[must_use]
    pub fn new(host: H) -> Self {
        Self {
            host,
            exchanges: Mutex::new(Vec::new()),
        }
    }

    /// The host that is recorded.
    #[must_use]
    pub fn host(&self) -> &H {
        &self.host
    }

    /// The exchanges so far, without refused calls: kwctl refuses those before it looks into a
    /// session.
    #[must_use]
    pub fn session(&self) -> Session {
        let exchanges = self.exchanges.lock();
        Session {
            exchanges: exchanges.unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }
}

impl<H: Host> Host for Recording<H> {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError> {
        let answer = self.host.answer(request);
        let response = match &answer {
            Ok(payload) => match String::from_utf8(payload.clone()) {
                Ok(payload) => Response::Success { payload },
                Err(_) => {
                    return Err(HostError::failed(
                        "an answer that is not UTF-8 cannot be recorded",
                    ));
                }
            },
            Err(HostError::Failed { message, .. }) => Response::Error {
                message: message.clone(),
            },
            Err(HostError::Refused(_)) => return answer,
        };
        let exchanges = self.exchanges.lock();
        exchanges
            .unwrap_or_else(PoisonError::into_inner)
            .push(Exchange {
                request: request.clone(),
                response,
            });
        answer
    }
}
