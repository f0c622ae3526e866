//! The counts at the end of a check.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use crate::input::exclude::LeftOut;
use crate::input::source::Skipped;
use crate::outcome::Tally;
use crate::printable::Printable;

/// The counts of verdicts, and what was not judged.
pub(crate) struct Summary<'s> {
    pub(crate) tally: &'s Tally,
    /// How often something was skipped for each reason.
    pub(crate) skipped: &'s BTreeMap<Skipped, usize>,
    pub(crate) left_out: LeftOut,
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.tally.is_empty() {
            writeln!(f, "{}", self.tally)?;
        }
        for (skipped, count) in self.skipped {
            let files = if *count == 1 { "file" } else { "files" };
            match skipped {
                Skipped::NoObject => {
                    let documents = if *count == 1 { "document" } else { "documents" };
                    writeln!(f, "skipped {count} {documents} without a Kubernetes object")?;
                }
                Skipped::ChartTemplate(folder) => {
                    let folder = written(folder);
                    let folder = Printable(&folder);
                    writeln!(
                        f,
                        "skipped {count} {files} of the chart {folder}: render it first, helm template {folder} | mutable-tags check -"
                    )?;
                }
                Skipped::Kustomization(folder) => {
                    let folder = written(folder);
                    let folder = Printable(&folder);
                    writeln!(
                        f,
                        "skipped {count} {files} of the kustomization {folder}: build it first, kubectl kustomize {folder} | mutable-tags check -"
                    )?;
                }
                Skipped::Template(file) => writeln!(
                    f,
                    "skipped the template {}: render it first",
                    Printable(&file.to_string_lossy())
                )?,
            }
        }
        let LeftOut { files, folders } = self.left_out;
        let counts = [
            counted(files, "file", "files"),
            counted(folders, "folder", "folders"),
        ];
        let counts: Vec<_> = counts.into_iter().flatten().collect();
        if !counts.is_empty() {
            writeln!(f, "excluded {}", counts.join(" and "))?;
        }
        Ok(())
    }
}

/// A count with its noun; nothing for none.
fn counted(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    }
}

/// A folder as a command takes it.
fn written(folder: &Path) -> Cow<'_, str> {
    match folder.as_os_str().is_empty() {
        true => Cow::Borrowed("."),
        false => folder.to_string_lossy(),
    }
}
