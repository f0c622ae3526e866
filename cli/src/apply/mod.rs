//! Merges a manifest into the object that runs, as `kubectl apply` does.
//!
//! An apply without a conflict has the same result on the client and on the server. This follows the
//! one on the client, whose rules are struct tags of Kubernetes' types.

mod defaults;
mod keys;
mod managed;
mod merge;
mod paths;
mod quantity;
mod scalar;

use serde_json::{Map, Value};

use crate::input::error::{InputError, Problem};
use crate::input::manifest::Object;

use keys::{Lists, Site};

/// The annotation in which kubectl keeps what it applied.
const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// An object that runs.
#[derive(Clone, Debug)]
pub(crate) struct Live {
    object: Object,
    /// The manifest that was applied last, if the object has it.
    last_applied: Option<Value>,
}

impl Live {
    pub(crate) fn new(object: Object) -> Result<Self, InputError> {
        let annotations = object.value.pointer("/metadata/annotations");
        let text = annotations.and_then(|all| all.get(LAST_APPLIED)?.as_str());
        let last_applied = text.map(serde_json::from_str).transpose();
        let last_applied = last_applied.map_err(|_| {
            let problem = Problem::Field {
                field: "metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]",
                expected: "JSON, as kubectl writes it",
            };
            InputError::new(object.place.clone(), problem)
        })?;
        let last_applied = last_applied.or_else(|| managed::last_applied(&object.value));
        Ok(Self {
            object,
            last_applied,
        })
    }

    pub(crate) fn object(&self) -> &Object {
        &self.object
    }

    /// Whether the object says what was applied last. If it does not, fields stay that the manifest
    /// leaves out.
    pub(crate) fn says_last_applied(&self) -> bool {
        self.last_applied.is_some()
    }

    /// The object that runs after the apply. Its positions are those of the manifest.
    pub(crate) fn with(&self, manifest: Object) -> Object {
        let lists = match manifest.identity.kind.is_built_in() {
            true => Lists::Keyed,
            false => Lists::Whole,
        };
        let site = Site::root(lists);
        let last = self.last_applied.as_ref();
        let applied = self.with_annotations(&manifest.value);
        let value = merge::merge(&self.object.value, &applied, last, site);
        let paths = paths::between(&value, &manifest.value, site);
        Object {
            value,
            written: manifest.written.with_paths(paths),
            ..manifest
        }
    }

    /// The manifest with annotations where the object has some: kubectl always applies one of its
    /// own, so that a manifest without any does not remove those of others.
    fn with_annotations(&self, manifest: &Value) -> Value {
        let mut manifest = manifest.clone();
        let metadata = manifest.get_mut("metadata").and_then(Value::as_object_mut);
        let is_annotated = self.object.value.pointer("/metadata/annotations").is_some();
        if let Some(metadata) = metadata.filter(|_| is_annotated) {
            let annotations = metadata.entry("annotations").or_insert(Value::Null);
            if annotations.is_null() {
                *annotations = Value::Object(Map::new());
            }
        }
        manifest
    }
}

#[cfg(test)]
mod tests;
