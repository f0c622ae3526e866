//! Names the object of a request.

use std::fmt;

use crate::printable::Printable;

/// An object as a report names it: `Deployment web/shop`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    kind: String,
    namespace: Option<String>,
    name: Option<String>,
}

impl Subject {
    pub(crate) fn new(kind: &str, namespace: Option<&str>, name: Option<&str>) -> Self {
        Self {
            kind: kind.to_owned(),
            namespace: namespace.map(str::to_owned),
            name: name.map(str::to_owned),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ", Printable(&self.kind))?;
        if let Some(namespace) = &self.namespace {
            write!(formatter, "{}/", Printable(namespace))?;
        }
        write!(
            formatter,
            "{}",
            Printable(self.name.as_deref().unwrap_or("(unnamed)"))
        )
    }
}
