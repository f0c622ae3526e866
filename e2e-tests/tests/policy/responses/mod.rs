//! The whole answers of the main verdicts.

mod environments;
mod exemptions;
mod findings;
mod lenient;
mod mirror_pods;
mod operations;
mod pull_policies;
mod quoting;
mod tags;
mod unreadable;
mod variables;
