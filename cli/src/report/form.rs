//! The forms of a report, as the command line names them.

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people: a line for each object, its findings under it, a summary at the end
    Text,
    /// One JSON object a line, with file, line, column, object and findings
    Json,
    /// One admission response a line, as `kwctl run` prints it
    Kwctl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit's XML, for CI servers
    Junit,
    /// Annotations of GitHub Actions
    Github,
}

/// A report, and the file that it is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) form: Form,
    /// `None` for standard output.
    pub(crate) file: Option<PathBuf>,
}

impl FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (form, file) = match text.split_once('=') {
            Some((form, file)) if !file.is_empty() => (form, Some(PathBuf::from(file))),
            Some((form, _)) => return Err(format!("write {form}=FILE, or {form} alone")),
            None => (text, None),
        };
        let form = Form::from_str(form, false).map_err(|_| {
            let forms = Form::value_variants().iter();
            let names = forms.filter_map(Form::to_possible_value);
            let names: Vec<_> = names.map(|form| form.get_name().to_owned()).collect();
            format!(
                "{form:?} is no form of a report: there are {}",
                names.join(", ")
            )
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
