//! Tests the main verdicts, and the findings and fields that they name.

mod controller_revisions;
mod envelopes;
mod environments;
mod exemptions;
mod findings;
mod lengths;
mod lenient;
mod mirror_pods;
mod operations;
mod pull_policies;
mod quoting;
mod registries;
mod shapes;
mod tags;
mod unreadable;
mod variables;
mod visibility;
