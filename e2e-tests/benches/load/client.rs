//! Clients that ask policy-server again and again, and wait for each answer.

use std::thread;
use std::time::{Duration, Instant};

use e2e_tests::load::Load;
use e2e_tests::review::{Decision, decision, review};

use crate::connection::{Answer, Connection, post};

/// A client with a connection of its own.
pub(crate) struct Client {
    uid: String,
    connection: Connection,
}

/// A question to a policy, with the request that each client sends.
pub(crate) struct Question {
    label: String,
    expected: Decision,
    requests: Vec<Vec<u8>>,
}

/// The answers of a turn.
pub(crate) struct Answers {
    /// The number of answers per second.
    pub(crate) rate: f64,
    /// The time that each answer took.
    pub(crate) latencies: Vec<Duration>,
}

impl Client {
    pub(crate) fn open(number: u32, port: u16) -> Result<Self, String> {
        Ok(Self {
            uid: format!("00000000-0000-4000-8000-{number:012}"),
            connection: Connection::open(port)
                .map_err(|error| format!("policy-server accepts no connection: {error}"))?,
        })
    }

    /// Asks until `duration` is over, at least once.
    fn ask(
        &mut self,
        question: &Question,
        request: &[u8],
        duration: Duration,
    ) -> Result<Answers, String> {
        let mut latencies = Vec::new();
        let start = Instant::now();
        loop {
            let asked = Instant::now();
            let answer = self.connection.exchange(request);
            latencies.push(asked.elapsed());
            let answer = answer.map_err(|error| format!("{}: {error}", question.label))?;
            question.check(&answer, &self.uid)?;
            let elapsed = start.elapsed();
            if elapsed >= duration {
                return Ok(Answers {
                    rate: latencies.len() as f64 / elapsed.as_secs_f64(),
                    latencies,
                });
            }
        }
    }
}

impl Question {
    pub(crate) fn new(clients: &[Client], policy: &str, load: &Load, expected: Decision) -> Self {
        let path = format!("/validate/{policy}");
        let request = |client: &Client| {
            let review = review(&load.request, &client.uid);
            post(&path, &review.to_string())
        };
        Self {
            label: format!("{policy}, {}", load.name),
            expected,
            requests: clients.iter().map(request).collect(),
        }
    }

    /// The size of the request that each client sends, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.requests.first().map_or(0, Vec::len)
    }

    fn check(&self, answer: &Answer, uid: &str) -> Result<(), String> {
        let wrong = match (answer.status, decision(&answer.body, uid)) {
            (200, Ok(decision)) if decision == self.expected => return Ok(()),
            (200, Ok(decision)) => format!("{decision:?} instead of {:?}", self.expected),
            (200, Err(error)) => error.to_string(),
            (status, _) => format!("HTTP {status}"),
        };
        Err(format!(
            "{}: {wrong}. The answer is: {}",
            self.label,
            String::from_utf8_lossy(&answer.body)
        ))
    }
}

/// Lets all clients ask at the same time.
pub(crate) fn ask(
    clients: &mut [Client],
    question: &Question,
    duration: Duration,
) -> Result<Answers, String> {
    let answers: Vec<Answers> = thread::scope(|scope| {
        let threads: Vec<_> = clients
            .iter_mut()
            .zip(&question.requests)
            .map(|(client, request)| scope.spawn(move || client.ask(question, request, duration)))
            .collect();
        let joined = threads.into_iter().map(|thread| {
            let answers = thread.join();
            answers.unwrap_or_else(|_| Err("a client panicked".to_owned()))
        });
        joined.collect::<Result<_, _>>()
    })?;
    Ok(Answers {
        rate: answers.iter().map(|answers| answers.rate).sum(),
        latencies: answers
            .into_iter()
            .flat_map(|answers| answers.latencies)
            .collect(),
    })
}
