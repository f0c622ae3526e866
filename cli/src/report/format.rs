//! The formats of a report.

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;

/// The format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: each object with its findings, and a summary at the end
    Text,
    /// One JSON object per line, with file, line, object, verdict and findings
    Json,
    /// One admission response per line, as `kwctl run` prints it; unreadable files have none
    Kwctl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for CI servers: a suite for each file, a case for each object
    Junit,
    /// Annotations for GitHub Actions
    Github,
}

impl Format {
    /// A line for each format, with its name and what it is for.
    pub(crate) fn help() -> String {
        let formats = Self::value_variants().iter();
        let lines = formats.filter_map(Self::to_possible_value).map(|format| {
            let help = format.get_help().map(ToString::to_string);
            format!("  {:<7} {}\n", format.get_name(), help.unwrap_or_default())
        });
        lines.collect()
    }
}

/// A report, and the file that it is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) format: Format,
    /// `None` for standard output, which `-` stands for too.
    pub(crate) file: Option<PathBuf>,
}

impl FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (format, file) = match text.split_once('=') {
            Some((format, "-")) => (format, None),
            Some((format, file)) if !file.is_empty() => (format, Some(PathBuf::from(file))),
            Some((format, _)) => return Err(format!("write {format}=FILE, or {format} alone")),
            None => (text, None),
        };
        let format = Format::from_str(format, false).map_err(|_| {
            let formats = Format::value_variants().iter();
            let names = formats.filter_map(Format::to_possible_value);
            let names: Vec<_> = names.map(|format| format.get_name().to_owned()).collect();
            format!(
                "{format:?} is not a report format: use {}",
                names.join(", ")
            )
        })?;
        Ok(Self { format, file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_format_and_its_file() {
        let file = |format, file: Option<&str>| {
            let file = file.map(PathBuf::from);
            Ok(Output { format, file })
        };
        for (text, expected) in [
            ("json", file(Format::Json, None)),
            ("json=-", file(Format::Json, None)),
            ("sarif=a=b", file(Format::Sarif, Some("a=b"))),
            ("json=", Err("write json=FILE, or json alone".to_owned())),
            (
                "xml",
                Err(
                    "\"xml\" is not a report format: use text, json, kwctl, sarif, junit, github"
                        .to_owned(),
                ),
            ),
        ] {
            assert_eq!(text.parse::<Output>(), expected, "{text}");
        }
    }

    #[test]
    fn help_describes_each_format() {
        let help = Format::help();
        let lines: Vec<_> = help.lines().collect();
        assert_eq!(lines.len(), Format::value_variants().len());
        for line in lines {
            assert!(line.len() > 20, "{line}");
        }
    }
}
