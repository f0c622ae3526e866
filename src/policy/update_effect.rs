//! The effect of an update on an image.

/// The effect of an update on an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateEffect {
    /// The update adds or changes the image or its effective pull policy, or nothing is known of
    /// how it was before.
    Added,
    /// The update leaves the image and its Pods alone, so that nothing is pulled.
    Unchanged,
    /// The update leaves the image alone, but restarts its Pods, which pull again.
    Restarted,
}
