//! Runs a policy module as policy-server does: compiled once, and every request
//! answered by a fresh instance.

mod error;

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use wapc::WapcHost;
use wasmtime_provider::wasmtime;
use wasmtime_provider::{EpochDeadlines, WasmtimeEngineProviderBuilder, WasmtimeEngineProviderPre};

pub use error::EngineError;

use crate::host::{self, Host, Refusal};
use crate::response::{SettingsResponse, ValidationResponse};

/// The time that a request has: only a policy that hangs needs as much. The two seconds of
/// policy-server would blame a policy for a machine that is busy.
const DEADLINE: Duration = Duration::from_secs(600);

/// How often the engine looks whether an instance has used its time up.
const TICK: Duration = Duration::from_millis(10);

/// How wasmtime begins its account of a trap. waPC passes on only text, so this
/// is all that tells a trap from an error that the guest reports itself.
const TRAP_PREFIX: &str = "error while executing at wasm backtrace";

/// How wasmtime-provider ends its account of an instance that ran out of time.
const DEADLINE_SUFFIX: &str = "interrupted, execution deadline exceeded";

/// A compiled policy, and the host that answers what it asks.
///
/// It can be shared between threads: no request sees what another one left. A copy
/// shares what was compiled, so that each can have a host of its own.
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

    /// Compiles a module that is given as WebAssembly or as its text form.
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

    /// Grants each request another time than ten minutes.
    #[must_use]
    pub fn with_deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    /// Lets a host answer what the policy asks, which is refused otherwise.
    #[must_use]
    pub fn with_host(self, host: impl Host + 'static) -> Self {
        Self {
            host: Arc::new(host),
            ..self
        }
    }

    /// Sends bytes to an operation of a fresh instance and returns its answer.
    pub fn call(&self, operation: &str, payload: &[u8]) -> Result<Vec<u8>, EngineError> {
        self.instance()?.call(operation, payload)
    }

    /// Starts an instance that can answer more than once, as policy-server's do not.
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
                host::answer(&host, binding, namespace, call, asked)
                    .map_err(|error| error.to_string().into())
            };
        let host = WapcHost::new(Box::new(provider), Some(Box::new(answer)))
            .map_err(|error| self.classify(error))?;
        Ok(Instance { engine: self, host })
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

/// An instance of an engine's module.
pub struct Instance<'e> {
    engine: &'e Engine,
    host: WapcHost,
}

impl Instance<'_> {
    /// Sends bytes to an operation and returns its answer.
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
