//! References that an object writes in several fields, as charts and operators do.

use super::image_location::Part;
use crate::image::{ImageReference, is_domain_like};

/// The fields of a reference. What is empty is left out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts<'a> {
    pub(super) registry: &'a str,
    /// The path, or its beginning where `image` is given too.
    pub(super) repository: &'a str,
    pub(super) image: &'a str,
    /// A tag. Some operators take a digest here too.
    pub(super) tag: &'a str,
    pub(super) digest: &'a str,
}

impl<'a> Parts<'a> {
    /// Sets a part, unless the text is empty.
    pub(super) const fn set(&mut self, part: Part, text: &'a str) {
        if text.is_empty() {
            return;
        }
        *match part {
            Part::Registry => &mut self.registry,
            Part::Repository => &mut self.repository,
            Part::Image => &mut self.image,
            Part::Tag => &mut self.tag,
            Part::Digest => &mut self.digest,
        } = text;
    }

    /// Whether neither a repository nor an image is there.
    pub(super) const fn is_nameless(&self) -> bool {
        self.repository.is_empty() && self.image.is_empty()
    }

    /// The text that the parts make together, which need not be a reference.
    pub(super) fn join(&self) -> String {
        let mut joined = self.image.to_owned();
        for prefix in [self.repository, self.registry] {
            let prefix = prefix.trim_end_matches('/');
            if joined.is_empty() {
                joined = prefix.to_owned();
            } else if !prefix.is_empty() && !has_registry(&joined) {
                joined = format!("{prefix}/{joined}");
            }
        }
        if !has_no_tag_or_digest(&joined) {
            return joined;
        }
        let (tag, digest) = match is_digest(self.tag) {
            true => ("", self.tag),
            false => (self.tag, self.digest),
        };
        for (separator, part) in [(':', tag), ('@', digest)] {
            if !part.is_empty() {
                joined.push(separator);
                // Some operators leave out the algorithm of a digest.
                if separator == '@' && !part.contains(':') {
                    joined.push_str("sha256:");
                }
                // A tag cannot have a plus sign: tools that make a tag of a version write a hyphen.
                joined.push_str(&part.replace('+', "-"));
            }
        }
        joined
    }
}

/// Whether a text is a reference with neither a tag nor a digest.
pub(super) fn has_no_tag_or_digest(image: &str) -> bool {
    ImageReference::try_from(image)
        .is_ok_and(|image| image.tag().is_none() && image.digest().is_none())
}

/// Whether a name begins with a registry, so no other one belongs in front of it.
pub(super) fn has_registry(name: &str) -> bool {
    name.split_once('/')
        .is_some_and(|(first, _)| is_domain_like(first))
}

fn is_digest(text: &str) -> bool {
    text.starts_with("sha256:")
}

#[cfg(test)]
mod tests {
    // `#[test]` is an alias, so that these tests run natively and, for wasm32, under Node.
    #[cfg(not(target_arch = "wasm32"))]
    use core::prelude::v1::test;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::Parts;

    const DIGEST: &str = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    #[test]
    fn joins_what_is_there() {
        let pinned = format!("hub.example/a@{DIGEST}");
        for (registry, repository, image, tag, digest, joined) in [
            ("", "hub.example/a", "", "v1", "", "hub.example/a:v1"),
            ("hub.example", "a/b", "", "v1", "", "hub.example/a/b:v1"),
            ("hub.example/", "a", "", "", "", "hub.example/a"),
            ("hub.example/b", "", "a", "1", "", "hub.example/b/a:1"),
            ("", "hub.example/b", "a", "1", "", "hub.example/b/a:1"),
            ("", "acme/shop", "hub.example/a", "", "", "hub.example/a"),
            (
                "other.example",
                "hub.example/a",
                "",
                "v1",
                "",
                "hub.example/a:v1",
            ),
            ("", "hub.example/a", "", DIGEST, "", pinned.as_str()),
            ("", "hub.example/a", "", "", DIGEST, pinned.as_str()),
            (
                "",
                "hub.example/a",
                "",
                "v1+k3s1",
                "",
                "hub.example/a:v1-k3s1",
            ),
            ("", "hub.example/a:v2", "", "v1", "", "hub.example/a:v2"),
            ("", "", "", "", "", ""),
        ] {
            let parts = Parts {
                registry,
                repository,
                image,
                tag,
                digest,
            };
            assert_eq!(parts.join(), joined, "{parts:?}");
        }
    }
}
