//! The tag of a reference.

use super::reference_error::{PartError, ReferenceErrorKind};

/// `[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}`, the grammar of distribution/reference and of the
/// OCI distribution specification.
///
/// ```
/// use mutable_tags_policy::image::ImageReference;
///
/// let reference = ImageReference::try_from("nginx:1.27").unwrap();
/// assert_eq!(reference.tag().unwrap().as_str(), "1.27");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'a>(&'a str);

impl<'a> Tag<'a> {
    /// The tag that container runtimes pull for a reference with neither tag nor digest.
    pub const LATEST: Tag<'static> = Tag("latest");

    const MAX_LENGTH: usize = 128;

    pub(super) fn parse(written: &'a str) -> Result<Self, PartError> {
        if written.is_empty() {
            return Err((ReferenceErrorKind::Empty, 0));
        }
        if is_exponential(written) {
            return Err((ReferenceErrorKind::Number, 0));
        }
        for (index, byte) in written.bytes().enumerate() {
            let is_allowed = match byte {
                b'.' | b'-' => index > 0,
                _ => byte.is_ascii_alphanumeric() || byte == b'_',
            };
            if !is_allowed {
                return Err((ReferenceErrorKind::unexpected(written, index), index));
            }
        }
        if written.len() > Self::MAX_LENGTH {
            return Err((
                ReferenceErrorKind::TooLong(Self::MAX_LENGTH),
                Self::MAX_LENGTH,
            ));
        }
        Ok(Self(written))
    }

    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.0
    }

    /// Whether the tag is `latest`; tags are case-sensitive.
    #[must_use]
    pub fn is_latest(&self) -> bool {
        self.0 == Tag::LATEST.0
    }
}

/// Whether the text is a number as YAML writes a large one: `8.202758e+06`.
fn is_exponential(written: &str) -> bool {
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let Some((mantissa, exponent)) = written.split_once('+') else {
        return false;
    };
    let Some(mantissa) = mantissa.strip_suffix('e') else {
        return false;
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    is_number(whole) && is_number(fraction) && is_number(exponent)
}
