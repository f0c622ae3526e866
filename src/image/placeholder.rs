//! Placeholders, which a template engine replaces before an image is pulled.

/// The delimiters of placeholders: of Go and Argo templates, of shells, of Tekton parameters
/// and Kubernetes' variables, and what Go's templates write for a value that is missing.
const DELIMITERS: [(&str, &str); 4] = [("{{", "}}"), ("${", "}"), ("$(", ")"), ("<no value>", "")];

/// The first placeholder in a text. No valid image reference has one.
///
/// ```
/// use mutable_tags_policy::image::first_placeholder;
///
/// assert_eq!(first_placeholder("acme/app:$(params.tag)"), Some("$(params.tag)"));
/// assert_eq!(first_placeholder("acme/app:$tag"), None);
/// ```
#[must_use]
pub fn first_placeholder(text: &str) -> Option<&str> {
    let placeholders = DELIMITERS.iter().filter_map(|(open, close)| {
        let start = text.find(open)?;
        let after = text.get(start + open.len()..)?;
        let end = start + open.len() + after.find(close)? + close.len();
        Some((start, text.get(start..end)?))
    });
    let first = placeholders.min_by_key(|(start, _)| *start);
    first.map(|(_, placeholder)| placeholder)
}

/// Whether a text is only whitespace, which OpenShift's image triggers replace.
pub(crate) fn is_blank(text: &str) -> bool {
    !text.is_empty() && text.trim().is_empty()
}
