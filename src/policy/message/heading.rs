//! Words for the policy, the mode and its origin.

use std::fmt;

use super::shortened::without_middle;
use crate::policy::evaluation::{SelectedMode, SelectedModeOrigin};

/// The maximum length of an environment's name, in bytes.
const MAX_NAME: usize = 100;

/// Displays the policy and the mode, such as `mutable-tags (strict mode, environment
/// "production")`.
pub(super) struct Heading<'s>(pub(super) &'s SelectedMode);

impl fmt::Display for Heading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "mutable-tags ({} mode", self.0.mode.as_str())?;
        match &self.0.origin {
            SelectedModeOrigin::Environment(name) => {
                write!(f, ", environment \"{}\"", without_middle(name, MAX_NAME))?
            }
            SelectedModeOrigin::NoMatch => f.write_str(", no environment matches")?,
            SelectedModeOrigin::NoEnvironments => {}
            SelectedModeOrigin::UnknownLabels(error) => write!(
                f,
                ", the environment is unknown without the namespace's labels ({error})"
            )?,
        }
        f.write_str(")")
    }
}
