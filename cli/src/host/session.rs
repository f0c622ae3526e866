//! Recorded sessions, in the format of kwctl's option
//! `--record-host-capabilities-interactions`.

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};
use yaml_serde::Value;

use super::Request;

/// A recorded session: a YAML list of exchanges.
///
/// ```
/// # use mutable_tags_cli::host::{Request, Response, Session};
/// let session = Session::parse("\
/// - type: Exchange
///   request: |
///     !OciManifestDigest
///     image: busybox:1
///   response:
///     type: Success
///     payload: '{\"digest\":\"sha256:0\"}'
/// ")?;
/// assert_eq!(session.exchanges.len(), 1);
/// assert_eq!(
///     session.exchanges[0].request,
///     Request::OciManifestDigest { image: "busybox:1".to_owned() }
/// );
/// # Ok::<(), mutable_tags_cli::host::SessionError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    pub exchanges: Vec<Exchange>,
}

/// A call and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    pub request: Request,
    pub response: Response,
}

/// The answer to a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Response {
    Success {
        /// The answer as JSON.
        payload: String,
    },
    Error {
        message: String,
    },
}

/// The written form of an exchange, whose request is YAML in a string.
#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename = "Exchange")]
struct WrittenExchange {
    request: String,
    response: Response,
}

impl Session {
    pub fn parse(text: &str) -> Result<Self, SessionError> {
        let refuse = |exchange, error: yaml_serde::Error| SessionError {
            exchange,
            reason: error.to_string(),
        };
        let items: Vec<Value> = yaml_serde::from_str(text).map_err(|error| refuse(None, error))?;
        let mut exchanges = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            let number = Some(index + 1);
            let written: WrittenExchange =
                yaml_serde::from_value(item).map_err(|error| refuse(number, error))?;
            let request = yaml_serde::from_str(&written.request).map_err(|error| SessionError {
                exchange: number,
                reason: format!("\"request\" is not a call that can be replayed: {error}"),
            })?;
            exchanges.push(Exchange {
                request,
                response: written.response,
            });
        }
        Ok(Self { exchanges })
    }

    pub fn to_yaml(&self) -> Result<String, SessionError> {
        let mut written = Vec::with_capacity(self.exchanges.len());
        for (index, exchange) in self.exchanges.iter().enumerate() {
            let request =
                yaml_serde::to_string(&exchange.request).map_err(|error| SessionError {
                    exchange: Some(index + 1),
                    reason: error.to_string(),
                })?;
            written.push(WrittenExchange {
                request,
                response: exchange.response.clone(),
            });
        }
        yaml_serde::to_string(&written).map_err(|error| SessionError {
            exchange: None,
            reason: error.to_string(),
        })
    }
}

/// The text is not a recorded session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionError {
    exchange: Option<usize>,
    reason: String,
}

impl fmt::Display for SessionError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.exchange {
            Some(number) => write!(formatter, "exchange {number}: {}", self.reason),
            None => write!(
                formatter,
                "is not a list of exchanges, as kwctl records it: {}",
                self.reason
            ),
        }
    }
}

impl Error for SessionError {}
