//! Runs a policy module as policy-server does: compiled once, and every request
//! answered by a fresh instance that has two seconds.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use wapc::WapcHost;
use wasmtime_provider::wasmtime;
use wasmtime_provider::{EpochDeadlines, WasmtimeEngineProviderBuilder, WasmtimeEngineProviderPre};

use crate::response::{SettingsResponse, ValidationResponse};

/// The time policy-server grants a request by default.
const DEADLINE: Duration = Duration::from_secs(2);

/// How often the engine looks whether an instance has used its time up.
const TICK: Duration = Duration::from_millis(10);

/// How wasmtime begins its account of a trap. waPC passes on only text, so this
/// is all that tells a trap from an error that the guest reports itself.
const TRAP_PREFIX: &str = "error while executing at wasm backtrace";

/// How wasmtime-provider ends its account of an instance that ran out of time.
const DEADLINE_SUFFIX: &str = "interrupted, execution deadline exceeded";

/// The module that `make policy.wasm` builds, or the one that `POLICY_WASM` names.
#[must_use]
pub fn built_module() -> PathBuf {
    std::env::var_os("POLICY_WASM").map_or_else(
        || {
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("..")
                .join("policy.wasm")
        },
        PathBuf::from,
    )
}

/// A compiled policy.
///
/// It can be shared between threads: no request sees what another one left.
pub struct Engine {
    module: WasmtimeEngineProviderPre,
    deadline: Duration,
    _ticker: Ticker,
}

impl Engine {
    /// Reads and compiles a module.
    pub fn load(module: &Path) -> Result<Self, EngineError> {
        let bytes = read_module(module)?;
        Self::compile(&bytes)
    }

    /// Compiles a module that is given as WebAssembly or as its text form.
    pub fn compile(module: &[u8]) -> Result<Self, EngineError> {
        let mut config = wasmtime::Config::new();
        config.epoch_interruption(true);
        let engine = wasmtime::Engine::new(&config).map_err(EngineError::compilation)?;
        let module = WasmtimeEngineProviderBuilder::new()
            .engine(engine.clone())
            .module_bytes(module)
            .build_pre()
            .map_err(EngineError::compilation)?;
        let ticker = Ticker::start(engine).map_err(EngineError::compilation)?;
        Ok(Self {
            module,
            deadline: DEADLINE,
            _ticker: ticker,
        })
    }

    /// Grants each request another time than policy-server's two seconds.
    #[must_use]
    pub fn with_deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    /// Sends bytes to an operation of a fresh instance and returns its answer.
    pub fn call(&self, operation: &str, payload: &[u8]) -> Result<Vec<u8>, EngineError> {
        let ticks = ticks(self.deadline);
        let provider = self
            .module
            .rehydrate(Some(EpochDeadlines {
                wapc_init: ticks,
                wapc_func: ticks,
            }))
            .map_err(|error| EngineError::Start(error.to_string()))?;
        let host = WapcHost::new(Box::new(provider), Some(Box::new(refuse_host_call)))
            .map_err(|error| self.classify(error))?;
        host.call(operation, payload)
            .map_err(|error| self.classify(error))
    }

    /// Asks for a verdict on an admission request.
    pub fn validate(
        &self,
        request: &Value,
        settings: &Value,
    ) -> Result<ValidationResponse, EngineError> {
        self.validate_payload(&validate_payload(request, settings))
    }

    /// Asks for a verdict on a payload of any form, well-formed or not.
    pub fn validate_payload(&self, payload: &[u8]) -> Result<ValidationResponse, EngineError> {
        parse("validate", &self.call("validate", payload)?)
    }

    /// Asks whether the policy can work with these settings.
    pub fn validate_settings(&self, settings: &Value) -> Result<SettingsResponse, EngineError> {
        let answer = self.call("validate_settings", settings.to_string().as_bytes())?;
        parse("validate_settings", &answer)
    }

    fn classify(&self, error: wapc::errors::Error) -> EngineError {
        match error {
            wapc::errors::Error::GuestCallFailure(text) | wapc::errors::Error::InitFailed(text)
                if text.ends_with(DEADLINE_SUFFIX) =>
            {
                EngineError::Deadline(self.deadline)
            }
            wapc::errors::Error::GuestCallFailure(text) if text.starts_with(TRAP_PREFIX) => {
                EngineError::trap(&text)
            }
            wapc::errors::Error::GuestCallFailure(text) => EngineError::Guest(text),
            other => EngineError::Start(other.to_string()),
        }
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Engine")
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}

/// The payload of `validate` as policy-server writes it: compact, keys sorted.
#[must_use]
pub fn validate_payload(request: &Value, settings: &Value) -> Vec<u8> {
    json!({"request": request, "settings": settings})
        .to_string()
        .into_bytes()
}

pub(crate) fn read_module(module: &Path) -> Result<Vec<u8>, EngineError> {
    std::fs::read(module).map_err(|error| EngineError::Read {
        module: module.to_path_buf(),
        error,
    })
}

fn parse<T: DeserializeOwned>(operation: &'static str, answer: &[u8]) -> Result<T, EngineError> {
    serde_json::from_slice(answer).map_err(|error| EngineError::Answer { operation, error })
}

fn refuse_host_call(
    _instance: u64,
    binding: &str,
    namespace: &str,
    operation: &str,
    _payload: &[u8],
) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
    Err(format!(
        "no host capabilities in an offline evaluation: {binding:?} {namespace:?} {operation:?} was refused"
    )
    .into())
}

fn ticks(deadline: Duration) -> u64 {
    u64::try_from(deadline.as_millis() / TICK.as_millis()).unwrap_or(u64::MAX)
}

/// The thread that moves an engine's epoch on, for as long as this value lives.
struct Ticker {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Ticker {
    fn start(engine: wasmtime::Engine) -> io::Result<Self> {
        let (stop, stopped) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("epoch-ticker".to_owned())
            .spawn(move || {
                while stopped.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                    engine.increment_epoch();
                }
            })?;
        Ok(Self {
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A ticker that panicked has nothing left to stop.
            let _ = thread.join();
        }
    }
}

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
