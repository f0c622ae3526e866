//! Finds the files of kustomizations, whose patches are not objects on their own.

use std::fs;
use std::path::{Component, Path, PathBuf};

use serde_json::Value;

use super::yaml::parse_yaml;

const NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// The fields of a kustomization that list files which are not objects.
const LISTS: [&str; 4] = [
    "patchesStrategicMerge",
    "configurations",
    "transformers",
    "crds",
];
/// The fields of a kustomization that list such files in a field `path`.
const LISTS_WITH_PATHS: [&str; 3] = ["patches", "patchesJson6902", "replacements"];

pub(super) fn is_kustomization(path: &Path) -> bool {
    let name = path.file_name();
    NAMES.iter().any(|known| name == Some(known.as_ref()))
}

pub(super) fn kustomizations_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let paths = NAMES.iter().map(|name| folder.join(name));
    paths.filter(|path| path.is_file())
}

/// The files of a kustomization that are not objects on their own.
pub(super) fn parts_of(kustomization: &Path) -> Vec<PathBuf> {
    let text = fs::read_to_string(kustomization).unwrap_or_default();
    let Ok(parsed) = parse_yaml(&text, 1) else {
        return Vec::new();
    };
    let folder = kustomization.parent().unwrap_or(Path::new("."));
    let items = |name: &&str| {
        let list = parsed.value.get(*name).and_then(Value::as_array);
        list.into_iter().flatten()
    };
    let plain = LISTS.iter().flat_map(items);
    let nested = LISTS_WITH_PATHS.iter().flat_map(items);
    let nested = nested.filter_map(|item| item.get("path"));
    let paths = plain.chain(nested).filter_map(Value::as_str);
    paths.map(|path| normalised(&folder.join(path))).collect()
}

/// An absolute path without `.` and `..`.
pub(super) fn normalised(path: &Path) -> PathBuf {
    let mut normalised = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                normalised.pop();
            }
            other => normalised.push(other),
        }
    }
    normalised
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_a_path_to_the_folder_beside() {
        for (path, expected) in [
            ("/a/b/../c/./d.yaml", "/a/c/d.yaml"),
            ("/a/../../b.yaml", "/b.yaml"),
            ("/./a.yaml", "/a.yaml"),
        ] {
            assert_eq!(normalised(Path::new(path)), Path::new(expected), "{path}");
        }
    }
}
