//! The table of publishers: what each is known to do with its tags can overrule a tag's shape.
//!
//! To add a publisher, add a row, and cases to `tests/cases/tags.tsv`: one whose result the row
//! changes, and one whose result it does not. docs/evidence.md says how the counts were made.

use super::shape::{self, Rule};
use super::{ImmutableReason, Mutability, MutableReason, Registry, Tag};

/// A publisher of images, and what is known of its tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publisher {
    /// Normalised names of repositories. One that ends with `/` stands for all below it.
    images: &'static [&'static str],
    practice: Practice,
    source: Source,
}

/// The practice of a publisher with tags that look as if they stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Practice {
    /// Rebuilds exact versions and builds in place. Dates stay, and so do commits, unless they
    /// only tell the version.
    Rebuilds,
    /// Rebuilds exact versions, and gives each of its builds a number that stays.
    RebuildsVersions,
    /// Rebuilds exact versions and builds, except tags with this suffix and a number after it. Such
    /// tags stay, even if a channel's word comes before the suffix.
    RebuildsUnless(&'static str),
    /// Rebuilds dates as well.
    RebuildsDatesToo,
    /// Moves no tag but `latest`.
    NeverMoves,
}

/// The source from which a practice is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The publisher says so, on this page.
    Documented(&'static str),
    /// Counted in public Git histories before 2026: exact versions and builds that were watched
    /// for 14 days or more, and how many of them moved. The same images at another registry are
    /// not counted.
    Observed { versions: u16, moved: u16 },
}

/// The row of the table for a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublisherMatch {
    pub publisher: &'static Publisher,
    /// The entry of the row's images that has the repository.
    pub images: &'static str,
    /// The name of the original, where the repository is a copy of it in a public mirror.
    pub original: Option<String>,
}

impl PublisherMatch {
    /// The row for a repository, by its normalised name, such as `docker.io/library/nginx`, or by
    /// that of a copy of it in a public mirror.
    #[must_use]
    pub fn of(repository: &str) -> Option<Self> {
        let mut mirrors = MIRRORS.iter();
        let original = mirrors.find_map(|(copy, of)| original_name(repository, copy, of));
        let repository = original.as_deref().unwrap_or(repository);
        let (publisher, images) = PUBLISHERS
            .iter()
            .find_map(|publisher| Some((publisher, publisher.entry_with(repository)?)))?;
        Some(Self {
            publisher,
            images,
            original,
        })
    }
}

impl Publisher {
    fn entry_with(&self, repository: &str) -> Option<&'static str> {
        let has = |images: &&str| match images.ends_with('/') {
            true => repository.starts_with(images),
            false => repository == *images,
        };
        self.images.iter().copied().find(has)
    }

    /// The repositories, by their normalised names. One that ends with `/` stands for all below
    /// it.
    #[must_use]
    pub const fn images(&self) -> &'static [&'static str] {
        self.images
    }

    #[must_use]
    pub const fn practice(&self) -> Practice {
        self.practice
    }

    #[must_use]
    pub const fn source(&self) -> Source {
        self.source
    }
}

/// The name of the repository that this one copies, by the prefixes of both; `None` for one that
/// is not below the prefix of the copies.
pub(crate) fn original_name(repository: &str, copy: &str, original: &str) -> Option<String> {
    let path = repository.strip_prefix(copy)?;
    let implied = Registry::of(original.trim_end_matches('/')).prefix_of(path);
    Some(format!("{original}{implied}{path}"))
}

