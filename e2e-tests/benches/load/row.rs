//! The figures of a request, for each policy.

use std::time::Duration;

use e2e_tests::Sample;
use serde_json::{Value, json};

use crate::client::Answers;

/// The measurements of a policy in its turns.
#[derive(Default)]
pub(crate) struct Figures {
    rates: Vec<f64>,
    latencies: Vec<Duration>,
    /// The CPU time of the server in each turn; `None` if the system does not report it.
    cpu_time: Vec<Option<Duration>>,
}

impl Figures {
    pub(crate) fn push(&mut self, answers: Answers, cpu_time: Option<Duration>) {
        self.rates.push(answers.rate);
        self.latencies.extend(answers.latencies);
        self.cpu_time.push(cpu_time);
    }
}

/// The figures of a policy for the report, with times in milliseconds.
struct Summary {
    rates: Vec<f64>,
    rate: f64,
    p50: f64,
    p99: f64,
    /// The CPU time of the server per request; `None` if the system does not report it.
    cpu_time: Option<f64>,
}

impl Summary {
    fn new(figures: Figures) -> Self {
        let answers = figures.latencies.len() as f64;
        let cpu_time: Option<Duration> = figures.cpu_time.into_iter().sum();
        let latencies = Sample::new(figures.latencies);
        let milliseconds = |duration: Duration| duration.as_secs_f64() * 1e3;
        Self {
            rate: Sample::new(figures.rates.clone()).median(),
            rates: figures.rates,
            p50: milliseconds(latencies.median()),
            p99: milliseconds(latencies.percentile(99)),
            cpu_time: cpu_time.map(|cpu_time| milliseconds(cpu_time) / answers),
        }
    }

    fn json(&self) -> Value {
        json!({
            "requests_per_second": self.rate,
            "p50_milliseconds": self.p50,
            "p99_milliseconds": self.p99,
            "server_milliseconds": self.cpu_time,
            "turns": self.rates,
        })
    }
}

/// A request, with the figures of both policies.
pub(crate) struct Row {
    name: String,
    bytes: usize,
    policy: Summary,
    no_op: Summary,
    ratios: Sample<f64>,
}

impl Row {
    /// The n-th turns of both policies are compared with each other.
    pub(crate) fn new(name: String, bytes: usize, policy: Figures, no_op: Figures) -> Self {
        let (policy, no_op) = (Summary::new(policy), Summary::new(no_op));
        let rates = policy.rates.iter().zip(&no_op.rates);
        let ratios = Sample::new(rates.map(|(ours, theirs)| ours / theirs).collect());
        Self {
            name,
            bytes,
            policy,
            no_op,
            ratios,
        }
    }

    pub(crate) fn head() -> String {
        let pairs = ["p50", "p99", "server"]
            .map(|name| format!("{name:>10} {:>10} {:>5}", "no-op", "×"))
            .join(" ");
        format!(
            "{:<53} {:>8} {:>10} {:>7} {:>5} {:>11} {pairs}",
            "request", "bytes", "requests/s", "no-op", "×", "half within",
        )
    }

    pub(crate) fn line(&self) -> String {
        let (ours, theirs) = (&self.policy, &self.no_op);
        let pairs = [
            (Some(ours.p50), Some(theirs.p50)),
            (Some(ours.p99), Some(theirs.p99)),
            (ours.cpu_time, theirs.cpu_time),
        ]
        .map(|(ours, theirs)| match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                format!("{ours:>7.2} ms {theirs:>7.2} ms {:>5.2}", ours / theirs)
            }
            _ => format!("{:>10} {:>10} {:>5}", "–", "–", "–"),
        })
        .join(" ");
        format!(
            "{:<53} {:>8} {:>10.0} {:>7.0} {:>5.2} {:>6.2}–{:.2} {pairs}",
            self.name,
            self.bytes,
            ours.rate,
            theirs.rate,
            self.ratios.median(),
            self.ratios.percentile(25),
            self.ratios.percentile(75),
        )
    }

    pub(crate) fn json(&self) -> Value {
        json!({
            "name": self.name,
            "bytes": self.bytes,
            "policy": self.policy.json(),
            "no-op": self.no_op.json(),
            "ratio": {
                "median": self.ratios.median(),
                "quartiles": [self.ratios.percentile(25), self.ratios.percentile(75)],
            },
        })
    }
}
