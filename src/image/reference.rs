//! Parses image references by the grammar of distribution/reference.

use std::fmt;

use super::domain::{check_domain, is_underscored};
use super::reference_error::{PartError, ReferenceError, ReferenceErrorKind, ReferencePart};
use super::registry::{DEFAULT_REGISTRY, LIBRARY, Registry};
use super::repository_path::check_path;
use super::{Digest, Tag};

/// A former name of the default registry, which distribution/reference still replaces.
const LEGACY_REGISTRY: &str = "index.docker.io";
/// `RepositoryNameTotalLengthMax` of distribution/reference, in characters. The limit
/// applies to the path, `library/` included, and not to the domain.
const MAX_REPOSITORY: usize = 255;

/// `[domain "/"] path [":" tag] ["@" digest]`.
///
/// The domain is a host name, an IPv4 address, a bracketed IPv6 address, or `localhost`,
/// with an optional port. An implied `latest` is not a tag here: the reference stays as
/// it was written.
///
/// ```
/// use mutable_tags_policy::image::ImageReference;
///
/// let reference = ImageReference::try_from("nginx").unwrap();
/// assert_eq!(reference.registry(), "docker.io");
/// assert_eq!(reference.repository().to_string(), "library/nginx");
/// assert_eq!(reference.tag(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageReference<'a> {
    written: &'a str,
    registry: &'a str,
    repository: Repository<'a>,
    tag: Option<Tag<'a>>,
    digest: Option<Digest<'a>>,
}

impl<'a> ImageReference<'a> {
    /// The registry's domain; `docker.io` for a reference without one.
    #[must_use]
    pub const fn registry(&self) -> &'a str {
        self.registry
    }

    #[must_use]
    pub const fn repository(&self) -> Repository<'a> {
        self.repository
    }

    /// The tag as written; see [`Self::effective_tag`] for the implied one.
    #[must_use]
    pub const fn tag(&self) -> Option<Tag<'a>> {
        self.tag
    }

    #[must_use]
    pub const fn digest(&self) -> Option<Digest<'a>> {
        self.digest
    }

    /// The normalised name: registry, repository and effective tag. Two references to the
    /// same image have the same name, however each is spelt.
    #[must_use]
    pub fn name(&self) -> String {
        let repository = self.repository_name();
        match self.effective_tag() {
            Some(tag) => format!("{repository}:{}", tag.as_str()),
            None => repository,
        }
    }

    /// The normalised name of the repository, with its registry: `docker.io/library/nginx`.
    #[must_use]
    pub fn repository_name(&self) -> String {
        let registry = Registry::of(self.registry);
        let path = self.repository.path;
        // Not `format!`, which would cost more than the rest. This runs for every judged image.
        let (suffix, prefix) = (registry.suffix(self.registry), registry.prefix_of(path));
        [&registry.name(), suffix, "/", prefix, path].concat()
    }

    /// The tag that the kubelet uses: the written one, or `latest` for a reference with
    /// neither tag nor digest (`ParseImageName` of Kubernetes' `pkg/util/parsers`).
    #[must_use]
    pub fn effective_tag(&self) -> Option<Tag<'a>> {
        match (self.tag, self.digest) {
            (None, None) => Some(Tag::LATEST),
            (tag, _) => tag,
        }
    }
}

impl fmt::Display for ImageReference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.written)
    }
}

/// The path of a repository within its registry. `Display` adds the `library/` that the
/// default registry implies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repository<'a> {
    in_library: bool,
    path: &'a str,
}

impl<'a> Repository<'a> {
    /// The path as written, without an implied `library/`.
    pub(crate) const fn path(&self) -> &'a str {
        self.path
    }
}

impl fmt::Display for Repository<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.in_library { LIBRARY } else { "" })?;
        f.write_str(self.path)
    }
}

