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
        let inner = behind(open, text.as_bytes());
        inner.is_some_and(|rest| behind(close, rest).is_some())
    })
}

/// What stands behind the first `mark`, if there is one. The standard library's search
/// for a text is quick for long ones, and larger than all that is done with it here.
fn behind<'t>(mark: &str, text: &'t [u8]) -> Option<&'t [u8]> {
    let mut rest = text;
    loop {
        match rest.strip_prefix(mark.as_bytes()) {
            Some(behind) => return Some(behind),
            None => (_, rest) = rest.split_first()?,
        }
    }
}
