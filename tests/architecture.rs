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

/// A crate, and the order of its modules.
struct Crate {
    /// The folder of its sources.
    sources: &'static str,
    /// The modules from the outside in.
    modules: &'static [&'static str],
    /// Modules that do not use each other, though one is to the right of the other.
    separate: &'static [&'static str],
}

const POLICY: Crate = Crate {
    sources: "src",
    modules: &[
        "guest",
        "admission",
        "policy",
        "settings",
        "workload",
        "image",
        "document",
        "quoted",
        "budget",
    ],
    separate: &["image", "document"],
};

const PROGRAM: Crate = Crate {
    sources: "cli/src",
    modules: &[
        "run",
        "arguments",
        "check",
        "packaging",
        "explain",
        "history",
        "failure",
        "report",
        "outcome",
        "policy",
        "judge",
        "apply",
        "request",
        "input",
        "host",
        "response",
        "streams",
        "until_closed",
        "diagnostics",
        "progress",
        "subject",
        "place",
        "printable",
    ],
    separate: &["check", "history"],
};

/// The files of a crate that say which modules there are.
const ROOTS: [&str; 2] = ["lib.rs", "main.rs"];

/// Crates that only one file may name.
const CONFINED: [(&str, &str); 2] = [
    ("kubewarden_policy_sdk", "guest.rs"),
    ("k8s_openapi", "workload/kind.rs"),
];

impl Crate {
    /// Each file, by its path below the folder of sources, with its text.
    fn files(&self) -> Vec<(String, String)> {
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
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(self.sources);
        let mut found = Vec::new();
        collect_files(&root, &mut found);
        found
            .into_iter()
            .map(|path| {
                let name = path.strip_prefix(&root).unwrap();
                let name = name.to_str().unwrap().to_owned();
                (name, fs::read_to_string(path).unwrap())
            })
            .collect()
    }

    /// The index of a module in the order; `None` for any other name.
    fn index_of(&self, name: &str) -> Option<usize> {
        self.modules.iter().position(|module| *module == name)
    }

    /// The index of the module that a file belongs to; `None` for a root.
    fn module_of(&self, file: &str) -> Option<usize> {
        self.index_of(file.split(['/', '.']).next().unwrap())
    }

    fn may_use(&self, own: usize, other: usize) -> bool {
        let are_separate = [own, other].iter().all(|at| {
            let module = self.modules.get(*at);
            module.is_some_and(|module| self.separate.contains(module))
        });
        other == own || (other > own && !are_separate)
    }

    /// Every module that a source file imports although it may not.
    fn wrong_imports(&self, file: &str, source: &str) -> Vec<String> {
        let Some(own) = self.module_of(file) else {
            return Vec::new();
        };
        let code = source
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        let depth = file.matches('/').count() - usize::from(file.ends_with("/mod.rs"));
        let upwards = "super::".repeat(depth + 1);
        let is_of_tests = |line: &&str| line.trim() == "use super::*;";
        let escapes = source
            .lines()
            .filter(|line| line.contains(&upwards) && !is_of_tests(line))
            .map(|line| format!("{file} leaves its module: {}", line.trim()));
        code.flat_map(|line| line.split("crate::").skip(1))
            .map(|rest| {
                rest.split(|c: char| !(c.is_alphanumeric() || c == '_'))
                    .next()
                    .unwrap()
            })
            .filter(|named| {
                let other = self.index_of(named);
                other.is_none_or(|other| !self.may_use(own, other))
            })
            .map(|named| format!("{file} uses crate::{named}"))
            .chain(escapes)
            .collect()
    }
}

fn wrong_imports(file: &str, source: &str) -> Vec<String> {
    POLICY.wrong_imports(file, source)
}

#[test]
fn every_module_uses_only_those_to_its_right() {
    for group in [POLICY, PROGRAM] {
        let files = group.files().into_iter();
        let wrong = files.flat_map(|(file, source)| group.wrong_imports(&file, &source));
        assert_eq!(wrong.collect::<Vec<_>>(), [""; 0]);
    }
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
    for group in [POLICY, PROGRAM] {
        let files = group.files().into_iter().map(|(file, _)| file);
        let strangers =
            files.filter(|file| group.module_of(file).is_none() && !ROOTS.contains(&file.as_str()));
        assert_eq!(strangers.collect::<Vec<_>>(), [""; 0]);
    }
}

#[test]
fn some_crates_are_named_in_one_file_only() {
    let mut wrong = Vec::new();
    for (file, source) in POLICY.files() {
        for (name, allowed) in CONFINED {
            if source.contains(name) && file != allowed {
                wrong.push(format!("{file} names {name}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
