//! Finds the module under test, and builds it if it is missing.

use std::env;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The path of the module that `make policy.wasm` builds, or of the one in `POLICY_WASM`.
///
/// Runs make if the module is missing, so that `cargo test` is enough on a fresh checkout. An
/// existing module is never rebuilt.
#[must_use]
pub fn built_module() -> PathBuf {
    if let Some(named) = env::var_os("POLICY_WASM") {
        return named.into();
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // The caller reports a module that is still missing when reading it.
    if let Err(error) = build_where_missing(&root) {
        eprintln!("make policy.wasm: {error}");
    }
    root.join("policy.wasm")
}

fn build_where_missing(root: &Path) -> io::Result<()> {
    // Other threads and processes may be building the module. Closing the file releases the
    // lock.
    let makefile = File::open(root.join("Makefile"))?;
    makefile.lock()?;
    if root.join("policy.wasm").exists() {
        return Ok(());
    }
    let status = Command::new("make")
        .arg("policy.wasm")
        .current_dir(root)
        .stdin(Stdio::null())
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(io::Error::other(status.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;
    use std::sync::Barrier;
    use std::thread;

    use super::build_where_missing;

    /// An empty folder with a Makefile.
    fn folder(name: &str, makefile: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("Makefile"), makefile).unwrap();
        folder
    }

    #[test]
    fn a_missing_module_is_built_once() {
        let folder = folder(
            "built-once",
            "policy.wasm:\n\t@echo built >>log\n\t@cp log $@\n",
        );
        let together = Barrier::new(4);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    together.wait();
                    build_where_missing(&folder).unwrap();
                });
            }
        });
        assert_eq!(fs::read_to_string(folder.join("log")).unwrap(), "built\n");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_module_that_is_there_is_left_alone() {
        let folder = folder("left-alone", "policy.wasm: always\n\t@false\nalways:\n");
        fs::write(folder.join("policy.wasm"), "as it is").unwrap();
        build_where_missing(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn reports_a_module_that_make_cannot_build() {
        let folder = folder("no-rule", "policy.wasm:\n\t@exit 3\n");
        assert!(build_where_missing(&folder).is_err());
        fs::remove_dir_all(&folder).unwrap();
    }
}
