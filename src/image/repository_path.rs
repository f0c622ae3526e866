//! The path of a repository: components of lower-case letters and digits.

use super::reference_error::{PartError, ReferenceErrorKind};

/// The characters of a path that precede the one that is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Preceding {
    /// Nothing of this component yet.
    Start,
    Alphanumeric,
    Dot,
    Underscore,
    TwoUnderscores,
    Hyphens,
}

/// Checks the components of a path, separated by `/`. A component has runs of lower-case
/// letters and digits, separated by one dot, one or two underscores, or any number of
/// hyphens.
pub(super) fn check_path(path: &str) -> Result<(), PartError> {
    if path.is_empty() {
        return Err((ReferenceErrorKind::Empty, 0));
    }
    let mut preceding = Preceding::Start;
    for (index, byte) in path.bytes().enumerate() {
        preceding = match (preceding, byte) {
            (_, b'a'..=b'z' | b'0'..=b'9') => Preceding::Alphanumeric,
            (Preceding::Alphanumeric, b'/') => Preceding::Start,
            (Preceding::Alphanumeric, b'.') => Preceding::Dot,
            (Preceding::Alphanumeric, b'_') => Preceding::Underscore,
            (Preceding::Underscore, b'_') => Preceding::TwoUnderscores,
            (Preceding::Alphanumeric | Preceding::Hyphens, b'-') => Preceding::Hyphens,
            _ => {
                return Err((
                    ReferenceErrorKind::unexpected_in_lower_case(path, index),
                    index,
                ));
            }
        };
    }
    if preceding == Preceding::Alphanumeric {
        Ok(())
    } else {
        Err((ReferenceErrorKind::UnexpectedEnd, path.len()))
    }
}
