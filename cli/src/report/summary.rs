//! The counts at the end of a check.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::names::{Files, counted};
use crate::input::exclude::LeftOut;
use crate::input::source::SkipReason;
use crate::outcome::Tally;
use crate::printable::Printable;

/// The counts of verdicts, and the documents and files that were not judged.
pub(crate) struct Summary<'s> {
    pub(crate) tally: &'s Tally,
    /// The skipped documents, by reason.
    pub(crate) skipped: &'s BTreeMap<SkipReason, Files>,
    pub(crate) left_out: LeftOut,
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.tally.is_empty() {
            writeln!(f, "{}", self.tally)?;
        }
        for (reason, skipped) in self.skipped {
            let names = skipped.names();
            let documents = counted(skipped.documents(), "document");
            let files = counted(names.count(), "file");
            match reason {
                SkipReason::NoObject => {
                    writeln!(
                        f,
                        "skipped {documents} without a Kubernetes object: {names}"
                    )
                }
                SkipReason::Broken => {
                    let documents = counted(skipped.documents(), "unreadable document");
                    writeln!(
                        f,
                        "skipped {documents} without \"apiVersion\" and \"kind\": {names}"
                    )
                }
                SkipReason::Template => {
                    let templates = counted(names.count(), "template");
                    writeln!(f, "skipped {templates} (render first): {names}")
                }
                SkipReason::ChartTemplate(folder) => {
                    let (folder, argument) = (written(folder), argument(folder));
                    writeln!(
                        f,
                        "skipped {files} of the chart {folder} (render first: helm template {argument} | mutable-tags check -)"
                    )
                }
                SkipReason::Kustomization(folder) => {
                    let (folder, argument) = (written(folder), argument(folder));
                    writeln!(
                        f,
                        "skipped {files} of the kustomization {folder} (build first: kubectl kustomize {argument} | mutable-tags check -)"
                    )
                }
            }?;
        }
        let LeftOut { files, folders } = self.left_out;
        let counts = [(files, "file"), (folders, "folder")].into_iter();
        let counts = counts.filter(|(count, _)| *count > 0);
        let counts: Vec<_> = counts.map(|(count, noun)| counted(count, noun)).collect();
        if !counts.is_empty() {
            writeln!(f, "excluded {}", counts.join(" and "))?;
        }
        Ok(())
    }
}

/// A folder as a sentence names it.
fn written(folder: &Path) -> String {
    match folder.as_os_str().is_empty() {
        true => ".".to_owned(),
        false => Printable(&folder.to_string_lossy()).to_string(),
    }
}

/// A folder as an argument in a shell.
fn argument(folder: &Path) -> String {
    let folder = written(folder);
    let folder = match folder.starts_with('-') {
        true => Cow::Owned(format!("./{folder}")),
        false => Cow::Borrowed(folder.as_str()),
    };
    let is_plain =
        |character: char| character.is_alphanumeric() || "/._-+=:,@%".contains(character);
    match folder.chars().all(is_plain) {
        true => folder.into_owned(),
        false => format!("'{}'", folder.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_a_folder_for_a_shell() {
        for (folder, expected) in [
            ("", "."),
            ("charts/web", "charts/web"),
            ("my charts", "'my charts'"),
            ("it's", r"'it'\''s'"),
            ("-x;id", "'./-x;id'"),
        ] {
            assert_eq!(argument(Path::new(folder)), expected, "{folder}");
        }
    }
}
