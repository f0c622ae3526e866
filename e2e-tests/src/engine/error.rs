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
    /// The module's file could not be read.
    Read {
        /// The file.
        module: PathBuf,
        /// The reason.
        error: io::Error,
    },
    /// The bytes are no module for a waPC host.
    Compile(String),
    /// No instance could be started.
    Start(String),
    /// The instance was interrupted.
    Deadline(Duration),
    /// The instance trapped.
    Trap(String),
    /// The policy reported an error instead of a verdict.
    Guest(String),
    /// The answer is not what the operation must return.
    Answer {
        /// The operation that was called.
        operation: &'static str,
        /// What is wrong with its answer.
        error: serde_json::Error,
    },
}

impl EngineError {
    pub(crate) fn compilation(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        // The outermost message of wasmtime alone is often "failed to compile".
        let error = error.into();
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            text = format!("{text}: {cause}");
            source = cause.source();
        }
        Self::Compile(text)
    }

    /// Puts wasmtime's account of a trap, a frame a line, on one line.
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
                "the module {:?} does not exist: run `make policy.wasm`, or name another with --module",
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
