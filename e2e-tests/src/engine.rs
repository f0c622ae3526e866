//! Runs a policy module as policy-server does: the module is compiled once, and a fresh
//! instance answers each request.

mod error;

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use mutable_tags_cli::{SettingsResponse, ValidationResponse};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use wapc::WapcHost;
use wasmtime_provider::wasmtime;
use wasmtime_provider::{EpochDeadlines, WasmtimeEngineProviderBuilder, WasmtimeEngineProviderPre};

pub use error::EngineError;

use crate::host::{self, Host, Refusal};

/// The default time limit of a request, which only a policy that hangs exceeds. With the two
/// seconds of policy-server, tests would fail on a busy machine.
const DEADLINE: Duration = Duration::from_secs(600);

/// The interval at which the engine checks the time limit of an instance.
const TICK: Duration = Duration::from_millis(10);

/// The beginning of wasmtime's message for a trap. waPC only passes on text, so that this is
/// the only way to tell a trap from an error that the guest reports.
const TRAP_PREFIX: &str = "error while executing at wasm backtrace";

/// The end of wasmtime-provider's message for an instance that exceeded its time limit.
const DEADLINE_SUFFIX: &str = "interrupted, execution deadline exceeded";

/// A compiled policy, and the host that answers its calls.
///
/// An engine can be shared between threads, since requests share no state. A clone shares the
/// compiled module, and can have a host of its own.
#[derive(Clone)]
pub struct Engine {
    module: Arc<Module>,
    deadline: Duration,
    host: Arc<dyn Host>,
}

struct Module {
    provider: WasmtimeEngineProviderPre,
    _ticker: Ticker,
}

impl Engine {
    /// Reads and compiles a module.
    pub fn load(module: &Path) -> Result<Self, EngineError> {
        let bytes = read_module(module)?;
        Self::compile(&bytes)
    }

    /// Compiles a module in WebAssembly's binary or text format.
    pub fn compile(module: &[u8]) -> Result<Self, EngineError> {
        let mut config = wasmtime::Config::new();
        config.epoch_interruption(true);
        let engine = wasmtime::Engine::new(&config).map_err(EngineError::compilation)?;
        let provider = WasmtimeEngineProviderBuilder::new()
            .engine(engine.clone())
            .module_bytes(module)
            .build_pre()
            .map_err(EngineError::compilation)?;
        let ticker = Ticker::start(engine).map_err(EngineError::compilation)?;
        Ok(Self {
            module: Arc::new(Module {
                provider,
                _ticker: ticker,
            }),
            deadline: DEADLINE,
            host: Arc::new(Refusal::Offline),
        })
    }

    /// Replaces the default time limit of ten minutes.
    #[must_use]
    pub fn with_deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    /// Sets the host that answers calls; without one every call is refused.
    #[must_use]
    pub fn with_host(self, host: impl Host + 'static) -> Self {
        Self {
            host: Arc::new(host),
            ..self
        }
    }

    /// Calls an operation of a fresh instance.
    pub fn call(&self, operation: &str, payload: &[u8]) -> Result<Vec<u8>, EngineError> {
        self.instance()?.call(operation, payload)
    }

    /// Starts an instance that answers several calls, unlike those of policy-server.
    pub fn instance(&self) -> Result<Instance<'_>, EngineError> {
        let ticks = ticks(self.deadline);
        let provider = self
            .module
            .provider
            .rehydrate(Some(EpochDeadlines {
                wapc_init: ticks,
                wapc_func: ticks,
            }))
            .map_err(|error| EngineError::Start(error.to_string()))?;
        let host = Arc::clone(&self.host);
        let answer =
            move |_instance: u64, binding: &str, namespace: &str, call: &str, asked: &[u8]| {
                host::call(&host, binding, namespace, call, asked)
                    .map_err(|error| error.to_string().into())
            };
        let host = WapcHost::new(Box::new(provider), Some(Box::new(answer)))
            .map_err(|error| self.classify(error))?;
        Ok(Instance { engine: self, host })
    }

    /// Validates an admission request.
    pub fn validate(
        &self,
        request: &Value,
        settings: &Value,
    ) -> Result<ValidationResponse, EngineError> {
        self.validate_payload(&validate_payload(request, settings))
    }

    /// Validates a payload, which need not be well-formed.
    pub fn validate_payload(&self, payload: &[u8]) -> Result<ValidationResponse, EngineError> {
        parse("validate", &self.call("validate", payload)?)
    }

    /// Validates settings.
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

/// An instance of an engine's module.
pub struct Instance<'e> {
    engine: &'e Engine,
    host: WapcHost,
}

impl Instance<'_> {
    pub fn call(&self, operation: &str, payload: &[u8]) -> Result<Vec<u8>, EngineError> {
        self.host
            .call(operation, payload)
            .map_err(|error| self.engine.classify(error))
    }
}

impl fmt::Debug for Instance<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Instance").finish_non_exhaustive()
    }
}

/// The payload of `validate` as policy-server writes it: compact, with sorted keys.
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

fn ticks(deadline: Duration) -> u64 {
    u64::try_from(deadline.as_millis() / TICK.as_millis()).unwrap_or(u64::MAX)
}

/// A thread that increments an engine's epoch until this value is dropped.
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
            // A thread that panicked has already stopped.
            let _ = thread.join();
        }
    }
}
