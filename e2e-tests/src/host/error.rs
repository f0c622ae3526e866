//! Why a host gave no answer.

use std::error::Error;
use std::fmt;

/// Why a host gave no answer. Its text is what the policy is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostError {
    /// The call never got to what would answer it.
    Refused(String),
    /// What had to answer it could not.
    Failed {
        /// What went wrong.
        message: String,
        /// Why, the nearest cause first.
        causes: Vec<String>,
    },
}

impl HostError {
    /// A failure without another cause.
    #[must_use]
    pub fn failed(message: impl Into<String>) -> Self {
        Self::Failed {
            message: message.into(),
            causes: Vec::new(),
        }
    }

    /// A failure whose causes are an error and what is behind it.
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
                // On lines of their own, as anyhow writes them for Kubewarden.
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
