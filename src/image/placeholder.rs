//! Placeholders, which a template engine replaces before an image is pulled.

/// The delimiters of placeholders: of Go and Argo templates, of shells, and of Tekton
/// parameters and Kubernetes' variables.
const DELIMITERS: [(&str, &str); 3] = [("{{", "}}"), ("${", "}"), ("$(", ")")];

/// Whether a text holds a placeholder. No valid image reference does.
///
/// ```
/// use mutable_tags_policy::image::holds_placeholder;
///
/// assert!(holds_placeholder("acme/app:$(params.tag)"));
/// assert!(!holds_placeholder("acme/app:$tag"));
/// ```
#[must_use]
pub fn holds_placeholder(text: &str) -> bool {
    DELIMITERS.iter().any(|(open, close)| {
        let opened = text.split_once(open);
        opened.is_some_and(|(_, rest)| rest.contains(close))
    })
}
