//! Field masks, which select the fields that a lookup keeps.

use std::collections::BTreeMap;

use serde_json::Value;

/// A set of paths such as `spec.containers.image`. A path passes through lists implicitly,
/// and keeps everything below its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FieldMask {
    kept: BTreeMap<String, FieldMask>,
}

impl FieldMask {
    pub(super) fn new<'a>(paths: impl IntoIterator<Item = &'a str>) -> Self {
        let mut mask = Self::default();
        for path in paths {
            path.split('.').fold(&mut mask, |mask, field| {
                mask.kept.entry(field.to_owned()).or_default()
            });
        }
        mask
    }

    /// Removes every field that no path selects.
    pub(super) fn apply(&self, value: &mut Value) {
        if self.kept.is_empty() {
            return;
        }
        match value {
            Value::Object(fields) => fields.retain(|name, value| match self.kept.get(name) {
                Some(below) => {
                    below.apply(value);
                    true
                }
                None => false,
            }),
            Value::Array(items) => items.iter_mut().for_each(|item| self.apply(item)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn masked(paths: &[&str]) -> Value {
        let mut pod = json!({
            "metadata": {"name": "web", "labels": {"app": "web"}},
            "spec": {"containers": [{"name": "a", "image": "x"}, {"name": "b"}], "nodeName": "n"},
        });
        FieldMask::new(paths.iter().copied()).apply(&mut pod);
        pod
    }

    #[test]
    fn a_path_passes_through_lists_and_keeps_everything_below() {
        let cases: &[(&[&str], Value)] = &[
            (
                &["spec.containers.image"],
                json!({"spec": {"containers": [{"image": "x"}, {}]}}),
            ),
            (
                &["metadata", "spec.nodeName"],
                json!({"metadata": {"name": "web", "labels": {"app": "web"}}, "spec": {"nodeName": "n"}}),
            ),
            (&["spec.nodeName.below"], json!({"spec": {"nodeName": "n"}})),
            (&["status"], json!({})),
        ];
        for (paths, expected) in cases {
            assert_eq!(masked(paths), *expected, "{paths:?}");
        }
    }

    // A quirk of Kubewarden: the longer path restricts the shorter one.
    #[test]
    fn the_longer_of_two_nested_paths_decides() {
        assert_eq!(
            masked(&["metadata", "metadata.name"]),
            json!({"metadata": {"name": "web"}})
        );
    }

    #[test]
    fn no_path_at_all_keeps_everything() {
        assert_eq!(masked(&[])["spec"]["nodeName"], "n");
    }
}
