//! The files and folders that are left out.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Globs for paths. Each is compared with the path below the folder that is read, and with the path
/// below the folder of the configuration file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Exclude {
    globs: GlobSet,
    /// The folder of the configuration file, as an absolute path.
    base: Option<PathBuf>,
    /// The files that the program itself writes, as absolute paths.
    own: Vec<PathBuf>,
}

impl Exclude {
    /// # Errors
    ///
    /// The globset's own text about a glob that is none.
    pub(crate) fn new(globs: &[String], base: Option<PathBuf>) -> Result<Self, String> {
        let mut set = GlobSetBuilder::new();
        for glob in globs {
            // A folder that is left out is left out with all below it.
            let glob = glob.trim_start_matches("./").trim_end_matches('/');
            let glob = GlobBuilder::new(glob).literal_separator(true).build();
            set.add(glob.map_err(|error| error.to_string())?);
        }
        let globs = set.build().map_err(|error| error.to_string())?;
        Ok(Self {
            globs,
            base,
            own: Vec::new(),
        })
    }

    /// Leaves out the files that the program itself writes too, given by their absolute paths.
    pub(crate) fn with_own(self, own: Vec<PathBuf>) -> Self {
        Self { own, ..self }
    }

    /// Whether a path in the folder `root` is left out.
    pub(crate) fn matches(&self, root: &Path, path: &Path) -> bool {
        if self.is_own(path) {
            return true;
        }
        if self.globs.is_empty() {
            return false;
        }
        let below_root = path.strip_prefix(root).unwrap_or(path);
        let as_written = path.strip_prefix(".").unwrap_or(path);
        let absolute = path.canonicalize().ok();
        let below_base = absolute
            .as_deref()
            .zip(self.base.as_deref())
            .and_then(|(path, base)| path.strip_prefix(base).ok());
        let paths = [Some(below_root), Some(as_written), below_base];
        paths.iter().flatten().any(|path| self.globs.is_match(path))
    }

    fn is_own(&self, path: &Path) -> bool {
        let mut alike = self.own.iter();
        let is_alike = alike.any(|own| own.file_name() == path.file_name());
        is_alike
            && path
                .canonicalize()
                .is_ok_and(|path| self.own.contains(&path))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_what_a_glob_matches_below_the_folder() {
        let globs = ["test/**", "*.json", "./ci/", "**/vendor"].map(str::to_owned);
        let exclude = Exclude::new(&globs, None).unwrap();
        for (path, is_excluded) in [
            ("deploy/test/a.yaml", true),
            ("deploy/a.json", true),
            ("deploy/b/a.json", false),
            ("deploy/ci", true),
            ("deploy/x/vendor", true),
            ("deploy/testing/a.yaml", false),
        ] {
            let found = exclude.matches(Path::new("deploy"), Path::new(path));
            assert_eq!(found, is_excluded, "{path}");
        }
    }

    #[test]
    fn refuses_what_is_no_glob() {
        assert!(Exclude::new(&["a[".to_owned()], None).is_err());
    }
}
