//! Errors of hosts.

use std::error::Error;
use std::fmt;

/// An error of a host, which the policy gets as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostError {
    /// The call was refused before anything was looked up.
    Refused(String),
    /// The lookup failed.
    Failed {
        message: String,
        /// The causes, the nearest first.
        causes: Vec<String>,
    },
}

impl HostError {
    /// A failure without a cause.
    #[must_use]
    pub fn failed(message: impl Into<String>) -> Self {
        Self::Failed {
            message: message.into(),
            causes: Vec::new(),
        }
    }

    /// A failure with an error and the sources of that error as causes.
    #[must_use]
    pub fn caused(message: impl Into<String>, cause: &dyn Error) -> Self {
        let mut causes = vec![cause.to_string()];
        let mut source = cause.source();
        while let Some(error) = source {
            causes.push(error.to_string());
            source = error.source();
        }
        Self::Failed {
            message: message.into(),
            causes,
        }
    }
}

impl fmt::Display for HostError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(reason) => formatter.write_str(reason),
            Self::Failed { message, causes } => {
                write!(formatter, "Callback evaluation failure: {message}")?;
                // Each cause is on a line of its own, as anyhow writes it for Kubewarden.
                if !causes.is_empty() {
                    formatter.write_str("\n\nCaused by:")?;
                }
                for (number, cause) in causes.iter().enumerate() {
                    if causes.len() == 1 {
                        write!(formatter, "\n    {cause}")?;
                    } else {
                        write!(formatter, "\n    {number}: {cause}")?;
                    }
                }
                Ok(())
            }
        }
    }
}

impl Error for HostError {}
