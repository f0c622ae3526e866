//! The forms of a report, as the command line names them.

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
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

impl Form {
    /// A line for each form, with its name and what it is for.
    pub(crate) fn help() -> String {
        let forms = Self::value_variants().iter();
        let lines = forms.filter_map(Self::to_possible_value).map(|form| {
            let help = form.get_help().map(ToString::to_string);
            format!("  {:<7} {}\n", form.get_name(), help.unwrap_or_default())
        });
        lines.collect()
    }
}

/// A report, and the file that it is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) form: Form,
    /// `None` for standard output, which `-` stands for too.
    pub(crate) file: Option<PathBuf>,
}

impl FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (form, file) = match text.split_once('=') {
            Some((form, "-")) => (form, None),
            Some((form, file)) if !file.is_empty() => (form, Some(PathBuf::from(file))),
            Some((form, _)) => return Err(format!("write {form}=FILE, or {form} alone")),
            None => (text, None),
        };
        let form = Form::from_str(form, false).map_err(|_| {
            let forms = Form::value_variants().iter();
            let names = forms.filter_map(Form::to_possible_value);
            let names: Vec<_> = names.map(|form| form.get_name().to_owned()).collect();
            format!("{form:?} is not a report format: use {}", names.join(", "))
        })?;
        Ok(Self { form, file })
    }
}

/// When text is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Colour {
    /// Whether text is coloured, where `auto` would colour it or not.
    pub(crate) const fn colours(self, is_welcome: bool) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => is_welcome,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_form_and_its_file() {
        let file = |form, file: Option<&str>| {
            let file = file.map(PathBuf::from);
            Ok(Output { form, file })
        };
        for (text, expected) in [
            ("json", file(Form::Json, None)),
            ("json=-", file(Form::Json, None)),
            ("sarif=a=b", file(Form::Sarif, Some("a=b"))),
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
    fn help_says_what_each_form_is_for() {
        let help = Form::help();
        let lines: Vec<_> = help.lines().collect();
        assert_eq!(lines.len(), Form::value_variants().len());
        for line in lines {
            assert!(line.len() > 20, "{line}");
        }
    }
}
