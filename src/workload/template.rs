//! The pod template on a path.

use crate::document::{FieldPath, Step};

/// The path of the pod template on `path`: the innermost field named `template`, or with a name
/// such as `podTemplate` or `workerTemplate`. (A `jobTemplate` matches too, and has the pod
/// template inside.) Without any, the parent of a PodSpec's list counts as one.
pub(crate) fn pod_template<'t>(path: &FieldPath<'t>) -> Option<FieldPath<'t>> {
    let is_template = |name: &str| name == "template" || name.ends_with("Template");
    let innermost = |is_match: &dyn Fn(&str) -> bool| {
        let is_field = |step: &Step<'_>| matches!(step, Step::Field(name) if is_match(name));
        path.steps().iter().rposition(is_field)
    };
    let length = match innermost(&is_template) {
        Some(template) => template + 1,
        // Neither the root nor `spec` at the root is a pod template.
        None => innermost(&is_pod_spec_list).filter(|list| *list > 1)?,
    };
    path.steps().get(..length).map(FieldPath::from)
}

/// Whether a PodSpec has a list of this name that can hold images.
fn is_pod_spec_list(name: &str) -> bool {
    matches!(
        name,
        "containers" | "initContainers" | "ephemeralContainers" | "volumes"
    )
}
