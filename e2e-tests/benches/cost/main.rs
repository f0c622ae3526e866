//! Measures the instructions, the memory and the time of requests beside those of a policy that
//! does nothing, and splits the size of the module.
//!
//!     cargo bench -p e2e-tests --bench cost -- POLICY NO-OP NAMED JSON PLOT
//!
//! Instructions and memory are exact, and the same in every run. Times are medians, and ratios
//! compare them with the policy that does nothing, in the same run. `make bench` builds the
//! modules: the policy, the one that does nothing, and the policy with the names of its
//! functions.

mod acting;
mod anatomy;
mod plot;
mod timing;

use std::error::Error;
use std::fs;
use std::path::Path;

use e2e_tests::fuel::{self, Measurement, Meter};
use e2e_tests::load::{Load, NamedSettings};
use e2e_tests::{Engine, arguments, validate_payload};
use serde_json::{Value, json};

use anatomy::Parts;
use plot::Line;
use timing::{Times, times};

fn main() -> Result<(), Box<dyn Error>> {
    let [policy, no_op, named, json, plot] =
        arguments("cost POLICY NO-OP NAMED JSON PLOT (make bench)")?;
    let (policy, no_op) = (Module::load(&policy)?, Module::load(&no_op)?);
    let mut rows = Vec::new();
    println!(
        "{:<43} {:>9} {:>12} {:>6} {:>6} {:>9} {:>5} {:>9} {:>5} {:>9} {:>5}",
        "request",
        "bytes",
        "instructions",
        "/byte",
        "×no-op",
        "memory",
        "×",
        "fresh",
        "×",
        "warm",
        "×"
    );
    let mut costs_of_settings = Vec::new();
    let all_settings = NamedSettings::all()?;
    for load in Load::all()? {
        let row = Row::measure(&load, None, &policy, &no_op)?;
        println!("{}", row.line());
        if load.has_settings() {
            for settings in &all_settings {
                let with_settings = Row::measure(&load, Some(settings), &policy, &no_op)?;
                println!("{}", with_settings.line());
                costs_of_settings.push(CostOfSettings::between(&row, &with_settings, settings));
                rows.push(with_settings);
            }
        }
        rows.push(row);
    }
    println!();
    for cost in &costs_of_settings {
        println!("{}", cost.line());
    }
    let acting = acting::costs(&policy.meter)?;
    for (settings, more) in &acting {
        println!("{settings}: {more} instructions more for a finding");
    }
    let parts = [
        ("sections", anatomy::sections(&policy.bytes)?),
        ("crates", anatomy::crates(&fs::read(named)?)?),
    ];
    println!(
        "\nmodule: {} bytes (no-op: {})",
        policy.bytes.len(),
        no_op.bytes.len()
    );
    for (title, parts) in &parts {
        println!("{title}: {}", listed(parts));
    }
    let results = json!({
        "module": {"bytes": policy.bytes.len(), "no-op": no_op.bytes.len(),
            "sections": parts[0].1, "crates": parts[1].1},
        "settings": costs_of_settings.iter().map(CostOfSettings::json).collect::<Vec<_>>(),
        "acting": acting.iter().map(|(settings, more)| json!({"settings": settings,
            "instructions": more})).collect::<Vec<_>>(),
        "requests": rows.iter().map(Row::json).collect::<Vec<_>>(),
    });
    fs::write(&json, format!("{results:#}\n"))?;
    fs::write(&plot, plot::svg(&lines(&rows)))?;
    println!("\nwritten: {json}, {plot}");
    Ok(())
}

/// The instructions that settings add to a load.
struct CostOfSettings {
    name: String,
    bytes: usize,
    instructions: u64,
}

impl CostOfSettings {
    fn between(without: &Row, with: &Row, settings: &NamedSettings) -> Self {
        let (without, instructions) = (&without.policy.0, with.policy.0.instructions());
        Self {
            name: with.name.clone(),
            bytes: settings.bytes(),
            instructions: instructions.saturating_sub(without.instructions()),
        }
    }

    fn line(&self) -> String {
        let Self {
            name,
            bytes,
            instructions,
        } = self;
        let per_byte = *instructions as f64 / *bytes as f64;
        format!("{name}: {bytes} bytes, {instructions} instructions more, {per_byte:.1} a byte")
    }

    fn json(&self) -> Value {
        json!({"name": self.name, "bytes": self.bytes, "instructions": self.instructions})
    }
}

/// A module, ready to be measured.
struct Module {
    bytes: Vec<u8>,
    engine: Engine,
    meter: Meter,
}

impl Module {
    fn load(path: &str) -> Result<Self, Box<dyn Error>> {
        Ok(Self {
            bytes: fs::read(path).map_err(|error| format!("{path}: {error}"))?,
            engine: Engine::load(Path::new(path))?,
            meter: Meter::load(Path::new(path))?,
        })
    }
}

/// The cost of a request for the policy, and for the one that does nothing.
struct Row {
    name: String,
    has_finding: bool,
    has_settings: bool,
    bytes: usize,
    policy: (Measurement, Times),
    no_op: (Measurement, Times),
}

