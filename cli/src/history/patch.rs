//! Reads the output of `git diff-tree --patch`: commits, and the whole text of each file after them.

use std::io::{self, BufRead};

use jiff::Timestamp;

use super::git::parse_date;
use super::pins::{Pin, pins_in};

/// The longest text of a file that is looked at, in bytes. No manifest is as long.
const MAX_TEXT: usize = 16 << 20;

/// A commit of the main line, and the files with digests that it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Commit {
    pub(super) date: Timestamp,
    pub(super) files: Vec<ChangedFile>,
}

/// A file after a commit. One that the commit removed has no pins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChangedFile {
    pub(super) path: String,
    pub(super) pins: Vec<Pin>,
}

/// The commits in the output of `git diff-tree --patch`, with a line `commit` and its time before each,
/// and with as many lines of context as files can have.
pub(super) struct Commits<R> {
    input: R,
    /// The commit that began with the last line of the one before.
    next: Option<Commit>,
}

impl<R: BufRead> Commits<R> {
    pub(super) const fn new(input: R) -> Self {
        Self { input, next: None }
    }

    /// Reads until the next commit begins.
    fn read_commit(&mut self) -> io::Result<Option<Commit>> {
        let mut commit = self.next.take();
        let mut path = String::new();
        while let Some(line) = read_line(&mut self.input)? {
            if let Some(date) = line.strip_prefix("commit ").and_then(parse_date) {
                let begun = Commit {
                    date,
                    files: Vec::new(),
                };
                if commit.is_some() {
                    self.next = Some(begun);
                    break;
                }
                commit = Some(begun);
            } else if let Some(name) = line.strip_prefix("--- ").or(line.strip_prefix("+++ ")) {
                // The name of a file that was added or removed stands in one of the two lines.
                if name != "/dev/null" {
                    path = file_name(name);
                }
            } else if let Some(size) = HunkSize::parse(&line) {
                let text = self.read_hunk(size)?;
                if let Some(commit) = &mut commit {
                    commit.files.push(ChangedFile {
                        path: path.clone(),
                        pins: pins_in(&text),
                    });
                }
            }
        }
        Ok(commit)
    }

    /// Reads the lines of a hunk, which is the whole file, and returns those that stay. They are
    /// counted, since a line of a file can look like the beginning of something else.
    fn read_hunk(&mut self, mut size: HunkSize) -> io::Result<String> {
        let mut text = String::new();
        while !size.is_empty() {
            let Some(line) = read_line(&mut self.input)? else {
                break;
            };
            let (old, new) = match line.as_bytes().first() {
                Some(b'-') => (1, 0),
                Some(b'+') => (0, 1),
                Some(b'\\') => (0, 0),
                _ => (1, 1),
            };
            size.old = size.old.saturating_sub(old);
            size.new = size.new.saturating_sub(new);
            if new == 1 && text.len() < MAX_TEXT {
                let mut characters = line.chars();
                characters.next();
                text.push_str(characters.as_str());
                text.push('\n');
            }
        }
        Ok(text)
    }
}

impl<R: BufRead> Iterator for Commits<R> {
    type Item = io::Result<Commit>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read_commit().transpose()
    }
}

/// The lines of a hunk that are still to come, before and after the commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct HunkSize {
    old: usize,
    new: usize,
}

impl HunkSize {
    /// Parses `@@ -1,7 +1,8 @@`, where a `,1` is left out.
    fn parse(line: &str) -> Option<Self> {
        let mut parts = line.strip_prefix("@@ ")?.split(' ');
        let mut size = |sign| {
            let range = parts.next()?.strip_prefix(sign)?;
            let size = range.split_once(',').map_or("1", |(_, size)| size);
            size.parse().ok()
        };
        Some(Self {
            old: size('-')?,
            new: size('+')?,
        })
    }

    const fn is_empty(self) -> bool {
        self.old == 0 && self.new == 0
    }
}

/// The name after the prefix `a/` or `b/`. A name with a blank has a tab after it, and one with
/// unusual characters is quoted.
fn file_name(name: &str) -> String {
    let name = name.trim_end_matches('\t').trim_matches('"');
    let name = name.strip_prefix("a/").or(name.strip_prefix("b/"));
    name.unwrap_or_default().to_owned()
}

fn read_line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    if input.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    let line = String::from_utf8_lossy(&line);
    Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    fn commits(log: &str) -> Vec<Commit> {
        let log = log.replace("AAA", A).replace("BBB", B);
        Commits::new(log.as_bytes()).map(Result::unwrap).collect()
    }

    fn pin(digest: &str) -> Pin {
        Pin::parse(&format!("docker.io/library/nginx:1.27.3@sha256:{digest}")).unwrap()
    }

    fn commit(seconds: i64, files: &[(&str, &[Pin])]) -> Commit {
        let files = files.iter().map(|(path, pins)| ChangedFile {
            path: (*path).to_owned(),
            pins: pins.to_vec(),
        });
        Commit {
            date: Timestamp::from_second(seconds).unwrap(),
            files: files.collect(),
        }
    }

    #[test]
    fn reads_the_text_after_each_commit() {
        let log = "\
commit 100

diff --git a/web.yaml b/web.yaml
new file mode 100644
index 0000000..1111111
--- /dev/null
+++ b/web.yaml
@@ -0,0 +1,2 @@
+name: web
+image: nginx:1.27.3@sha256:AAA
commit 200

diff --git a/web.yaml b/web.yaml
index 1111111..2222222 100644
--- a/web.yaml
+++ b/web.yaml
@@ -1,2 +1,2 @@
 name: web
-image: nginx:1.27.3@sha256:AAA
+image: nginx:1.27.3@sha256:BBB
\\ No newline at end of file
diff --git a/old.yaml b/old.yaml
deleted file mode 100644
index 1111111..0000000
--- a/old.yaml
+++ /dev/null
@@ -1 +0,0 @@
-image: nginx:1.27.3@sha256:AAA
";
        assert_eq!(
            commits(log),
            [
                commit(100, &[("web.yaml", &[pin(A)])]),
                commit(200, &[("web.yaml", &[pin(B)]), ("old.yaml", &[])]),
            ]
        );
    }

    #[test]
    fn lines_of_a_file_are_not_headers() {
        let log = "\
commit 100

--- a/notes
+++ b/notes
@@ -1,3 +1,4 @@
 commit 7
--- a/other
+++ b/other
+@@ -1 +1 @@
 nginx:1.27.3@sha256:AAA
";
        assert_eq!(commits(log), [commit(100, &[("notes", &[pin(A)])])]);
    }

    #[test]
    fn names_may_have_blanks_and_quotes() {
        let log = "\
commit 100

--- a/a web.yaml\t
+++ b/a web.yaml\t
@@ -1 +1 @@
-x
+nginx:1.27.3@sha256:AAA
--- \"a/\\303\\274.yaml\"
+++ \"b/\\303\\274.yaml\"
@@ -1 +1 @@
-x
+nginx:1.27.3@sha256:AAA
";
        let read = commits(log);
        let files = read.iter().flat_map(|commit| &commit.files);
        let names: Vec<_> = files.map(|file| file.path.as_str()).collect();
        assert_eq!(names, ["a web.yaml", "\\303\\274.yaml"]);
    }

    #[test]
    fn no_output_has_no_commit() {
        assert_eq!(commits(""), []);
    }
}
