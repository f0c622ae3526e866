//! Images that an exemption accepts, which are not findings.

/// An image that an exemption of the settings accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exempted {
    /// The image as it is written.
    pub image: String,
    /// The reason that the settings give.
    pub reason: String,
}
