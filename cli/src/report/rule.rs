//! The rules that a finding can name, each with an explanation.

use super::annotation::{ANSWER, UNUSABLE};
use crate::judge::UNREADABLE;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// The code in reports and annotations.
    pub(crate) code: &'static str,
    /// One sentence on what is wrong.
    pub(crate) summary: &'static str,
    /// The fix.
    pub(crate) help: &'static str,
}

/// The page that explains the rules.
pub(crate) const PAGE: &str =
    "https://github.com/mutable-tags/mutable-tags-policy/blob/main/docs/tags.md";

const PIN: &str = "Pin the image by digest, use a tag that names one build, or set imagePullPolicy: IfNotPresent.";

pub(crate) const RULES: &[Rule] = &[
    Rule {
        code: "no-tag",
        summary: "The image has no tag, which means latest.",
        help: PIN,
    },
    Rule {
        code: "latest",
        summary: "The tag latest moves with every release.",
        help: PIN,
    },
    Rule {
        code: "floating-version",
        summary: "The tag is a version without its last components, such as 1.2.",
        help: PIN,
    },
    Rule {
        code: "channel",
        summary: "The tag names a channel, which moves.",
        help: PIN,
    },
    Rule {
        code: "branch",
        summary: "The tag names a branch or a change under review, which moves.",
        help: PIN,
    },
    Rule {
        code: "dirty",
        summary: "The tag says that the image was built from uncommitted changes.",
        help: PIN,
    },
    Rule {
        code: "placeholder",
        summary: "The tag is a version of zeros, which builds reuse.",
        help: PIN,
    },
    Rule {
        code: "rebuilt",
        summary: "The publisher rebuilds exact versions in place.",
        help: "Pin the image by digest, or set imagePullPolicy: IfNotPresent.",
    },
    Rule {
        code: "declared",
        summary: "A pattern of the setting tags.mutable matches the image.",
        help: PIN,
    },
    Rule {
        code: "unpinned",
        summary: "The settings require a digest.",
        help: "Pin the image by digest, or set imagePullPolicy: IfNotPresent.",
    },
    Rule {
        code: "unparsable",
        summary: "The text is not an image reference.",
        help: "Write [REGISTRY/]NAME[:TAG][@DIGEST], with the name in lower case.",
    },
    Rule {
        code: "template",
        summary: "The image is blank or holds a placeholder.",
        help: "Render the template before the object is applied.",
    },
    Rule {
        code: "no-image",
        summary: "A variable or an argument that the settings list does not name an image.",
        help: "Write an image, or remove the name from imageEnvVars or imageArgs.",
    },
    Rule {
        code: UNREADABLE,
        summary: "A field cannot be read, so its image cannot be judged.",
        help: "Write the field as Kubernetes defines it.",
    },
    Rule {
        code: ANSWER,
        summary: "The policy's answer is not about a single image.",
        help: "Read the message.",
    },
];

/// The rule for input that could not be judged. It is not a rule of the policy, so it is not in the list.
pub(crate) const UNUSABLE_INPUT: Rule = Rule {
    code: UNUSABLE,
    summary: "The input could not be judged.",
    help: "Fix the file, or leave it out with --exclude.",
};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use mutable_tags_policy::image::MutableReason;
    use mutable_tags_policy::policy::Cause;

    use super::*;

    #[test]
    fn every_reason_of_the_policy_has_a_rule() {
        let reasons = [
            MutableReason::Declared,
            MutableReason::NoTag,
            MutableReason::Latest,
            MutableReason::Unpinned,
            MutableReason::Dirty,
            MutableReason::Channel,
            MutableReason::Branch,
            MutableReason::Placeholder,
            MutableReason::FloatingVersion,
            MutableReason::Rebuilt,
        ];
        // A new reason does not compile until it stands here, and in the list above.
        for reason in reasons {
            match reason {
                MutableReason::Declared
                | MutableReason::NoTag
                | MutableReason::Latest
                | MutableReason::Unpinned
                | MutableReason::Dirty
                | MutableReason::Channel
                | MutableReason::Branch
                | MutableReason::Placeholder
                | MutableReason::FloatingVersion
                | MutableReason::Rebuilt => {}
            }
        }
        let codes = reasons.map(|reason| Cause::Mutable(reason).code());
        let others = [Cause::Template.code(), "unparsable", "no-image"];
        for code in codes.into_iter().chain(others) {
            assert!(RULES.iter().any(|rule| rule.code == code), "{code}");
        }
    }

    #[test]
    fn a_code_stands_once() {
        let codes: BTreeSet<_> = RULES.iter().map(|rule| rule.code).collect();
        assert_eq!(codes.len(), RULES.len());
    }
}
