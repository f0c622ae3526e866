//! The pod template on a path.

use crate::document::{FieldPath, Step};

/// The path of the pod template on `path`: the innermost field named `template`, or with a name
/// such as `podTemplate` or `workerTemplate`. (A `jobTemplate` matches too, and has the pod
/// template inside.) Without any, the parent of a PodSpec's list stands in.
pub(crate) fn pod_template<'t>(path: &FieldPath<'t>) -> Option<FieldPath<'t>> {
    let is_template = |name: &str| name == "template" || name.ends_with("Template");
    let innermost = |is_match: &dyn Fn(&str) -> bool| {
        let is_field = |step: &Step<'_>| matches!(step, Step::Field(name) if is_match(name));
        path.steps().iter().rposition(is_field)
    };
    let length = match innermost(&is_template) {
        Some(template) => template + 1,
        // The root is no template, and `spec` at the root is none outside of a Pod.
        None => innermost(&is_template_list).filter(|list| *list > 1)?,
    };
    path.steps().get(..length).map(FieldPath::from)
}

/// Whether a PodSpec has a list of this name that can hold images.
fn is_template_list(name: &str) -> bool {
    matches!(
        name,
        "containers" | "initContainers" | "ephemeralContainers" | "volumes"
    )
}
