//! The engine that interprets a module for waPC, and the limits of its time and memory.

use std::error::Error as StdError;
use std::ops::Range;
use std::sync::Arc;

use wapc::wapc_functions::{
    GUEST_CALL, GUEST_ERROR_FN, GUEST_REQUEST_FN, GUEST_RESPONSE_FN, HOST_CALL, HOST_CONSOLE_LOG,
    HOST_ERROR_FN, HOST_ERROR_LEN_FN, HOST_RESPONSE_FN, HOST_RESPONSE_LEN_FN, REQUIRED_STARTS,
};
use wapc::{HOST_NAMESPACE, ModuleState, WebAssemblyEngineProvider};
use wasmi::{
    Caller, Config, Engine, Error, Extern, Linker, Memory, Module, Store, StoreLimits,
    StoreLimitsBuilder, TrapCode, TypedFunc,
};

/// The fuel of an instance: about ten seconds of an optimised interpreter.
const FUEL: u64 = 5_000_000_000;

/// The fuel that a call of the host costs, beside one for each byte that it copies.
const FUEL_OF_A_CALL: u64 = 1_000;

/// The memory that an instance may have, in bytes.
const MEMORY: usize = 512 << 20;

/// The elements that a table of an instance may have.
const TABLE: usize = 1 << 20;

/// The depth of calls. Deeply nested objects need more than the 1000 that wasmi allows.
const DEPTH: usize = 20_000;

/// The height of the interpreter's stack, in bytes.
const STACK: usize = 16 << 20;

/// A compiled module, whose instances share nothing but its code.
pub(super) struct Compiled {
    module: Module,
    linker: Linker<Guest>,
    fuel: u64,
}

impl Compiled {
    pub(super) fn new(bytes: &[u8]) -> Result<Self, Error> {
        let mut config = Config::default();
        config
            .consume_fuel(true)
            .set_max_recursion_depth(DEPTH)
            .set_max_stack_height(STACK);
        let engine = Engine::new(&config);
        Ok(Self {
            module: Module::new(&engine, bytes)?,
            linker: linker(&engine)?,
            fuel: FUEL,
        })
    }

    #[cfg(test)]
    pub(super) fn with_fuel(self, fuel: u64) -> Self {
        Self { fuel, ..self }
    }

    fn start(&self, conversation: Arc<ModuleState>) -> Result<Instance, Error> {
        let limits = StoreLimitsBuilder::new()
            .memory_size(MEMORY)
            .table_elements(TABLE)
            .memories(1)
            .tables(1)
            .trap_on_grow_failure(true)
            .build();
        let guest = Guest {
            conversation,
            limits,
        };
        let mut store = Store::new(self.module.engine(), guest);
        store.limiter(|guest| &mut guest.limits);
        store.set_fuel(self.fuel)?;
        let instance = self
            .linker
            .instantiate_and_start(&mut store, &self.module)?;
        for name in REQUIRED_STARTS {
            if let Some(function) = instance.get_func(&store, name) {
                function.typed::<(), ()>(&store)?.call(&mut store, ())?;
            }
        }
        if instance.get_func(&store, GUEST_CALL).is_none() {
            return Err(Error::new(format!(
                "it does not export the function {GUEST_CALL}, as every Kubewarden policy does"
            )));
        }
        let guest_call = instance.get_typed_func(&store, GUEST_CALL)?;
        Ok(Instance { store, guest_call })
    }
}

/// A running instance.
struct Instance {
    store: Store<Guest>,
    guest_call: TypedFunc<(i32, i32), i32>,
}

/// The state of an instance that its host functions see.
struct Guest {
    conversation: Arc<ModuleState>,
    limits: StoreLimits,
}

/// An instance for a waPC host, which starts it.
pub(super) struct Provider {
    compiled: Arc<Compiled>,
    instance: Option<Instance>,
}

impl Provider {
    pub(super) fn new(compiled: Arc<Compiled>) -> Self {
        Self {
            compiled,
            instance: None,
        }
    }
}

type Boxed = Box<dyn StdError + Send + Sync>;

impl WebAssemblyEngineProvider for Provider {
    fn init(&mut self, conversation: Arc<ModuleState>) -> Result<(), Boxed> {
        let started = self.compiled.start(conversation);
        self.instance = Some(started.map_err(|error| explain(&error))?);
        Ok(())
    }

    fn call(&mut self, operation: i32, payload: i32) -> Result<i32, Boxed> {
        let Some(Instance { store, guest_call }) = &mut self.instance else {
            return Err("it was not started".into());
        };
        let answer = guest_call.call(store, (operation, payload));
        answer.map_err(|error| explain(&error).into())
    }

    fn replace(&mut self, _: &[u8]) -> Result<(), Boxed> {
        Err("a module cannot be replaced".into())
    }
}

/// The reason why an instance stopped, in words for people who did not write the module.
fn explain(error: &Error) -> String {
    match error.as_trap_code() {
        Some(TrapCode::OutOfFuel) => {
            "it was stopped because it ran for longer than about ten seconds".to_owned()
        }
        Some(TrapCode::GrowthOperationLimited) => format!(
            "it was stopped because it asked for more than {} MiB of memory",
            MEMORY >> 20
        ),
        Some(TrapCode::StackOverflow) => {
            "it was stopped because its calls are nested too deeply".to_owned()
        }
        Some(_) => format!("it trapped: {error}"),
        None => error.to_string(),
    }
}

