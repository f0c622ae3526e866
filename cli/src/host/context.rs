//! A host with objects of a cluster.

use serde_json::{Map, Value, json};

use super::field_mask::FieldMask;
use super::request::{GetResource, ListResourcesByNamespace, Request};
use super::{Host, HostError, Refusal};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    objects: Vec<Value>,
}

impl Context {
    /// Takes objects with `apiVersion` and `kind`, and with `metadata.namespace` if they are
    /// namespaced.
    #[must_use]
    pub fn new(objects: Vec<Value>) -> Self {
        Self { objects }
    }

    fn get(&self, wanted: &GetResource) -> Result<Value, HostError> {
        let GetResource {
            api_version,
            kind,
            name,
            namespace,
            ..
        } = wanted;
        let mut of_that_name = self
            .of_kind(api_version, kind)
            .filter(|object| text(object, "/metadata/name") == Some(name))
            .peekable();
        let is_namespaced = |object: &&Value| text(object, "/metadata/namespace").is_some();
        if namespace.is_none() && of_that_name.peek().is_some_and(is_namespaced) {
            return Err(HostError::failed(format!(
                "Resource {api_version}/{kind} is namespaced, but no namespace was provided"
            )));
        }
        let found = of_that_name
            .find(|object| !is_namespaced(object) || is_in(object, namespace.as_deref()));
        let mut object = found.cloned().ok_or_else(|| {
            HostError::failed(format!(
                "Cannot find {api_version}/{kind} named '{name}' inside of namespace '{namespace:?}'"
            ))
        })?;
        if let Some(paths) = &wanted.field_masks {
            mask(
                &mut object,
                &FieldMask::new(paths.iter().map(String::as_str)),
            );
        }
        Ok(object)
    }

    fn list(&self, wanted: &ListResourcesByNamespace) -> Result<Value, HostError> {
        let ListResourcesByNamespace {
            api_version, kind, ..
        } = wanted;
        for (field, selector) in [
            ("label_selector", &wanted.label_selector),
            ("field_selector", &wanted.field_selector),
        ] {
            if let Some(selector) = selector {
                return Err(HostError::failed(format!(
                    "{field:?} is {selector:?}: objects read from files are listed without selectors"
                )));
            }
        }
        let is_cluster_wide = |object: &Value| object.pointer("/metadata/namespace").is_none();
        if self.of_kind(api_version, kind).any(is_cluster_wide) {
            return Err(HostError::failed(format!(
                "resource {api_version}/{kind} is cluster wide. Cannot search for it inside of a namespace"
            )));
        }
        let paths = wanted.field_masks.iter().flatten();
        let field_mask = FieldMask::new(paths.map(String::as_str));
        let items: Vec<Value> = self
            .of_kind(api_version, kind)
            .filter(|object| is_in(object, Some(&wanted.namespace)))
            .cloned()
            .map(|mut item| {
                mask(&mut item, &field_mask);
                reduce(&mut item);
                item
            })
            .collect();
        Ok(json!({
            "apiVersion": api_version,
            "kind": format!("{kind}List"),
            "metadata": {},
            "items": items,
        }))
    }

    fn of_kind(&self, api_version: &str, kind: &str) -> impl Iterator<Item = &Value> {
        self.objects.iter().filter(move |object| {
            text(object, "/apiVersion") == Some(api_version) && text(object, "/kind") == Some(kind)
        })
    }
}

impl Host for Context {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError> {
        let answer = match request {
            Request::KubernetesGetResource(wanted) => self.get(wanted)?,
            Request::KubernetesListResourceNamespace(wanted) => self.list(wanted)?,
            Request::OciManifestDigest { .. } | Request::OciManifest { .. } => {
                return Refusal::NotGranted.answer(request);
            }
        };
        Ok(answer.to_string().into_bytes())
    }
}

fn text<'a>(object: &'a Value, pointer: &str) -> Option<&'a str> {
    object.pointer(pointer).and_then(Value::as_str)
}

fn is_in(object: &Value, namespace: Option<&str>) -> bool {
    text(object, "/metadata/namespace") == namespace
}

/// Applies a field mask as Kubewarden does, which keeps the fields that identify the object.
fn mask(object: &mut Value, field_mask: &FieldMask) {
    let mut kept = Map::new();
    if let Value::Object(fields) = object {
        for name in ["apiVersion", "kind", "metadata"] {
            kept.extend(fields.remove_entry(name));
        }
    }
    field_mask.apply(object);
    if let Value::Object(fields) = object {
        fields.append(&mut kept);
    }
}

/// Removes the fields that a listed item lacks: the API server leaves the kind of items to
/// the list, and Kubewarden drops fields to save memory.
fn reduce(item: &mut Value) {
    if let Value::Object(fields) = item {
        fields.remove("apiVersion");
        fields.remove("kind");
    }
    if let Some(Value::Object(metadata)) = item.get_mut("metadata") {
        metadata.remove("managedFields");
        if let Some(Value::Object(annotations)) = metadata.get_mut("annotations") {
            annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
        }
    }
}