impl Practice {
    /// The result that overrules the shape of a tag; `None` if the shape alone decides. `latest` is
    /// left to the caller.
    #[must_use]
    pub fn overrule(self, tag: Tag<'_>, shape: Rule) -> Option<Mutability> {
        use ImmutableReason::{Build, Commit, Date, Publisher, Version};
        let is_rebuilt = match (self, shape.mutability()) {
            (Self::NeverMoves, Mutability::Mutable(_)) => {
                return Some(Mutability::Immutable(Publisher));
            }
            (Self::RebuildsUnless(suffix), _) if shape::has_suffix(tag, suffix) => {
                return Some(Mutability::Immutable(Build));
            }
            (Self::NeverMoves, _) => false,
            (_, Mutability::Immutable(Version)) => true,
            (Self::RebuildsVersions, _) => false,
            (_, Mutability::Immutable(Build)) => true,
            // After this word, LinuxServer.io writes the version of the program, whatever it is.
            (Self::RebuildsUnless(_), Mutability::Immutable(Commit | Date))
                if tag.as_str().starts_with("version-") =>
            {
                true
            }
            (_, Mutability::Immutable(Commit)) => shape::has_commit_of_version(tag),
            (Self::RebuildsDatesToo, Mutability::Immutable(Date)) => true,
            _ => false,
        };
        is_rebuilt.then_some(Mutability::Mutable(MutableReason::Rebuilt))
    }
}

/// Registries that copy another one, by the prefixes of both.
const MIRRORS: &[(&str, &str)] = &[
    ("lscr.io/", "ghcr.io/"),
    ("mirror.gcr.io/", "docker.io/"),
    ("public.ecr.aws/bitnami/", "docker.io/bitnami/"),
    ("public.ecr.aws/docker/", "docker.io/"),
    ("registry.hub.docker.com/", "docker.io/"),
];