impl<'a> TryFrom<&'a str> for ImageReference<'a> {
    type Error = ReferenceError;

    fn try_from(written: &'a str) -> Result<Self, ReferenceError> {
        if is_image_id(written) {
            let part = ReferencePart::Repository;
            return Err(ReferenceError::new(part, ReferenceErrorKind::ImageId, 0));
        }
        if let Some(scheme) = scheme_length(written) {
            let part = ReferencePart::Domain;
            return Err(ReferenceError::new(
                part,
                ReferenceErrorKind::Scheme,
                scheme,
            ));
        }
        let (domain, rest) = split_domain(written);
        let (name, digest) = split_optional(rest, '@');
        let (path, tag) = split_optional(name, ':');

        let mut parser = PartParser::default();
        if let Some(domain) = domain {
            parser.parse(ReferencePart::Domain, domain, check_domain)?;
        }
        let registry = match domain {
            None | Some(LEGACY_REGISTRY) => DEFAULT_REGISTRY,
            Some(domain) => domain,
        };
        let in_library = registry == DEFAULT_REGISTRY && !path.contains('/');
        let repository = parser.parse(ReferencePart::Repository, path, |path| {
            check_path(path)?;
            let before = match domain {
                // To the grammar, such a registry is the first component of the path.
                Some(domain) if is_underscored(domain) => domain.len() + 1,
                _ if in_library => LIBRARY.len(),
                _ => 0,
            };
            if before + path.len() > MAX_REPOSITORY {
                return Err((ReferenceErrorKind::TooLong(MAX_REPOSITORY), MAX_REPOSITORY));
            }
            Ok(Repository { in_library, path })
        })?;
        let tag = tag
            .map(|tag| parser.parse(ReferencePart::Tag, tag, Tag::parse))
            .transpose()?;
        let digest = digest
            .map(|digest| parser.parse(ReferencePart::Digest, digest, Digest::parse))
            .transpose()?;
        Ok(Self {
            written,
            registry,
            repository,
            tag,
            digest,
        })
    }
}

/// Parses the parts of a reference in order, and counts characters for the errors.
#[derive(Default)]
struct PartParser {
    /// The characters before the next part, separators included.
    consumed: usize,
}

impl PartParser {
    fn parse<'a, T>(
        &mut self,
        part: ReferencePart,
        written: &'a str,
        parse: impl FnOnce(&'a str) -> Result<T, PartError>,
    ) -> Result<T, ReferenceError> {
        let parsed = parse(written)
            .map_err(|(kind, before)| ReferenceError::new(part, kind, self.consumed + before))?;
        // Every valid part is ASCII, so a byte is a character. One separator follows.
        self.consumed += written.len() + 1;
        Ok(parsed)
    }
}

/// `splitDockerDomain` of distribution/reference: the text before the first `/` is a
/// domain if it could not be a path component.
fn split_domain(written: &str) -> (Option<&str>, &str) {
    match written.split_once('/') {
        Some((first, rest)) if is_domain_like(first) => (Some(first), rest),
        _ => (None, written),
    }
}

/// Whether the first component of a name is read as a domain. Only ASCII letters are
/// looked at: others are allowed neither in a domain nor in a path.
pub fn is_domain_like(first: &str) -> bool {
    first == "localhost"
        || first
            .bytes()
            .any(|b| matches!(b, b'.' | b':' | b'A'..=b'Z'))
}

fn split_optional(written: &str, separator: char) -> (&str, Option<&str>) {
    match written.split_once(separator) {
        Some((head, tail)) => (head, Some(tail)),
        None => (written, None),
    }
}

/// A text without the scheme of a tool that copies images.
pub(crate) fn without_scheme(written: &str) -> &str {
    let schemes = ["docker://", "oci://"];
    let mut without = schemes
        .iter()
        .filter_map(|scheme| written.strip_prefix(scheme));
    without.next().unwrap_or(written)
}

/// The length of a URL's scheme, such as `https`; `None` without one.
fn scheme_length(written: &str) -> Option<usize> {
    let (scheme, rest) = written.split_once(':')?;
    let is_in_scheme = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.');
    (rest.starts_with("//") && !scheme.is_empty() && scheme.bytes().all(is_in_scheme))
        .then_some(scheme.len())
}

/// Whether container runtimes would take the text for the ID of an image, which is 64
/// lower-case hexadecimal characters.
fn is_image_id(written: &str) -> bool {
    written.len() == 64
        && written
            .bytes()
            .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
