//! The pod template that a path leads into.

use crate::document::{FieldPath, Step};

/// The path of the pod template that `path` leads into: the innermost `template` (or
/// `podTemplate`, `workerTemplate`, as some operators have it) or, where there is none, what
/// holds a PodSpec's lists.
pub(crate) fn pod_template<'t>(path: &FieldPath<'t>) -> Option<FieldPath<'t>> {
    let is_template = |name: &str| name == "template" || name.ends_with("Template");
    let innermost = |is_match: &dyn Fn(&str) -> bool| {
        let is_field = |step: &Step<'_>| matches!(step, Step::Field(name) if is_match(name));
        path.steps().iter().rposition(is_field)
    };
    let length = match innermost(&is_template) {
        Some(template) => template + 1,
        // Neither the root is a template, nor `spec` of an object that is not a Pod.
        None => innermost(&is_template_list).filter(|list| *list > 1)?,
    };
    path.steps().get(..length).map(FieldPath::from)
}

/// Whether a field of this name is one of a PodSpec's lists that carry images.
fn is_template_list(name: &str) -> bool {
    matches!(
        name,
        "containers" | "initContainers" | "ephemeralContainers" | "volumes"
    )
}
