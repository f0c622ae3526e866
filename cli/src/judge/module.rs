//! A compiled policy in the embedded interpreter.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use wapc::WapcHost;
use wapc::errors::Error;

use super::JudgeError;
use super::engine::{Compiled, Provider};
use crate::host::{self, Host};

/// The bytes with which every WebAssembly module begins.
const MAGIC: &[u8] = b"\0asm";

/// A compiled policy, and the host that answers it.
#[derive(Clone)]
pub(super) struct Module {
    compiled: Arc<Compiled>,
    host: Arc<dyn Host>,
}

impl Module {
    pub(super) fn load(path: &Path, host: Arc<dyn Host>) -> Result<Self, JudgeError> {
        let bytes = fs::read(path).map_err(|error| JudgeError::Read {
            module: path.to_owned(),
            error,
        })?;
        let refuse = |reason: &str| JudgeError::Load {
            module: path.to_owned(),
            // The interpreter uses several lines for some.
            reason: reason.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        if !bytes.starts_with(MAGIC) {
            return Err(refuse("it does not begin with the bytes \\0asm"));
        }
        let compiled = Compiled::new(&bytes).map_err(|error| refuse(&error.to_string()))?;
        Ok(Self::new(compiled, host))
    }

    fn new(compiled: Compiled, host: Arc<dyn Host>) -> Self {
        Self {
            compiled: Arc::new(compiled),
            host,
        }
    }

    pub(super) fn with_host(self, host: Arc<dyn Host>) -> Self {
        Self { host, ..self }
    }

    /// Calls an operation of a fresh instance.
    pub(super) fn call(&self, operation: &str, payload: &[u8]) -> Result<Vec<u8>, JudgeError> {
        let host = Arc::clone(&self.host);
        let answer =
            move |_instance: u64, binding: &str, namespace: &str, call: &str, asked: &[u8]| {
                host::call(&host, binding, namespace, call, asked)
                    .map_err(|error| error.to_string().into())
            };
        let provider = Box::new(Provider::new(Arc::clone(&self.compiled)));
        let instance = WapcHost::new(provider, Some(Box::new(answer))).map_err(failure)?;
        instance.call(operation, payload).map_err(failure)
    }
}

fn failure(error: Error) -> JudgeError {
    match error {
        Error::InitFailed(reason) => JudgeError::Start(reason),
        Error::GuestCallFailure(reason) => JudgeError::Call(reason),
        other => JudgeError::Call(other.to_string()),
    }
}

#[cfg(test)]
#[path = "module_tests.rs"]
mod tests;
