//! Runs policy-server without a cluster or a network.

use std::error::Error;
use std::fs::{self, File};
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use crate::connection::{Connection, get};
use crate::metadata::annotated;
use crate::process::Process;

/// The time within which the server must be ready: it first compiles the modules.
const TIME_TO_START: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(50);
/// The number of attempts to start, since another program may take a port before the server
/// does.
const ATTEMPTS: usize = 5;
/// The number of lines of the log that an error shows.
const TAIL: usize = 20;

/// A policy: its name in the path of requests, the file of its module, and its settings.
pub(crate) struct Policy<'a> {
    pub(crate) name: String,
    pub(crate) module: &'a str,
    pub(crate) settings: &'a Value,
}

/// A policy-server, which ends when this value is dropped.
pub(crate) struct Server {
    port: u16,
    process: Process,
}

impl Server {
    /// Starts a server whose files and log are in a folder, and waits until it is ready.
    pub(crate) fn start(policies: &[Policy<'_>], folder: &Path) -> Result<Self, Box<dyn Error>> {
        fs::create_dir_all(folder)?;
        let folder = fs::canonicalize(folder)?;
        write_policies(policies, &folder)?;
        let log = folder.join("log");
        for _ in 0..ATTEMPTS {
            let [port, readiness] = free_ports()?;
            let mut process = Process::start(&mut command(&folder, &log, port, readiness)?)
                .map_err(|error| {
                    format!(
                        "policy-server cannot be run: {error} (https://docs.kubewarden.io has it)"
                    )
                })?;
            if is_ready(&mut process, readiness)? {
                return Ok(Self { port, process });
            }
            if !fs::read_to_string(&log)?.contains("Address already in use") {
                break;
            }
        }
        Err(format!("policy-server does not start. {}", tail(&log)?).into())
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The CPU time of the server; `None` if the system does not report it.
    pub(crate) fn cpu_time(&self) -> Option<Duration> {
        self.process.cpu_time()
    }
}

fn write_policies(policies: &[Policy<'_>], folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut entries = Map::new();
    for policy in policies {
        let Policy {
            name,
            module,
            settings,
        } = policy;
        let bytes = fs::read(module).map_err(|error| format!("{module}: {error}"))?;
        let file = folder.join(format!("{name}.wasm"));
        fs::write(&file, annotated(&bytes))?;
        let entry = json!({"module": url(&file), "settings": settings});
        entries.insert(name.clone(), entry);
    }
    // policy-server reads YAML, which includes JSON.
    fs::write(policies_in(folder), Value::Object(entries).to_string())?;
    // Without a trust root, policy-server would fetch Sigstore's.
    fs::write(trust_root_in(folder), "{}\n")?;
    Ok(())
}

fn policies_in(folder: &Path) -> PathBuf {
    folder.join("policies.yml")
}

fn trust_root_in(folder: &Path) -> PathBuf {
    folder.join("trust-root.json")
}

/// The URL of a file, whose path may have any characters.
fn url(file: &Path) -> String {
    let bytes = file.as_os_str().as_encoded_bytes();
    let escaped: String = bytes
        .iter()
        .map(|byte| match byte {
            b'/' | b'.' | b'-' | b'_' => char::from(*byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect();
    format!("file://{escaped}")
}

/// Two ports on which nothing listens.
fn free_ports() -> io::Result<[u16; 2]> {
    let listen = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let listeners = [listen()?, listen()?];
    let [port, readiness] = &listeners;
    Ok([port.local_addr()?.port(), readiness.local_addr()?.port()])
}

/// The command that starts policy-server, with the default options except for those of the log,
/// which would get a line for every request.
fn command(folder: &Path, log: &Path, port: u16, readiness: u16) -> io::Result<Command> {
    let log = File::create(log)?;
    let mut command = Command::new("policy-server");
    command
        // Variables of the user could name a cluster, or set options.
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", folder)
        .arg("--policies")
        .arg(policies_in(folder))
        .arg("--policies-download-dir")
        .arg(folder)
        .arg("--sigstore-trust-config")
        .arg(trust_root_in(folder))
        .arg("--sigstore-cache-dir")
        .arg(folder.join("sigstore"))
        .args(["--ignore-kubernetes-connection-failure"])
        .args(["--log-level", "warn", "--log-no-color"])
        .args(["--addr", "127.0.0.1", "--port", &port.to_string()])
        .args(["--readiness-probe-port", &readiness.to_string()])
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    Ok(command)
}

fn is_ready(process: &mut Process, port: u16) -> io::Result<bool> {
    let start = Instant::now();
    while start.elapsed() < TIME_TO_START {
        let answer = Connection::open(port)
            .and_then(|mut connection| connection.exchange(&get("/readiness")));
        // This is checked first, since another program may have answered.
        if process.has_ended()? {
            return Ok(false);
        }
        if answer.is_ok_and(|answer| answer.status == 200) {
            return Ok(true);
        }
        thread::sleep(PAUSE);
    }
    Ok(false)
}

fn tail(log: &Path) -> io::Result<String> {
    let text = fs::read_to_string(log)?;
    let lines: Vec<&str> = text.lines().collect();
    let last = lines.get(lines.len().saturating_sub(TAIL)..);
    Ok(format!(
        "Its log, {}, ends with:\n{}",
        log.display(),
        last.unwrap_or_default().join("\n")
    ))
}
