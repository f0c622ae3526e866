//! Measures both policies in turns.

use std::time::{Duration, Instant};

use e2e_tests::load::Load;
use e2e_tests::review::Decision;

use crate::client::{Client, Question, ask};
use crate::row::{Figures, Row};
use crate::server::Server;

pub(crate) const POLICY: &str = "policy";
pub(crate) const NO_OP: &str = "no-op";

/// The name under which the server has a policy with the settings at a position.
pub(crate) fn policy_name(policy: &str, settings: usize) -> String {
    format!("{policy}-{settings}")
}

/// The length of a turn, in which one policy is asked.
const TURN: Duration = Duration::from_millis(200);
const FEWEST_TURNS: usize = 5;

/// Clients and the server that they ask.
pub(crate) struct Turns {
    clients: Vec<Client>,
    server: Server,
}

impl Turns {
    pub(crate) fn new(server: Server, clients: u32) -> Result<Self, String> {
        let clients = (1..=clients).map(|number| Client::open(number, server.port()));
        Ok(Self {
            clients: clients.collect::<Result<_, _>>()?,
            server,
        })
    }

    /// Measures a request for about `time`, with the settings at a position.
    pub(crate) fn measure(
        &mut self,
        load: &Load,
        position: usize,
        settings: &str,
        time: Duration,
    ) -> Result<Row, String> {
        let (name, found) = match load.has_finding {
            true => (format!("{}, a finding", load.name), Decision::Rejected),
            false => (load.name.to_owned(), Decision::Allowed),
        };
        let name = format!("{name}, {settings}");
        let [policy, no_op] =
            [(POLICY, found), (NO_OP, Decision::Allowed)].map(|(policy, expected)| {
                let policy = policy_name(policy, position);
                Question::new(&self.clients, &policy, load, expected)
            });
        // The first turns are not counted: they find the server cold.
        for question in [&policy, &no_op] {
            ask(&mut self.clients, question, TURN)?;
        }
        let (mut ours, mut theirs) = (Figures::default(), Figures::default());
        let start = Instant::now();
        for turn in 0.. {
            if turn >= FEWEST_TURNS && start.elapsed() >= time {
                break;
            }
            // The policies take turns in being first, too.
            if turn % 2 == 0 {
                self.turn(&policy, &mut ours)?;
                self.turn(&no_op, &mut theirs)?;
            } else {
                self.turn(&no_op, &mut theirs)?;
                self.turn(&policy, &mut ours)?;
            }
        }
        Ok(Row::new(name, policy.bytes(), ours, theirs))
    }

    fn turn(&mut self, question: &Question, figures: &mut Figures) -> Result<(), String> {
        let before = self.server.cpu_time();
        let answers = ask(&mut self.clients, question, TURN)?;
        let after = self.server.cpu_time();
        figures.push(answers, after.and_then(|after| after.checked_sub(before?)));
        Ok(())
    }
}
