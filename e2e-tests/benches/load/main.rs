//! How many requests policy-server answers in a second, and how fast, beside a policy
//! that does nothing.
//!
//!     cargo bench -p e2e-tests --bench load -- POLICY NO-OP JSON TIME CLIENTS
//!
//! One server has both policies, and is asked about one at a time, in short turns: what
//! else the machine does falls on both, and so does what the server's threads and its
//! memory have become by then. Two servers would differ in that.
//!
//! The ratio of requests is the median of those of two turns, and half of them are
//! within what stands beside it. `server` is for how long the cores work for the server
//! per request: without the clients, which use the same cores, and steady where other
//! programs take turns with both.
//! `make load` builds the modules.

mod client;
mod connection;
mod metadata;
mod process;
mod row;
mod server;
mod turns;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use e2e_tests::load::Load;
use serde_json::{Value, json};

use row::Row;
use server::{Policy, Server};
use turns::{NO_OP, POLICY, Turns};

/// What is asked about: the name of a load, and whether an image is found in it.
const ASKED: [(&str, bool); 6] = [
    ("Pod", false),
    ("Deployment of 4 KB", false),
    ("Deployment of 4 KB", true),
    ("Deployment of 64 KB", false),
    ("Deployment of 64 KB, updated", false),
    ("Deployment of 1.5 MB", false),
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    // cargo passes a flag of its own.
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let [policy, no_op, json, time, clients] = arguments.as_slice() else {
        return Err("usage: load POLICY NO-OP JSON TIME CLIENTS (make load)".into());
    };
    let (time, clients) = (number("TIME", time)?, number("CLIENTS", clients)?);
    let policies = [(POLICY, policy), (NO_OP, no_op)].map(|(name, module)| Policy { name, module });
    let folder = Path::new(json).with_file_name("policy-server");
    eprintln!("starting policy-server");
    let server = Server::start(&policies, &folder)?;
    let mut turns = Turns::new(server, clients)?;
    eprintln!("it is ready; asking it for {time} s or somewhat longer, {clients} at once");
    let loads = Load::all()?;
    let each = Duration::from_secs(time.into()) / ASKED.len() as u32;
    let mut rows = Vec::new();
    println!("{}", Row::head());
    for (name, has_finding) in ASKED {
        let load = loads
            .iter()
            .find(|load| load.name == name && load.has_finding == has_finding)
            .ok_or_else(|| format!("there is no load {name:?}: mend ASKED"))?;
        // Until its line takes the place.
        eprint!("{name} …\r");
        let row = turns.measure(load, each)?;
        println!("{}", row.line());
        rows.push(row);
    }
    let results = json!({
        "clients": clients,
        "cores": std::thread::available_parallelism()?.get(),
        "requests": rows.iter().map(Row::json).collect::<Vec<Value>>(),
    });
    fs::write(json, format!("{results:#}\n"))?;
    println!("\nwritten: {json}");
    Ok(())
}

fn number(name: &str, text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(format!("{name} is a whole number from 1, not {text:?}")),
    }
}
