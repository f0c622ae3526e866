//! Measures the instructions and the memory that a module needs for a request.
//!
//! The engine of the other suites does not meter fuel. This is a second, smaller waPC host,
//! which answers with the same bytes.

use std::path::Path;
use std::sync::Arc;

use wasmtime_provider::wasmtime::{
    Caller, Config, Engine, Error, InstancePre, Linker, Memory, Module, Result, Store,
};

use crate::engine::{EngineError, read_module};
use crate::host::{self, Host, Refusal};

const HOST: &str = "wapc";

/// The limit on the instructions for a payload that policy-server accepts. They take about two
/// seconds on a slow machine, after which policy-server gives up.
pub const MOST_INSTRUCTIONS: u64 = 3_000_000_000;
/// The limit on the memory for such a payload, in bytes.
pub const MOST_MEMORY: usize = 64 << 20;

/// A compiled policy whose instructions are counted. Those of the host are not.
#[derive(Clone)]
pub struct Meter {
    engine: Engine,
    module: InstancePre<Exchange>,
    host: Arc<dyn Host>,
    limit: u64,
}

impl Meter {
    /// Reads and compiles a module.
    pub fn load(module: &Path) -> std::result::Result<Self, EngineError> {
        Self::compile(&read_module(module)?)
    }

    /// Compiles a module in WebAssembly's binary or text format.
    pub fn compile(module: &[u8]) -> std::result::Result<Self, EngineError> {
        let compile = || {
            let mut config = Config::new();
            config.consume_fuel(true);
            let engine = Engine::new(&config)?;
            let module = Module::new(&engine, module)?;
            let module = linker(&engine)?.instantiate_pre(&module)?;
            Ok(Self {
                engine,
                module,
                host: Arc::new(Refusal::Offline),
                limit: u64::MAX,
            })
        };
        compile().map_err(|error: Error| EngineError::compilation(error))
    }

    /// Sets the host that answers calls; without one every call is refused.
    #[must_use]
    pub fn with_host(self, host: impl Host + 'static) -> Self {
        Self {
            host: Arc::new(host),
            ..self
        }
    }

    /// Interrupts a request that has executed so many instructions.
    #[must_use]
    pub fn with_limit(self, instructions: u64) -> Self {
        Self {
            limit: instructions,
            ..self
        }
    }

    /// Runs the start functions and one operation of a fresh instance.
    pub fn measure(
        &self,
        operation: &str,
        payload: &[u8],
    ) -> std::result::Result<Measurement, EngineError> {
        let host = Arc::clone(&self.host);
        let mut store = Store::new(&self.engine, Exchange::new(operation, payload, host));
        let (answered, memory) = self
            .run(&mut store)
            .map_err(|error| EngineError::trap(&format!("{error:#}")))?;
        let left = store
            .get_fuel()
            .map_err(|error| EngineError::Start(error.to_string()))?;
        let memory = memory.data_size(&store);
        let Exchange {
            response, error, ..
        } = store.into_data();
        match (answered, response) {
            (true, Some(response)) => Ok(Measurement {
                instructions: self.limit - left,
                memory,
                response,
            }),
            _ => {
                Err(EngineError::Guest(error.unwrap_or_else(|| {
                    "neither an answer nor an error".to_owned()
                })))
            }
        }
    }

    fn run(&self, store: &mut Store<Exchange>) -> Result<(bool, Memory)> {
        store.set_fuel(self.limit)?;
        let instance = self.module.instantiate(&mut *store)?;
        for start in wapc::wapc_functions::REQUIRED_STARTS {
            if let Some(function) = instance.get_func(&mut *store, start) {
                function.typed::<(), ()>(&*store)?.call(&mut *store, ())?;
            }
        }
        let sizes = store.data().sizes()?;
        let answered = instance
            .get_typed_func::<(i32, i32), i32>(&mut *store, "__guest_call")?
            .call(&mut *store, sizes)?;
        let memory = instance
            .get_memory(&mut *store, "memory")
            .ok_or_else(|| Error::msg("the module exports no memory"))?;
        Ok((answered != 0, memory))
    }
}

/// The cost of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measurement {
    instructions: u64,
    memory: usize,
    response: Vec<u8>,
}

impl Measurement {
    /// The executed instructions, including those of the start functions.
    #[must_use]
    pub fn instructions(&self) -> u64 {
        self.instructions
    }

    /// The linear memory at the end, in bytes. Memory never shrinks, so this is the peak.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.memory
    }

    #[must_use]
    pub fn response(&self) -> &[u8] {
        &self.response
    }
}

/// The state of a waPC call.
struct Exchange {
    operation: Vec<u8>,
    payload: Vec<u8>,
    response: Option<Vec<u8>>,
    error: Option<String>,
    host: Arc<dyn Host>,
    /// The last answer or error of the host.
    host_reply: Vec<u8>,
}

