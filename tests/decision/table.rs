//! Reads the tables in `cases/`: one row per line, columns separated by tabs, and comments
//! in lines that begin with `#`.

/// A row, with its line number for messages.
pub(crate) struct Row {
    line: usize,
    columns: Vec<&'static str>,
}

impl Row {
    /// The columns, of which there must be exactly `N`.
    pub(crate) fn columns<const N: usize>(&self) -> [&'static str; N] {
        self.columns
            .clone()
            .try_into()
            .unwrap_or_else(|found: Vec<_>| {
                panic!(
                    "line {} has {} columns instead of {N}",
                    self.line,
                    found.len()
                )
            })
    }
}

pub(crate) fn rows(table: &'static str) -> Vec<Row> {
    table
        .lines()
        .zip(1..)
        .filter(|(text, _)| !text.is_empty() && !text.starts_with('#'))
        .map(|(text, line)| Row {
            line,
            columns: text.split('\t').collect(),
        })
        .collect()
}
