//! The words that the rules know, compared without regard to case. To add a word, add a
//! case to `tests/cases/tags.tsv` too.

/// Marks of a build from uncommitted changes.
pub(super) const DIRTY: &[&str] = &["dirty"];

/// Channels and stages, whose tags are meant to move.
#[rustfmt::skip]
pub(super) const MOVING: &[&str] = &[
    "main", "master", "trunk", "dev", "devel", "develop", "development",
    "nightly", "daily", "weekly", "latest", "head", "tip", "canary", "snapshot",
    "unstable", "testing", "rolling", "next", "prod", "production", "staging",
    "stage", "test", "qa", "uat", "preprod", "demo",
];

/// Channels that also tell what an image has in it, beside other such words.
pub(super) const FLAVOURS: &[&str] = &["devel"];

/// Stages before a release. With a number they are a [marker](MARKERS) of one build.
pub(super) const STAGES: &[&str] = &["alpha", "beta", "rc", "pre", "preview", "edge"];

/// Marks of branches and pull requests, which are built again at every push.
#[rustfmt::skip]
pub(super) const BRANCH: &[&str] = &[
    "pr", "mr", "pull", "merge", "issue", "feature", "feat", "fix", "bugfix",
    "hotfix", "renovate", "dependabot",
];

/// Words of [`BRANCH`] that also mark a release, where a number follows.
pub(super) const FIXES: &[&str] = &["fix", "bugfix", "hotfix"];

/// Architectures, which tell builds for one platform from those for another.
#[rustfmt::skip]
pub(super) const ARCHITECTURES: &[&str] = &[
    "amd64", "arm64", "arm64v8", "aarch64", "armv7", "arm32v7", "386", "i386",
    "ppc64le", "s390x", "riscv64",
];

/// The two halves of `x86_64`, the only architecture that contains a separator.
pub(super) const X86_64: (&str, &str) = ("x86", "64");

/// Distributions; a number after one is the release of the base image.
#[rustfmt::skip]
pub(super) const DISTRIBUTIONS: &[&str] = &[
    "al", "almalinux", "alpine", "amazonlinux", "azurelinux", "bci", "centos",
    "debian", "el", "fedora", "ltsc", "mariner", "nanoserver", "ol", "opensuse",
    "oraclelinux", "photon", "rhel", "rocky", "rockylinux", "sles", "ubi",
    "ubuntu", "windows", "windowsservercore", "wolfi",
];

/// Code names of Debian and Ubuntu releases.
#[rustfmt::skip]
pub(super) const CODE_NAMES: &[&str] = &[
    "jessie", "stretch", "buster", "bullseye", "bookworm", "trixie", "forky",
    "sid", "xenial", "bionic", "focal", "jammy", "noble", "oracular", "plucky",
];

/// Words that announce a commit hash as the next part.
pub(super) const COMMITS: &[&str] = &["sha", "git", "commit"];

/// Words that announce a build number, right after the word or as the next part.
pub(super) const BUILDS: &[&str] = &["build", "ci"];

/// Words of releases and runs that are often written in capitals, in front of a number.
pub(super) const RELEASES: &[&str] = &["release", "rel", "rev", "lts", "sp", "cu", "run", "job"];

/// Marks of a release before or after another one; with a number after it, such a mark
/// counts as a component of the version.
pub(super) const MARKERS: &[&str] = &["rc", "ea", "a", "b", "alpha", "beta", "post", "dev"];

/// Whether `list` contains `word`, without regard to case.
pub(super) fn contains(list: &[&str], word: &str) -> bool {
    let Some(first) = word.bytes().next().map(|byte| byte.to_ascii_lowercase()) else {
        return false;
    };
    // Most words differ in their length or first letter, which is cheaper to compare.
    list.iter().any(|known| {
        known.len() == word.len()
            && known.bytes().next() == Some(first)
            && known.eq_ignore_ascii_case(word)
    })
}

#[cfg(test)]
mod tests {
    use super::{BRANCH, FIXES, FLAVOURS, MOVING, RELEASES, STAGES};

    #[test]
    fn the_documents_have_the_words_of_channels_and_branches() {
        let page = include_str!("../../../docs/tags.md");
        for list in [MOVING, STAGES, FLAVOURS, BRANCH, FIXES, RELEASES] {
            let words = list.join(" ");
            assert!(
                page.contains(&format!("`{words}`")),
                "docs/tags.md: {words}"
            );
        }
    }
}
