//! What an update does to an image.

/// What an update does to an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateEffect {
    /// The update adds or changes it, or there is no old object to compare with.
    Added,
    /// The update leaves it alone, so that nothing is pulled.
    Unchanged,
    /// The update leaves the image alone, and starts its Pods again.
    Restarted,
}
