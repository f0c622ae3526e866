//! Parsing of image references, by the grammar of distribution/reference.

use std::fmt;

use super::cut::cut_at_first;
use super::domain::check_domain;
use super::reference_error::{DecodeErrorKind, ReferenceError, ReferencePart};
use super::registry::{DEFAULT_REGISTRY, LIBRARY, Registry};
use super::{Digest, Tag};

/// An older name of the default registry, which stands for it.
const LEGACY_REGISTRY: &str = "index.docker.io";
/// `RepositoryNameTotalLengthMax` of distribution/reference: of the path, with
/// `library/`, without the domain.
const MAX_REPOSITORY: usize = 255;

/// `[domain "/"] path [":" tag] ["@" digest]`.
///
/// The domain is a host name, an IPv4 or a bracketed IPv6 address, or
/// `localhost`, with an optional port. What was written is kept: an implied
/// `latest` is no tag here.
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
    /// The registry's domain, `docker.io` where none or its older name is written.
    #[must_use]
    pub const fn registry(&self) -> &'a str {
        self.registry
    }

    /// The repository's path within the registry.
    #[must_use]
    pub const fn repository(&self) -> Repository<'a> {
        self.repository
    }

    /// The tag, if one is written.
    #[must_use]
    pub const fn tag(&self) -> Option<Tag<'a>> {
        self.tag
    }

    /// The digest, if one is written.
    #[must_use]
    pub const fn digest(&self) -> Option<Digest<'a>> {
        self.digest
    }

    /// What its tag names, in one form however it is written: registry, repository,
    /// and the tag that decides. Without a tag that does, the repository alone.
    pub(crate) fn name(&self) -> String {
        let registry = Registry::of(self.registry);
        let suffix = registry.suffix(self.registry);
        let path = self.repository.path;
        let prefix = registry.prefix_of(path);
        match self.effective_tag() {
            Some(tag) => format!("{registry}{suffix}/{prefix}{path}:{}", tag.as_str()),
            None => format!("{registry}{suffix}/{prefix}{path}"),
        }
    }

    /// The tag that decides: the written one, else `latest` where there is no
    /// digest either (`ParseImageName` of Kubernetes' `pkg/util/parsers`).
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

/// The path of a repository within its registry; displays with `library/` where
/// the default registry implies it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repository<'a> {
    in_library: bool,
    path: &'a str,
}

impl<'a> Repository<'a> {
    /// What goes before the path as it is written.
    const fn prefix(&self) -> &'static str {
        if self.in_library { LIBRARY } else { "" }
    }

    /// The path as it is written.
    pub(crate) const fn path(&self) -> &'a str {
        self.path
    }
}

impl fmt::Display for Repository<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.prefix())?;
        f.write_str(self.path)
    }
}

impl<'a> TryFrom<&'a str> for ImageReference<'a> {
    type Error = ReferenceError;

    fn try_from(written: &'a str) -> Result<Self, ReferenceError> {
        if is_image_id(written) {
            let part = ReferencePart::Repository;
            return Err(ReferenceError::new(part, DecodeErrorKind::ImageId, 0));
        }
        let (domain, rest) = split_domain(written);
        let (named, digest) = split_off(rest, b'@');
        let (path, tag) = split_off(named, b':');

        let mut place = Place::default();
        if let Some(domain) = domain {
            place.parse(ReferencePart::Domain, domain, check_domain)?;
        }
        let registry = match domain {
            None | Some(LEGACY_REGISTRY) => DEFAULT_REGISTRY,
            Some(domain) => domain,
        };
        let in_library = registry == DEFAULT_REGISTRY && !path.bytes().any(|b| b == b'/');
        let repository = place.parse(ReferencePart::Repository, path, |path| {
            check_path(path)?;
            let implied = if in_library { LIBRARY.len() } else { 0 };
            if path.len() + implied > MAX_REPOSITORY {
                return Err((DecodeErrorKind::TooLong(MAX_REPOSITORY), MAX_REPOSITORY));
            }
            Ok(Repository { in_library, path })
        })?;
        let tag = tag
            .map(|tag| place.parse(ReferencePart::Tag, tag, Tag::parse))
            .transpose()?;
        let digest = digest
            .map(|digest| place.parse(ReferencePart::Digest, digest, Digest::parse))
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

/// How many characters of the reference are parsed already.
#[derive(Default)]
struct Place(usize);

impl Place {
    /// Parses the next part and steps over it and the one separator behind it.
    fn parse<'a, T>(
        &mut self,
        part: ReferencePart,
        written: &'a str,
        parse: impl FnOnce(&'a str) -> Result<T, (DecodeErrorKind, usize)>,
    ) -> Result<T, ReferenceError> {
        let parsed = parse(written)
            .map_err(|(fault, before)| ReferenceError::new(part, fault, self.0 + before))?;
        // What is parsed is ASCII: a byte is a character.
        self.0 += written.len() + 1;
        Ok(parsed)
    }
}

/// `splitDockerDomain` of distribution/reference: what stands before the first
/// `/` is a domain if it could not be a path component.
fn split_domain(written: &str) -> (Option<&str>, &str) {
    match cut_at_first(written, b'/') {
        Some((first, rest)) if is_domain_like(first) => (Some(first), rest),
        _ => (None, written),
    }
}

/// Whether a first component is read as a domain. What is not ASCII can stand in
/// neither: it is not told apart which letters of other alphabets are upper-case.
pub(crate) fn is_domain_like(first: &str) -> bool {
    first == "localhost"
        || first
            .bytes()
            .any(|b| matches!(b, b'.' | b':' | b'A'..=b'Z'))
}

fn split_off(written: &str, separator: u8) -> (&str, Option<&str>) {
    match cut_at_first(written, separator) {
        Some((head, tail)) => (head, Some(tail)),
        None => (written, None),
    }
}

/// 64 lower-case hexadecimal characters, which container runtimes take for the
/// ID of an image.
fn is_image_id(written: &str) -> bool {
    written.len() == 64
        && written
            .bytes()
            .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// What stands before a character of a path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Start,
    Alphanumeric,
    Dot,
    Underscore,
    TwoUnderscores,
    Hyphens,
}

/// Components of lower-case letters and digits, between which one dot, one or two
/// underscores, or any number of hyphens may stand.
fn check_path(path: &str) -> Result<(), (DecodeErrorKind, usize)> {
    if path.is_empty() {
        return Err((DecodeErrorKind::Empty, 0));
    }
    let mut before = Before::Start;
    for (index, byte) in path.bytes().enumerate() {
        before = match (before, byte) {
            (_, b'a'..=b'z' | b'0'..=b'9') => Before::Alphanumeric,
            (Before::Alphanumeric, b'/') => Before::Start,
            (Before::Alphanumeric, b'.') => Before::Dot,
            (Before::Alphanumeric, b'_') => Before::Underscore,
            (Before::Underscore, b'_') => Before::TwoUnderscores,
            (Before::Alphanumeric | Before::Hyphens, b'-') => Before::Hyphens,
            _ => {
                return Err((
                    DecodeErrorKind::unexpected_in_lower_case(path, index),
                    index,
                ));
            }
        };
    }
    if before == Before::Alphanumeric {
        Ok(())
    } else {
        Err((DecodeErrorKind::UnexpectedEnd, path.len()))
    }
}
