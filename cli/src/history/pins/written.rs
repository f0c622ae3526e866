//! References with a tag and a digest, as they stand in any text.

use super::Pin;

/// The algorithms of digests.
const ALGORITHMS: [&str; 3] = ["sha256:", "sha384:", "sha512:"];

/// The pins of a line: `repository:tag@sha256:…`.
pub(super) fn references_in(line: &str) -> impl Iterator<Item = Pin> {
    let signs = line.match_indices('@');
    signs.filter_map(|(at, _)| {
        let (before, rest) = line.split_at_checked(at)?;
        let digest = rest.strip_prefix('@')?;
        if !ALGORITHMS.iter().any(|name| digest.starts_with(name)) {
            return None;
        }
        let is_outside = |c: char| !(c.is_ascii_alphanumeric() || c == ':');
        let digest = digest.split(is_outside).next()?;
        Pin::parse(&format!("{}@{digest}", name_before(before)?))
    })
}

/// The name and the tag at the end of a text; `None` where a placeholder stands in front of them.
fn name_before(text: &str) -> Option<&str> {
    let is_outside = |c: char| !(c.is_ascii_alphanumeric() || "._-/:".contains(c));
    let name = text.rsplit(is_outside).next()?;
    let front = text.strip_suffix(name)?;
    if front.ends_with(['}', ')', '$', '%', '>']) {
        return None;
    }
    // As in `docker://nginx:1.27.3`.
    Some(name.rsplit_once("://").map_or(name, |(_, name)| name))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{names, with_hex};
    use super::*;

    fn found(line: &str) -> Vec<String> {
        names(references_in(&with_hex(line)))
    }

    #[test]
    fn finds_references_in_any_text() {
        for (line, expected) in [
            (
                "  image: nginx:1.27.3@sha256:HEX",
                "docker.io/library/nginx:1.27.3",
            ),
            (
                "FROM golang:1.23@sha256:HEX AS build",
                "docker.io/library/golang:1.23",
            ),
            (
                "\"image\": \"ghcr.io/acme/app:v1@sha256:HEX\",",
                "ghcr.io/acme/app:v1",
            ),
            (
                "- --image=quay.io/acme/app:v1@sha256:HEX",
                "quay.io/acme/app:v1",
            ),
            (
                "uses: docker://acme/app:v1@sha256:HEX",
                "docker.io/acme/app:v1",
            ),
            (
                "see (localhost:5000/app:v1@sha256:HEX).",
                "localhost:5000/app:v1",
            ),
            (
                "index.docker.io/library/nginx:1@sha256:HEX",
                "docker.io/library/nginx:1",
            ),
        ] {
            assert_eq!(found(line), [expected], "{line}");
        }
    }

    #[test]
    fn finds_every_reference_of_a_line() {
        let line = "a:1@sha256:HEX,b:2@sha256:HEX";
        assert_eq!(
            found(line),
            ["docker.io/library/a:1", "docker.io/library/b:2"]
        );
    }

    #[test]
    fn takes_nothing_else_for_a_pin() {
        for line in [
            "image: nginx@sha256:HEX",
            "image: nginx:1.27.3",
            "tag: 1.27.3@sha256:HEX",
            "image: nginx:1.27.3@sha256:HEXa",
            "image: nginx:1.27.3@sha256:abc",
            "image: $(REGISTRY)/nginx:1.27.3@sha256:HEX",
            "image: ${REGISTRY}nginx:1.27.3@sha256:HEX",
            "image: $IMAGE:1.27.3@sha256:HEX",
            "image: {{ registry }}app:1.27.3@sha256:HEX",
            "image: nginx:${TAG}@sha256:HEX",
            "mail@example.com",
            "@",
        ] {
            assert_eq!(found(line), [""; 0], "{line}");
        }
    }
}