/// The publishers: first those that say what they do, then those that were observed. Where two
/// rows have a repository, the more exact one stands first.
pub const PUBLISHERS: &[Publisher] = &[
    // Docker Official Images, and the same for one platform each.
    Publisher {
        images: &[
            "docker.io/library/",
            "docker.io/amd64/",
            "docker.io/arm32v5/",
            "docker.io/arm32v6/",
            "docker.io/arm32v7/",
            "docker.io/arm64v8/",
            "docker.io/i386/",
            "docker.io/mips64le/",
            "docker.io/ppc64le/",
            "docker.io/riscv64/",
            "docker.io/s390x/",
            "docker.io/winamd64/",
        ],
        practice: Practice::Rebuilds,
        source: Source::Documented(
            "https://github.com/docker-library/official-images#library-definition-files",
        ),
    },
    // .NET Framework, whose dates tell when .NET changed and not when Windows did.
    Publisher {
        images: &["mcr.microsoft.com/dotnet/framework/"],
        practice: Practice::RebuildsDatesToo,
        source: Source::Documented(
            "https://github.com/microsoft/dotnet-framework-docker/blob/main/documentation/supported-tags.md",
        ),
    },
    // .NET
    Publisher {
        images: &["mcr.microsoft.com/dotnet/"],
        practice: Practice::Rebuilds,
        source: Source::Documented(
            "https://github.com/dotnet/dotnet-docker/blob/main/documentation/supported-tags.md",
        ),
    },
    // LinuxServer.io
    Publisher {
        images: &[
            "docker.io/linuxserver/",
            "ghcr.io/linuxserver/",
            "quay.io/linuxserver.io/",
            "registry.gitlab.com/linuxserver.io/",
        ],
        practice: Practice::RebuildsUnless("ls"),
        source: Source::Documented(
            "https://www.linuxserver.io/blog/docker-tags-so-many-tags-so-little-time",
        ),
    },
    // Bitnami. Its legacy images are frozen since 2025, and keep the tags of before.
    Publisher {
        images: &[
            "docker.io/bitnami/",
            "docker.io/bitnamilegacy/",
            "docker.io/bitnamisecure/",
        ],
        practice: Practice::RebuildsUnless("r"),
        source: Source::Documented(
            "https://docs.bitnami.com/containers/how-to/understand-rolling-tags-containers/",
        ),
    },
    // Chainguard
    Publisher {
        images: &["cgr.dev/"],
        practice: Practice::Rebuilds,
        source: Source::Documented(
            "https://github.com/chainguard-dev/edu/blob/main/content/chainguard/containers/about/versions.md",
        ),
    },
    // CloudNativePG's operands. The dated tags stay.
    Publisher {
        images: &[
            "ghcr.io/cloudnative-pg/postgis",
            "ghcr.io/cloudnative-pg/postgresql",
        ],
        practice: Practice::Rebuilds,
        source: Source::Documented("https://github.com/cloudnative-pg/postgres-containers"),
    },
    // Kubernetes. Promoted images keep their tags.
    Publisher {
        images: &["k8s.gcr.io/", "registry.k8s.io/"],
        practice: Practice::NeverMoves,
        source: Source::Documented("https://github.com/kubernetes/k8s.io/issues/3837"),
    },
    // Nodes of kind, rebuilt for its releases.
    Publisher {
        images: &["docker.io/kindest/node"],
        practice: Practice::Rebuilds,
        source: Source::Documented("https://kind.sigs.k8s.io/docs/user/quick-start/"),
    },
    // NGINX without root, rebuilt every week.
    Publisher {
        images: &[
            "docker.io/nginxinc/nginx-unprivileged",
            "ghcr.io/nginx/nginx-unprivileged",
            "ghcr.io/nginxinc/nginx-unprivileged",
            "public.ecr.aws/nginx/nginx-unprivileged",
            "quay.io/nginx/nginx-unprivileged",
        ],
        practice: Practice::Rebuilds,
        source: Source::Documented("https://github.com/nginx/docker-nginx-unprivileged"),
    },
    // Ceph. The dated tags stay.
    Publisher {
        images: &["docker.io/ceph/ceph", "quay.io/ceph/ceph"],
        practice: Practice::Rebuilds,
        source: Source::Documented("https://docs.ceph.com/en/reef/install/containers/"),
    },
    // Fluent Bit. The dated tags stay.
    Publisher {
        images: &[
            "cr.fluentbit.io/fluent/fluent-bit",
            "docker.io/fluent/fluent-bit",
            "ghcr.io/fluent/fluent-bit",
        ],
        practice: Practice::Rebuilds,
        source: Source::Documented("https://github.com/fluent/fluent-bit/wiki/Container-Images"),
    },
    // Canonical's rocks, whose tags are channels.
    Publisher {
        images: &[
            "docker.io/ubuntu/",
            "public.ecr.aws/ubuntu/",
            "ubuntu.azurecr.io/",
        ],
        practice: Practice::Rebuilds,
        source: Source::Documented(
            "https://github.com/canonical/oci-factory/blob/main/IMAGE_MAINTAINER_AGREEMENT.md",
        ),
    },
    // Valkey, rebuilt for fixes of its base image.
    Publisher {
        images: &["docker.io/valkey/valkey", "ghcr.io/valkey-io/valkey"],
        practice: Practice::Rebuilds,
        source: Source::Documented("https://github.com/valkey-io/valkey-container/pull/120"),
    },
    // Node-RED, rebuilt for fixes of its base image.
    Publisher {
        images: &["docker.io/nodered/node-red", "ghcr.io/node-red/node-red"],
        practice: Practice::Rebuilds,
        source: Source::Documented("https://github.com/node-red/node-red-docker/issues/367"),
    },
    // Jupyter's stacks. The dated tags and the commits stay.
    Publisher {
        images: &["docker.io/jupyter/", "quay.io/jupyter/"],
        practice: Practice::Rebuilds,
        source: Source::Documented(
            "https://github.com/jupyter/docker-stacks/blob/main/docs/using/selecting.md",
        ),
    },
    // Rocker's images of R.
    Publisher {
        images: &["docker.io/rocker/", "ghcr.io/rocker-org/"],
        practice: Practice::Rebuilds,
        source: Source::Documented("https://rocker-project.org/use/reproducibility.html"),
    },
    // Selenium. The dated tags stay.
    Publisher {
        images: &["docker.io/selenium/"],
        practice: Practice::Rebuilds,
        source: Source::Documented(
            "https://github.com/SeleniumHQ/docker-selenium/wiki/Tagging-Convention",
        ),
    },
    // NVIDIA's driver.
    Publisher {
        images: &["nvcr.io/nvidia/driver"],
        practice: Practice::Rebuilds,
        source: Source::Documented(
            "https://github.com/NVIDIA/gpu-driver-container/blob/main/RELEASE.md",
        ),
    },
    // Docker Hardened Images.
    Publisher {
        images: &["dhi.io/"],
        practice: Practice::Rebuilds,
        source: Source::Documented("https://docs.docker.com/dhi/explore/build-process/"),
    },
    // Red Hat. A tag with a dash and a release stays.
    Publisher {
        images: &["registry.access.redhat.com/", "registry.redhat.io/"],
        practice: Practice::RebuildsVersions,
        source: Source::Documented(
            "https://redhat-connect.gitbook.io/catalog-help/container-images/container-image-details/image-tags-and-versions",
        ),
    },
    // SUSE. A tag with a dash and a release stays.
    Publisher {
        images: &["registry.suse.com/"],
        practice: Practice::RebuildsVersions,
        source: Source::Documented(
            "https://github.com/SUSE/BCI-dockerfile-generator/blob/main/src/bci_build/package/__init__.py",
        ),
    },
    // Home Operations
    Publisher {
        images: &["ghcr.io/home-operations/"],
        practice: Practice::Rebuilds,
        source: Source::Documented("https://github.com/home-operations/containers"),
    },
    // onedr0p
    Publisher {
        images: &["ghcr.io/onedr0p/"],
        practice: Practice::Rebuilds,
        source: Source::Documented("https://github.com/onedr0p/containers"),
    },
    observed(&["docker.elastic.co/wolfi/"], 15, 5),
    observed(
        &[
            "docker.io/1password/connect-api",
            "docker.io/1password/connect-sync",
            "ghcr.io/1password/connect-api",
            "ghcr.io/1password/connect-sync",
        ],
        11,
        4,
    ),
    observed(&["docker.io/alpine/helm"], 10, 4),
    observed(
        &["docker.io/containerbase/", "ghcr.io/containerbase/"],
        12,
        12,
    ),
    observed(&["docker.io/factoriotools/"], 7, 4),
    observed(&["docker.io/inspircd/"], 5, 4),
    observed(&["docker.io/mbentley/"], 11, 10),
    observed(&["docker.io/opentracing/"], 6, 4),
    observed(
        &["docker.io/victoriametrics/", "quay.io/victoriametrics/"],
        26,
        9,
    ),
    observed(&["ghcr.io/ahinko/"], 19, 7),
    observed(&["ghcr.io/angelnu/"], 35, 20),
    observed(&["ghcr.io/auricom/"], 52, 40),
    observed(&["ghcr.io/bjw-s/", "ghcr.io/bjw-s-labs/"], 91, 64),
    observed(&["ghcr.io/buroa/"], 93, 45),
    observed(&["ghcr.io/cdloh/"], 28, 12),
    observed(&["ghcr.io/drag0n141/"], 103, 40),
    observed(&["ghcr.io/haraldkoch/"], 90, 48),
    observed(&["ghcr.io/heavybullets8/"], 23, 10),
    observed(
        &[
            "ghcr.io/jjgadgets/",
            "jank.ing/jjgadgets/",
            "registry.jjgadgets.tech/jjgadgets/",
        ],
        79,
        32,
    ),
    observed(&["ghcr.io/joryirving/"], 163, 108),
    observed(&["ghcr.io/k8s-at-home/"], 19, 5),
    observed(&["docker.io/jvmilazz0/kavita", "ghcr.io/kareadita/"], 10, 6),
    observed(&["ghcr.io/larivierec/"], 31, 8),
    observed(&["ghcr.io/lildrunkensmurf/"], 16, 11),
    observed(&["ghcr.io/mchestr/"], 20, 6),
    observed(
        &[
            "ghcr.io/nginx/dependencies/nginx-ot",
            "ghcr.io/nginxinc/dependencies/nginx-ot",
        ],
        12,
        12,
    ),
    observed(&["ghcr.io/szinn/"], 14, 8),
    observed(&["docker.io/neosmemo/memos", "ghcr.io/usememos/"], 13, 9),
    observed(&["ghcr.io/vexxhost/"], 8, 6),
];

/// A publisher that was seen to rebuild exact versions and builds: with the number
/// that was watched, and the number that moved.
const fn observed(images: &'static [&'static str], versions: u16, moved: u16) -> Publisher {
    Publisher {
        images,
        practice: Practice::Rebuilds,
        source: Source::Observed { versions, moved },
    }
}
