//! Checks the imports between modules against the architecture: each module uses only
//! those to its right, and `image` and `document` do not use each other.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

/// The modules from the outside in.
const MODULES: [&str; 8] = [
    "guest",
    "admission",
    "policy",
    "settings",
    "workload",
    "image",
    "document",
    "quoted",
];

/// Modules that do not use each other, though one is to the right of the other.
const SEPARATE: [&str; 2] = ["image", "document"];

/// Crates that only one file may name.
const CONFINED: [(&str, &str); 2] = [
    ("kubewarden_policy_sdk", "guest.rs"),
    ("k8s_openapi", "workload/kind.rs"),
];

fn sources() -> Vec<(String, String)> {
    fn collect_files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect_files(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect_files(&root, &mut found);
    found
        .into_iter()
        .map(|path| {
            let name = path
                .strip_prefix(&root)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// The index of a module in the order; `None` for any other name.
fn index_of(name: &str) -> Option<usize> {
    MODULES.iter().position(|module| *module == name)
}

/// The index of the module that a file below `src` belongs to; `None` for `lib.rs`.
fn module_of(file: &str) -> Option<usize> {
    index_of(file.split(['/', '.']).next().unwrap())
}

fn may_use(own: usize, other: usize) -> bool {
    let are_separate = [own, other].iter().all(|at| {
        MODULES
            .get(*at)
            .is_some_and(|module| SEPARATE.contains(module))
    });
    other == own || (other > own && !are_separate)
}

/// Every module that a source file imports although it may not.
fn wrong_imports(file: &str, source: &str) -> Vec<String> {
    let Some(own) = module_of(file) else {
        return Vec::new();
    };
    let code = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let depth = file.matches('/').count() - usize::from(file.ends_with("/mod.rs"));
    let upwards = "super::".repeat(depth + 1);
    let escapes = source
        .lines()
        .filter(|line| line.contains(&upwards))
        .map(|line| format!("{file} leaves its module: {}", line.trim()));
    code.flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| {
            rest.split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .next()
                .unwrap()
        })
        .filter(|named| index_of(named).is_none_or(|other| !may_use(own, other)))
        .map(|named| format!("{file} uses crate::{named}"))
        .chain(escapes)
        .collect()
}

#[test]
fn every_module_uses_only_those_to_its_right() {
    let wrong: Vec<_> = sources()
        .iter()
        .flat_map(|(file, source)| wrong_imports(file, source))
        .collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn sees_an_import_to_the_left() {
    let wrong = wrong_imports(
        "image/tag.rs",
        "use crate::settings::Mode;\nuse crate::image::Tag;",
    );
    assert_eq!(wrong, ["image/tag.rs uses crate::settings"]);
}

#[test]
fn the_innermost_modules_do_not_use_each_other() {
    for (file, other) in [("image/tag.rs", "document"), ("document/value.rs", "image")] {
        let wrong = wrong_imports(file, &format!("use crate::{other}::Any;"));
        assert_eq!(wrong, [format!("{file} uses crate::{other}")]);
    }
    let fine = "use crate::image::Any;\nuse crate::document::Any;";
    assert_eq!(wrong_imports("workload/kind.rs", fine), [""; 0]);
}

#[test]
fn sees_an_import_from_the_root_in_braces() {
    let wrong = wrong_imports("image/tag.rs", "use crate::{settings::Mode};");
    assert_eq!(wrong, ["image/tag.rs uses crate::"]);
}

#[test]
fn sees_an_import_through_the_root() {
    let wrong = wrong_imports("image/tag.rs", "use super::super::settings::Mode;");
    assert_eq!(
        wrong,
        ["image/tag.rs leaves its module: use super::super::settings::Mode;"]
    );
}

#[test]
fn every_file_belongs_to_a_module() {
    let strangers: Vec<_> = sources()
        .into_iter()
        .map(|(file, _)| file)
        .filter(|file| module_of(file).is_none() && file != "lib.rs")
        .collect();
    assert_eq!(strangers, Vec::<String>::new());
}

#[test]
fn some_crates_are_named_in_one_file_only() {
    let mut wrong = Vec::new();
    for (file, source) in sources() {
        for (name, allowed) in CONFINED {
            if source.contains(name) && file != allowed {
                wrong.push(format!("{file} names {name}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
