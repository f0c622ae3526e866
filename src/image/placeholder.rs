//! Placeholders, which a template engine replaces before there is an image.

/// How placeholders begin and end: in Go's templates and Argo's, in shells, in
/// Tekton's parameters and Kubernetes' own variables.
const PLACEHOLDERS: [(&str, &str); 3] = [("{{", "}}"), ("${", "}"), ("$(", ")")];

/// Whether a text holds a placeholder, which no image reference does.
///
/// ```
/// use mutable_tags_policy::image::holds_placeholder;
///
/// assert!(holds_placeholder("acme/app:$(params.tag)"));
/// assert!(!holds_placeholder("acme/app:$tag"));
/// ```
#[must_use]
pub fn holds_placeholder(text: &str) -> bool {
    PLACEHOLDERS.iter().any(|(open, close)| {
        let inner = text.split_once(open);
        inner.is_some_and(|(_, rest)| rest.contains(close))
    })
}
