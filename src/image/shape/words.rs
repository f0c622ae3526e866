//! Every list of words that the rules know, compared without regard to case.
//! A word that is missing is added here, with a case.

/// Built from changes that are in no commit.
pub(super) const DIRTY: &[&str] = &["dirty"];

/// Channels and stages: what they name is meant to move.
#[rustfmt::skip]
pub(super) const MOVING: &[&str] = &[
    "main", "master", "trunk", "dev", "devel", "develop", "development",
    "nightly", "daily", "weekly", "latest", "head", "tip", "canary", "snapshot",
    "unstable", "testing", "rolling", "next", "prod", "production", "staging",
    "stage", "test", "qa", "uat", "preprod", "demo",
];

/// Branches and changes under review: built again at every push.
#[rustfmt::skip]
pub(super) const BRANCH: &[&str] = &[
    "pr", "mr", "pull", "merge", "issue", "feature", "feat", "fix", "bugfix",
    "hotfix", "renovate", "dependabot",
];

/// Architectures, which say nothing of what a tag means.
#[rustfmt::skip]
pub(super) const ARCHITECTURES: &[&str] = &[
    "amd64", "arm64", "arm64v8", "aarch64", "armv7", "arm32v7", "386", "i386",
    "ppc64le", "s390x", "riscv64",
];

/// The two halves of the one architecture that holds a separator.
pub(super) const X86_64: (&str, &str) = ("x86", "64");

/// Distributions: a number behind one is the base image's release.
#[rustfmt::skip]
pub(super) const DISTRIBUTIONS: &[&str] = &[
    "al", "almalinux", "alpine", "amazonlinux", "azurelinux", "bci", "centos",
    "debian", "el", "fedora", "ltsc", "mariner", "nanoserver", "ol", "opensuse",
    "oraclelinux", "photon", "rhel", "rocky", "rockylinux", "sles", "ubi",
    "ubuntu", "windows", "windowsservercore", "wolfi",
];

/// Code names of Debian's and Ubuntu's releases.
#[rustfmt::skip]
pub(super) const CODE_NAMES: &[&str] = &[
    "jessie", "stretch", "buster", "bullseye", "bookworm", "trixie", "forky",
    "sid", "xenial", "bionic", "focal", "jammy", "noble", "oracular", "plucky",
];

/// What a commit's hash may follow as a part of its own.
pub(super) const COMMITS: &[&str] = &["sha", "git", "commit"];

/// What a build's number may follow, glued or as the next part.
pub(super) const BUILDS: &[&str] = &["build", "ci"];

/// Marks of a release that precedes or follows another; with a number behind it,
/// such a mark counts as a component of a version.
pub(super) const MARKERS: &[&str] = &["rc", "a", "b", "alpha", "beta", "post", "dev"];

/// Whether `list` has `word`, without regard to case.
pub(super) fn holds(list: &[&str], word: &str) -> bool {
    let Some(first) = word.bytes().next().map(|byte| byte.to_ascii_lowercase()) else {
        return false;
    };
    // Most words differ in their first letter already.
    list.iter()
        .any(|known| known.bytes().next() == Some(first) && known.eq_ignore_ascii_case(word))
}
