//! What a view knows of a field before it reads it.

/// A field that a view reads.
#[derive(Clone, Copy)]
pub(crate) struct Known {
    /// Its name; nothing where it is called as the key is.
    pub(super) name: Option<&'static str>,
    /// Its place among those of the view that may stand only once.
    pub(super) bit: u32,
}

impl Known {
    /// Looks a key up in a short list of names.
    pub(crate) fn among(key: &str, names: &[&'static str]) -> Option<Self> {
        names
            .iter()
            .zip(0..u32::BITS)
            .find(|(name, _)| **name == key)
            .map(|(name, position)| Self {
                name: Some(name),
                bit: 1 << position,
            })
    }

    /// A field in its place among those that may stand only once.
    pub(in crate::workload) const fn at(position: u32, name: &'static str) -> Self {
        Self {
            name: Some(name),
            bit: 1 << position,
        }
    }

    /// A field beside those of another view.
    pub(in crate::workload) const fn beside(name: &'static str) -> Self {
        Self {
            name: Some(name),
            bit: 1 << (u32::BITS - 1),
        }
    }

    /// A field that is called as its key is, and of which it is not seen here how
    /// often it stands.
    pub(in crate::workload) const fn as_written() -> Self {
        Self { name: None, bit: 0 }
    }
}
