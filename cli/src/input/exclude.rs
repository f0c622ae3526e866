//! The files and folders that are left out.

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::location::absolute_path;

/// The name of the configuration file, which is not an input.
pub(crate) const CONFIGURATION: &str = ".mutable-tags.yaml";

/// The files and folders to leave out, and the count of those that were.
#[derive(Debug, Default)]
pub(crate) struct Exclude {
    /// The globs of the command line.
    arguments: Globs,
    /// The globs of the configuration file.
    defaults: Globs,
    /// The files that the program itself writes, as absolute paths.
    own: Vec<PathBuf>,
    left_out: LeftOut,
}

/// The number of files and folders that a glob matched. Files in such a folder are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LeftOut {
    pub(crate) files: usize,
    pub(crate) folders: usize,
}

/// The kind of an entry in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Folder,
    File,
}

impl Exclude {
    /// The globs of the command line, for paths below the folder that is read, or below the current
    /// folder.
    ///
    /// # Errors
    ///
    /// The description of a glob that is not valid.
    pub(crate) fn new(globs: &[String]) -> Result<Self, String> {
        let current = env::current_dir().and_then(|current| current.canonicalize());
        Ok(Self {
            arguments: Globs::new(current.ok(), globs)?,
            ..Self::default()
        })
    }

    /// Adds globs for paths below the folder of the configuration file.
    pub(crate) fn with_defaults(self, folder: PathBuf, globs: &[String]) -> Result<Self, String> {
        let defaults = Globs::new(Some(folder), globs)?;
        Ok(Self { defaults, ..self })
    }

    /// Leaves out the files that the program itself writes too, given by their absolute paths.
    pub(crate) fn with_own(self, own: Vec<PathBuf>) -> Self {
        Self { own, ..self }
    }

    /// The files of the program alone: globs are for manifests.
    pub(crate) fn without_globs(&self) -> Self {
        Self {
            own: self.own.clone(),
            ..Self::default()
        }
    }

    /// Whether a path is left out, in the folder `root` if it was found there. Counts it, if it is.
    pub(crate) fn leaves_out(&mut self, root: Option<&Path>, path: &Path, entry: Entry) -> bool {
        if self.is_own(path) {
            return true;
        }
        if self.arguments.is_empty() && self.defaults.is_empty() {
            return false;
        }
        let absolute = absolute_path(path).or_else(|| path.canonicalize().ok());
        let absolute = absolute.as_deref();
        let below_root = root.and_then(|root| path.strip_prefix(root).ok());
        let is_left_out = [
            self.arguments.matches(absolute, below_root),
            self.defaults.matches(absolute, None),
        ];
        if !is_left_out.contains(&true) {
            return false;
        }
        match entry {
            Entry::Folder => self.left_out.folders += 1,
            Entry::File => self.left_out.files += 1,
        }
        true
    }

    pub(crate) fn left_out(&self) -> LeftOut {
        self.left_out
    }

    /// The globs of the command line that matched nothing so far.
    pub(crate) fn unmatched(&self) -> impl Iterator<Item = &str> {
        let Globs { texts, matched, .. } = &self.arguments;
        let texts = texts.iter().enumerate();
        texts
            .filter(|(index, _)| !matched.contains(index))
            .map(|(_, text)| text.as_str())
    }

    fn is_own(&self, path: &Path) -> bool {
        if path.file_name() == Some(CONFIGURATION.as_ref()) {
            return true;
        }
        // Comparing the names first avoids following the links of every file.
        let mut own = self.own.iter();
        own.any(|own| own.file_name() == path.file_name())
            && path
                .canonicalize()
                .is_ok_and(|path| self.own.contains(&path))
    }
}

/// Globs for paths below a folder.
#[derive(Debug, Default)]
struct Globs {
    /// An absolute path.
    folder: Option<PathBuf>,
    set: GlobSet,
    texts: Vec<String>,
    /// The indices of those that matched something.
    matched: BTreeSet<usize>,
}

impl Globs {
    fn new(folder: Option<PathBuf>, globs: &[String]) -> Result<Self, String> {
        let mut set = GlobSetBuilder::new();
        for text in globs {
            // A folder that is left out is left out with all below it.
            let glob = text.trim_start_matches("./").trim_end_matches('/');
            let glob = GlobBuilder::new(glob).literal_separator(true).build();
            set.add(glob.map_err(|error| format!("{text:?} is not a glob: {}", error.kind()))?);
        }
        let set = set.build().map_err(|error| error.to_string())?;
        Ok(Self {
            folder,
            set,
            texts: globs.to_vec(),
            matched: BTreeSet::new(),
        })
    }

    fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// Whether any glob matches the path below the globs' folder, or the other path.
    fn matches(&mut self, absolute: Option<&Path>, other: Option<&Path>) -> bool {
        let below = absolute
            .zip(self.folder.as_deref())
            .and_then(|(path, folder)| path.strip_prefix(folder).ok());
        let paths = [below, other].into_iter().flatten();
        let found: Vec<_> = paths.flat_map(|path| self.set.matches(path)).collect();
        self.matched.extend(&found);
        !found.is_empty()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_what_a_glob_matches_below_the_folder() {
        let globs = ["test/**", "*.json", "./ci/", "**/vendor"].map(str::to_owned);
        let mut exclude = Exclude::new(&globs).unwrap();
        for (path, is_excluded) in [
            ("deploy/test/a.yaml", true),
            ("deploy/a.json", true),
            ("deploy/b/a.json", false),
            ("deploy/ci", true),
            ("deploy/x/vendor", true),
            ("deploy/testing/a.yaml", false),
        ] {
            let found = exclude.leaves_out(Some(Path::new("deploy")), Path::new(path), Entry::File);
            assert_eq!(found, is_excluded, "{path}");
        }
    }

    #[test]
    fn counts_what_is_left_out_and_what_matched_nothing() {
        let globs = ["a", "b", "c"].map(str::to_owned);
        let mut exclude = Exclude::new(&globs).unwrap();
        for (path, entry) in [
            ("./a", Entry::Folder),
            ("./c", Entry::File),
            ("./d", Entry::File),
            ("./.mutable-tags.yaml", Entry::File),
        ] {
            exclude.leaves_out(Some(Path::new(".")), Path::new(path), entry);
        }
        let (files, folders) = (1, 1);
        assert_eq!(exclude.left_out(), LeftOut { files, folders });
        assert_eq!(exclude.unmatched().collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn refuses_an_invalid_glob() {
        let error = Exclude::new(&["a[".to_owned()]).unwrap_err();
        assert!(error.starts_with("\"a[\" is not a glob: "), "{error}");
    }
}
