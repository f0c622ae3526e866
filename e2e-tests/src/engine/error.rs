//! Why a module gave no answer.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// Why a module gave no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum EngineError {
    /// The file of the module could not be read.
    Read { module: PathBuf, error: io::Error },
    /// The bytes are not a module for a waPC host.
    Compile(String),
    /// No instance could be started.
    Start(String),
    /// The instance exceeded this time limit.
    Deadline(Duration),
    /// The instance trapped.
    Trap(String),
    /// The policy reported an error instead of a verdict.
    Guest(String),
    /// The answer does not have the type that the operation returns.
    Answer {
        operation: &'static str,
        error: serde_json::Error,
    },
}

impl EngineError {
    pub(crate) fn compilation(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        // wasmtime's outermost message is often just "failed to compile".
        let error = error.into();
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            text = format!("{text}: {cause}");
            source = cause.source();
        }
        Self::Compile(text)
    }

    /// Joins the lines of wasmtime's message, of which each is a stack frame.
    pub(crate) fn trap(text: &str) -> Self {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        Self::Trap(lines.join(" "))
    }
}

impl fmt::Display for EngineError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { module, error } if error.kind() == io::ErrorKind::NotFound => write!(
                formatter,
                "the module {:?} does not exist: run `make policy.wasm`, or name another in POLICY_WASM",
                module.display().to_string()
            ),
            Self::Read { module, error } => write!(
                formatter,
                "cannot read the module {:?}: {error}",
                module.display().to_string()
            ),
            Self::Compile(text) => write!(formatter, "not a policy module: {text}"),
            Self::Start(text) => write!(formatter, "cannot start the module: {text}"),
            Self::Deadline(deadline) => write!(
                formatter,
                "the policy was interrupted: it gave no answer within {deadline:?}"
            ),
            Self::Trap(text) => write!(formatter, "the policy trapped: {text}"),
            Self::Guest(text) => write!(formatter, "the policy reported an error: {text}"),
            Self::Answer { operation, error } => write!(
                formatter,
                "the policy's answer to {operation:?} cannot be read: {error}"
            ),
        }
    }
}

impl Error for EngineError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read { error, .. } => Some(error),
            Self::Answer { error, .. } => Some(error),
            _ => None,
        }
    }
}