impl Row {
    fn measure(
        load: &Load,
        settings: Option<&NamedSettings>,
        policy: &Module,
        no_op: &Module,
    ) -> Result<Self, Box<dyn Error>> {
        let none = json!({});
        let value = settings.map_or(&none, |settings| &settings.value);
        let payload = validate_payload(&load.request, value);
        let cost = policy.meter.measure("validate", &payload)?;
        let response = String::from_utf8_lossy(cost.response());
        let is_silent =
            response.contains(r#""accepted":true"#) && !response.contains(r#""warnings":["#);
        if is_silent == load.has_finding {
            return Err(format!("{} is answered otherwise", load.name).into());
        }
        let floor = no_op.meter.measure("validate", &payload)?;
        let times = times(&[&policy.engine, &no_op.engine], &payload)?;
        let [ours, theirs] = times.as_slice() else {
            return Err("two modules have two times".into());
        };
        let mut name = match load.has_finding {
            true => format!("{}, a finding", load.name),
            false => load.name.to_owned(),
        };
        if let Some(settings) = settings {
            name = format!("{name}, {}", settings.name);
        }
        Ok(Self {
            name,
            has_finding: load.has_finding,
            has_settings: settings.is_some(),
            bytes: payload.len(),
            policy: (cost, *ours),
            no_op: (floor, *theirs),
        })
    }

    fn per_byte(&self) -> f64 {
        self.policy.0.instructions() as f64 / self.bytes as f64
    }

    /// Ratios to the policy that does nothing: instructions, memory, fresh, warm.
    fn ratios(&self) -> [f64; 4] {
        let ((cost, times), (floor, least)) = (&self.policy, &self.no_op);
        [
            cost.instructions() as f64 / floor.instructions() as f64,
            cost.memory() as f64 / floor.memory() as f64,
            times.fresh.as_secs_f64() / least.fresh.as_secs_f64(),
            times.warm.as_secs_f64() / least.warm.as_secs_f64(),
        ]
    }

    fn line(&self) -> String {
        let (cost, times) = &self.policy;
        let [instructions, memory, fresh, warm] = self.ratios();
        format!(
            "{:<43} {:>9} {:>12} {:>6.1} {instructions:>6.1} {:>9} {memory:>5.2} {:>6.0} µs {fresh:>5.2} {:>6.0} µs {warm:>5.2}",
            self.name,
            self.bytes,
            cost.instructions(),
            self.per_byte(),
            cost.memory(),
            times.fresh.as_secs_f64() * 1e6,
            times.warm.as_secs_f64() * 1e6,
        )
    }

    fn json(&self) -> Value {
        let of = |(cost, times): &(Measurement, Times)| {
            json!({
                "instructions": cost.instructions(),
                "memory": cost.memory(),
                "fresh_microseconds": times.fresh.as_secs_f64() * 1e6,
                "warm_microseconds": times.warm.as_secs_f64() * 1e6,
            })
        };
        json!({
            "name": self.name, "bytes": self.bytes,
            "policy": of(&self.policy), "no-op": of(&self.no_op),
        })
    }
}

fn listed(parts: &Parts) -> String {
    let listed: Vec<_> = parts
        .iter()
        .map(|(name, bytes)| format!("{name} {bytes}"))
        .collect();
    listed.join(", ")
}

/// The lines of the drawing, by the size of the payload, without settings.
fn lines(rows: &[Row]) -> Vec<Line> {
    let points = |of: fn(&Row) -> &Measurement, is_drawn: &dyn Fn(&Row) -> bool| {
        let rows = rows.iter().filter(|row| !row.has_settings && is_drawn(row));
        rows.map(|row| (row.bytes as f64, of(row).instructions() as f64))
            .collect()
    };
    let is_searched = |row: &Row| row.name.starts_with("Rollout");
    let is_created = |row: &Row| {
        let mut others = ["updated", "searched", "always pulled"].into_iter();
        !others.any(|other| row.name.contains(other))
    };
    let limit = fuel::MOST_INSTRUCTIONS as f64;
    vec![
        Line {
            name: "the limit, whatever the payload and its settings are",
            colour: "#212f3d",
            points: vec![(100.0, limit), (2_097_152.0, limit)],
        },
        Line {
            name: "a kind that is searched",
            colour: "#b9770e",
            points: points(|row| &row.policy.0, &is_searched),
        },
        Line {
            name: "a known kind, with a finding",
            colour: "#c0392b",
            points: points(|row| &row.policy.0, &|row| {
                is_created(row) && row.has_finding
            }),
        },
        Line {
            name: "a known kind, without a finding",
            colour: "#2471a3",
            points: points(|row| &row.policy.0, &|row| {
                is_created(row) && !row.has_finding
            }),
        },
        Line {
            name: "a policy that does nothing",
            colour: "#7f8c8d",
            points: points(|row| &row.no_op.0, &|row| {
                is_created(row) && !row.has_finding
            }),
        },
    ]
}