impl Exchange {
    fn new(operation: &str, payload: &[u8], host: Arc<dyn Host>) -> Self {
        Self {
            operation: operation.as_bytes().to_vec(),
            payload: payload.to_vec(),
            response: None,
            error: None,
            host,
            host_reply: Vec::new(),
        }
    }

    fn sizes(&self) -> Result<(i32, i32)> {
        Ok((
            i32::try_from(self.operation.len())?,
            i32::try_from(self.payload.len())?,
        ))
    }
}

fn linker(engine: &Engine) -> Result<Linker<Exchange>> {
    let mut linker = Linker::new(engine);
    linker.func_wrap(HOST, "__guest_request", guest_request)?;
    linker.func_wrap(HOST, "__guest_response", guest_response)?;
    linker.func_wrap(HOST, "__guest_error", guest_error)?;
    linker.func_wrap(HOST, "__console_log", |_at: i32, _length: i32| ())?;
    linker.func_wrap(HOST, "__host_call", host_call)?;
    for (said, length) in [
        ("__host_response", "__host_response_len"),
        ("__host_error", "__host_error_len"),
    ] {
        linker.func_wrap(HOST, said, host_said)?;
        linker.func_wrap(HOST, length, host_said_length)?;
    }
    Ok(linker)
}

fn guest_request(mut caller: Caller<'_, Exchange>, operation: i32, payload: i32) -> Result<()> {
    let (memory, exchange) = memory(&mut caller)?.data_and_store_mut(&mut caller);
    write(memory, operation, &exchange.operation)?;
    write(memory, payload, &exchange.payload)
}

fn guest_response(mut caller: Caller<'_, Exchange>, at: i32, length: i32) -> Result<()> {
    let (memory, exchange) = memory(&mut caller)?.data_and_store_mut(&mut caller);
    exchange.response = Some(read(memory, at, length)?.to_vec());
    Ok(())
}

fn guest_error(mut caller: Caller<'_, Exchange>, at: i32, length: i32) -> Result<()> {
    let (memory, exchange) = memory(&mut caller)?.data_and_store_mut(&mut caller);
    exchange.error = Some(String::from_utf8_lossy(read(memory, at, length)?).into_owned());
    Ok(())
}

#[expect(
    clippy::too_many_arguments,
    reason = "waPC passes four strings, each as address and length"
)]
fn host_call(
    mut caller: Caller<'_, Exchange>,
    binding: i32,
    binding_length: i32,
    namespace: i32,
    namespace_length: i32,
    operation: i32,
    operation_length: i32,
    payload: i32,
    payload_length: i32,
) -> Result<i32> {
    let (memory, exchange) = memory(&mut caller)?.data_and_store_mut(&mut caller);
    let text = |at, length| read(memory, at, length).map(String::from_utf8_lossy);
    let said = host::call(
        &exchange.host,
        &text(binding, binding_length)?,
        &text(namespace, namespace_length)?,
        &text(operation, operation_length)?,
        read(memory, payload, payload_length)?,
    );
    let answered = said.is_ok();
    exchange.host_reply = said.unwrap_or_else(|error| error.to_string().into_bytes());
    Ok(i32::from(answered))
}

fn host_said(mut caller: Caller<'_, Exchange>, to: i32) -> Result<()> {
    let (memory, exchange) = memory(&mut caller)?.data_and_store_mut(&mut caller);
    write(memory, to, &exchange.host_reply)
}

fn host_said_length(caller: Caller<'_, Exchange>) -> Result<i32> {
    Ok(i32::try_from(caller.data().host_reply.len())?)
}

fn memory(caller: &mut Caller<'_, Exchange>) -> Result<Memory> {
    caller
        .get_export("memory")
        .and_then(|export| export.into_memory())
        .ok_or_else(|| Error::msg("the module exports no memory"))
}

/// Addresses and lengths are unsigned, though WebAssembly passes them as `i32`.
fn unsigned(number: i32) -> Result<usize> {
    Ok(usize::try_from(number.cast_unsigned())?)
}

fn read(memory: &[u8], at: i32, length: i32) -> Result<&[u8]> {
    let (at, length) = (unsigned(at)?, unsigned(length)?);
    memory
        .get(at..at.saturating_add(length))
        .ok_or_else(|| Error::msg("the guest named bytes outside its memory"))
}

fn write(memory: &mut [u8], to: i32, bytes: &[u8]) -> Result<()> {
    let to = unsigned(to)?;
    memory
        .get_mut(to..to.saturating_add(bytes.len()))
        .ok_or_else(|| Error::msg("the guest named bytes outside its memory"))?
        .copy_from_slice(bytes);
    Ok(())
}
