//! Errors of modules.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a module gave no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum JudgeError {
    /// The file of the module could not be read.
    Read { module: PathBuf, error: io::Error },
    /// The file is not a WebAssembly module.
    Load { module: PathBuf, reason: String },
    /// No instance could be started for a waPC host.
    Start(String),
    /// The module trapped, exceeded a limit, or reported an error instead of a verdict.
    Call(String),
    /// The answer does not have the type that the operation returns.
    Answer {
        operation: &'static str,
        error: serde_json::Error,
    },
}

impl fmt::Display for JudgeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { module, error } if error.kind() == io::ErrorKind::NotFound => write!(
                f,
                "the module {:?} does not exist: build it with `make policy.wasm`, or leave out --module",
                module.display().to_string()
            ),
            Self::Read { module, error } => write!(
                f,
                "cannot read the module {:?}: {error}",
                module.display().to_string()
            ),
            Self::Load { module, reason } => write!(
                f,
                "{:?} is not a WebAssembly module that can run here: {reason}",
                module.display().to_string()
            ),
            Self::Start(reason) => write!(f, "cannot start the module as a policy: {reason}"),
            Self::Call(reason) => write!(f, "the policy gave no answer: {reason}"),
            Self::Answer { operation, error } => write!(
                f,
                "the policy's answer to {operation:?} cannot be read: {error}"
            ),
        }
    }
}

impl Error for JudgeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read { error, .. } => Some(error),
            Self::Answer { error, .. } => Some(error),
            Self::Load { .. } | Self::Start(_) | Self::Call(_) => None,
        }
    }
}
