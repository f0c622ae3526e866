//! The tag of a reference.

use super::reference_error::DecodeErrorKind;

/// `[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}`, as distribution/reference and the OCI
/// distribution specification have it.
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
    /// What a container runtime pulls where a reference has neither tag nor digest.
    pub const LATEST: Tag<'static> = Tag("latest");

    const MAX_LENGTH: usize = 128;

    /// Parses a whole tag; an error comes with the number of characters before it.
    pub(super) fn parse(written: &'a str) -> Result<Self, (DecodeErrorKind, usize)> {
        if written.is_empty() {
            return Err((DecodeErrorKind::Empty, 0));
        }
        for (index, byte) in written.bytes().enumerate() {
            let fits = match byte {
                b'.' | b'-' => index > 0,
                _ => byte.is_ascii_alphanumeric() || byte == b'_',
            };
            if !fits {
                return Err((DecodeErrorKind::unexpected(written, index), index));
            }
        }
        if written.len() > Self::MAX_LENGTH {
            return Err((DecodeErrorKind::TooLong(Self::MAX_LENGTH), Self::MAX_LENGTH));
        }
        Ok(Self(written))
    }

    /// The tag, as written.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.0
    }

    /// Whether this is `latest`, in exactly this spelling: tags know case.
    #[must_use]
    pub fn is_latest(&self) -> bool {
        self.0 == Tag::LATEST.0
    }
}