/// Defines the functions of waPC that a module calls.
fn linker(engine: &Engine) -> Result<Linker<Guest>, Error> {
    let mut linker = Linker::new(engine);
    let wapc = HOST_NAMESPACE;
    linker
        .func_wrap(wapc, GUEST_REQUEST_FN, guest_request)?
        .func_wrap(wapc, GUEST_RESPONSE_FN, guest_response)?
        .func_wrap(wapc, GUEST_ERROR_FN, guest_error)?
        .func_wrap(wapc, HOST_CALL, host_call)?
        .func_wrap(wapc, HOST_RESPONSE_FN, host_response)?
        .func_wrap(wapc, HOST_RESPONSE_LEN_FN, host_response_length)?
        .func_wrap(wapc, HOST_ERROR_FN, host_error)?
        .func_wrap(wapc, HOST_ERROR_LEN_FN, host_error_length)?
        .func_wrap(wapc, HOST_CONSOLE_LOG, console_log)?;
    Ok(linker)
}

fn guest_request(mut guest: Caller<Guest>, operation: u32, payload: u32) -> Result<(), Error> {
    match conversation(&guest).get_guest_request() {
        Some(request) => {
            write(&mut guest, operation, request.operation.as_bytes())?;
            write(&mut guest, payload, &request.msg)
        }
        None => Ok(()),
    }
}

fn guest_response(mut guest: Caller<Guest>, at: u32, length: u32) -> Result<(), Error> {
    let response = read(&mut guest, at, length)?;
    conversation(&guest).set_guest_response(response);
    Ok(())
}

fn guest_error(mut guest: Caller<Guest>, at: u32, length: u32) -> Result<(), Error> {
    let error = read_text(&mut guest, at, length)?;
    conversation(&guest).set_guest_error(error);
    Ok(())
}

#[expect(
    clippy::too_many_arguments,
    reason = "waPC passes four texts, each with its length"
)]
fn host_call(
    mut guest: Caller<Guest>,
    binding_at: u32,
    binding_length: u32,
    namespace_at: u32,
    namespace_length: u32,
    operation_at: u32,
    operation_length: u32,
    payload_at: u32,
    payload_length: u32,
) -> Result<i32, Error> {
    let binding = read_text(&mut guest, binding_at, binding_length)?;
    let namespace = read_text(&mut guest, namespace_at, namespace_length)?;
    let operation = read_text(&mut guest, operation_at, operation_length)?;
    let payload = read(&mut guest, payload_at, payload_length)?;
    let conversation = conversation(&guest);
    let answered = conversation.do_host_call(&binding, &namespace, &operation, &payload);
    answered.map_err(|error| Error::new(error.to_string()))
}

fn host_response(mut guest: Caller<Guest>, at: u32) -> Result<(), Error> {
    let conversation = conversation(&guest);
    let written = conversation.with_host_response(|response| write(&mut guest, at, response));
    written.unwrap_or(Ok(()))
}

fn host_response_length(guest: Caller<Guest>) -> Result<u32, Error> {
    length(guest.data().conversation.host_response_len())
}

fn host_error(mut guest: Caller<Guest>, at: u32) -> Result<(), Error> {
    match conversation(&guest).get_host_error() {
        Some(error) => write(&mut guest, at, error.as_bytes()),
        None => Ok(()),
    }
}

fn host_error_length(guest: Caller<Guest>) -> Result<u32, Error> {
    let error = guest.data().conversation.get_host_error();
    length(error.map_or(0, |error| error.len()))
}

/// Reads what is logged, so that a message outside of the memory is an error, and drops it.
fn console_log(mut guest: Caller<Guest>, at: u32, length: u32) -> Result<(), Error> {
    read(&mut guest, at, length).map(|_| ())
}

fn conversation(guest: &Caller<Guest>) -> Arc<ModuleState> {
    Arc::clone(&guest.data().conversation)
}

fn length(length: usize) -> Result<u32, Error> {
    u32::try_from(length).map_err(|_| Error::new("an answer of the host is too long"))
}

fn memory(guest: &Caller<Guest>) -> Result<Memory, Error> {
    let memory = guest.get_export("memory").and_then(Extern::into_memory);
    memory.ok_or_else(|| Error::new("it exports no memory"))
}

fn read(guest: &mut Caller<Guest>, at: u32, length: u32) -> Result<Vec<u8>, Error> {
    let memory = memory(guest)?;
    let range = range(at, length).filter(|range| range.end <= memory.data_size(&*guest));
    let range = range.ok_or(TrapCode::MemoryOutOfBounds)?;
    charge(guest, u64::from(length))?;
    let bytes = memory.data(&*guest).get(range).unwrap_or_default();
    Ok(bytes.to_vec())
}

fn range(at: u32, length: u32) -> Option<Range<usize>> {
    let start = usize::try_from(at).ok()?;
    let end = start.checked_add(usize::try_from(length).ok()?)?;
    Some(start..end)
}

fn read_text(guest: &mut Caller<Guest>, at: u32, length: u32) -> Result<String, Error> {
    let bytes = read(guest, at, length)?;
    String::from_utf8(bytes)
        .map_err(|error| Error::new(format!("it passed text that is not UTF-8: {error}")))
}

fn write(guest: &mut Caller<Guest>, at: u32, bytes: &[u8]) -> Result<(), Error> {
    charge(guest, u64::try_from(bytes.len()).unwrap_or(u64::MAX))?;
    let memory = memory(guest)?;
    let start = usize::try_from(at).map_err(|_| TrapCode::MemoryOutOfBounds)?;
    let written = memory.write(guest, start, bytes);
    written.map_err(|_| TrapCode::MemoryOutOfBounds.into())
}

/// Takes fuel for bytes that the host copies, which a module can ask for in a loop.
fn charge(guest: &mut Caller<Guest>, bytes: u64) -> Result<(), Error> {
    let cost = FUEL_OF_A_CALL.saturating_add(bytes);
    let left = guest.get_fuel()?.checked_sub(cost);
    guest.set_fuel(left.ok_or(TrapCode::OutOfFuel)?)
}
