//! Finds the tags in a text that are pinned by a digest: in references, and in fields beside each
//! other.

mod fields;
mod written;

use mutable_tags_policy::image::ImageReference;

/// A tag, and the digest that it is pinned by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Pin {
    repository: String,
    tag: String,
    digest: String,
}

impl Pin {
    /// Parses a reference with a tag and a digest.
    pub(super) fn parse(reference: &str) -> Option<Self> {
        let reference = ImageReference::try_from(reference).ok()?;
        Some(Self {
            repository: reference.repository_name(),
            tag: reference.tag()?.as_str().to_owned(),
            digest: reference.digest()?.as_str().to_owned(),
        })
    }

    /// The normalised name of the repository: `docker.io/library/nginx`.
    pub(super) fn repository(&self) -> &str {
        &self.repository
    }

    pub(super) fn tag(&self) -> &str {
        &self.tag
    }

    pub(super) fn digest(&self) -> &str {
        &self.digest
    }
}

/// The pins of a text, sorted, each once.
pub(super) fn pins_in(text: &str) -> Vec<Pin> {
    // Most changes of a history are of other files.
    if !["sha", "igest"].iter().any(|name| text.contains(name)) {
        return Vec::new();
    }
    let references = text.lines().flat_map(written::references_in);
    let mut pins: Vec<_> = references.chain(fields::joined_in(text)).collect();
    pins.sort_unstable();
    pins.dedup();
    pins
}

#[cfg(test)]
mod tests {
    use super::Pin;

    const HEX: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    /// A text with a digest in place of each `HEX`.
    pub(super) fn with_hex(text: &str) -> String {
        text.replace("HEX", HEX)
    }

    pub(super) fn names(pins: impl Iterator<Item = Pin>) -> Vec<String> {
        pins.map(|pin| format!("{}:{}", pin.repository(), pin.tag()))
            .collect()
    }
}
