//! Measures how many requests policy-server answers in a second, and how fast, beside a policy
//! that does nothing.
//!
//!     cargo bench -p e2e-tests --bench load -- POLICY NO-OP JSON TIME CLIENTS
//!
//! One server runs both policies, which take short turns. Other load on the machine affects
//! both, and so does the state of the server's threads and memory, in which two servers would
//! differ.
//!
//! The ratio of requests is the median over pairs of turns, and half of the pairs are within
//! the range beside it. `server` is the server's CPU time per request. It leaves out the
//! clients, which use the same cores, and depends little on other programs.
//!
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
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use e2e_tests::load::{Load, NamedSettings};
use e2e_tests::{arguments, positive};
use serde_json::{Value, json};

use row::Row;
use server::{Policy, Server};
use turns::{NO_OP, POLICY, Turns, policy_name};

/// The loads that are measured, with each of the settings: the name, and whether the policy finds an
/// image.
const MEASURED: [(&str, bool); 6] = [
    ("Pod", false),
    ("Deployment of 4 KB", false),
    ("Deployment of 4 KB", true),
    ("Deployment of 64 KB", false),
    ("Deployment of 64 KB, updated", false),
    ("Deployment of 1.4 MB", false),
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
    let [policy, no_op, json, time, clients] =
        arguments("load POLICY NO-OP JSON TIME CLIENTS (make load)")?;
    let time: u32 = positive("TIME", &time)?;
    let clients = positive("CLIENTS", &clients)?;
    let all_settings = all_settings()?;
    let modules = [(POLICY, &policy), (NO_OP, &no_op)];
    let policies: Vec<Policy<'_>> = all_settings
        .iter()
        .enumerate()
        .flat_map(|(position, settings)| {
            modules.map(|(policy, module)| Policy {
                name: policy_name(policy, position),
                module,
                settings: &settings.value,
            })
        })
        .collect();
    let folder = Path::new(&json).with_file_name("policy-server");
    eprintln!("starting policy-server");
    let server = Server::start(&policies, &folder)?;
    let mut turns = Turns::new(server, clients)?;
    eprintln!("it is ready; asking it for {time} s or somewhat longer, {clients} at once");
    let loads = Load::all()?;
    let rows_to_come = MEASURED.len() * all_settings.len();
    let each = Duration::from_secs(time.into()) / u32::try_from(rows_to_come)?;
    let mut rows = Vec::new();
    println!("{}", Row::head());
    for (name, has_finding) in MEASURED {
        let load = loads
            .iter()
            .find(|load| load.name == name && load.has_finding == has_finding)
            .ok_or_else(|| format!("there is no load {name:?}: correct MEASURED"))?;
        for (position, settings) in all_settings.iter().enumerate() {
            // The line with the result overwrites this one.
            if io::stderr().is_terminal() {
                eprint!("{name}, {} …\r", settings.name);
            }
            let row = turns.measure(load, position, settings.name, each)?;
            println!("{}", row.line());
            rows.push(row);
        }
    }
    let results = json!({
        "clients": clients,
        "cores": std::thread::available_parallelism()?.get(),
        "requests": rows.iter().map(Row::json).collect::<Vec<Value>>(),
    });
    fs::write(&json, format!("{results:#}\n"))?;
    println!("\nwritten: {json}");
    Ok(())
}

/// No settings, and those of the other benches.
fn all_settings() -> Result<Vec<NamedSettings>, String> {
    let mut all = vec![NamedSettings {
        name: "no settings",
        value: json!({}),
    }];
    all.extend(NamedSettings::all()?);
    Ok(all)
}
