//! Makes Git repositories with a known history.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::program::{Folder, Run, program};

/// The first second of 2024, UTC: day 0.
const BEGINNING: f64 = 1_704_067_200.0;

/// The last day of every story, so that tags are watched until then.
const END: f64 = 100.0;

/// A history, as `git fast-import` reads it.
#[derive(Clone, Default)]
pub(crate) struct Story(String);

impl Story {
    /// A commit of the main line. A file without text is removed.
    pub(crate) fn commit(self, day: f64, files: &[(&str, &str)]) -> Self {
        self.commit_to("main", day, "", files)
    }

    /// The first commit of a branch from the main line.
    pub(crate) fn branch(self, name: &str, day: f64, files: &[(&str, &str)]) -> Self {
        self.commit_to(name, day, "from refs/heads/main\n", files)
    }

    /// Another commit of a branch.
    pub(crate) fn commit_to_branch(self, name: &str, day: f64, files: &[(&str, &str)]) -> Self {
        self.commit_to(name, day, "", files)
    }

    /// Merges a branch into the main line. `files` are those that it changes there.
    pub(crate) fn merge(self, name: &str, day: f64, files: &[(&str, &str)]) -> Self {
        self.commit_to("main", day, &format!("merge refs/heads/{name}\n"), files)
    }

    fn commit_to(mut self, branch: &str, day: f64, parents: &str, files: &[(&str, &str)]) -> Self {
        let seconds = day.mul_add(86_400.0, BEGINNING);
        self.0.push_str(&format!(
            "commit refs/heads/{branch}\ncommitter A <a@example.com> {seconds} +0000\ndata 0\n{parents}"
        ));
        for (path, text) in files {
            let text = with_digests(text);
            self.0.push_str(&match text.as_str() {
                "" => format!("D {path}\n"),
                _ => format!("M 100644 inline {path}\ndata {}\n{text}\n", text.len()),
            });
        }
        self
    }

    /// Makes the repository. `name` tells it from those of other tests.
    pub(crate) fn repository(&self, name: &str) -> Repository {
        let repository = Repository(Folder::new(&format!("history-{name}")));
        repository.git(&["init", "--quiet", "--initial-branch=main"], "");
        let end = self.clone().commit(END, &[("end", "the end")]);
        repository.git(&["fast-import", "--quiet"], &end.0);
        repository
    }

    /// The tags that were watched and moved in some way: `acme/web:1.2.3 1 moves, 0 corrections`.
    pub(crate) fn moves(&self, name: &str) -> Vec<String> {
        let run = self.repository(name).history(&["--output", "json"]);
        assert_eq!(run.errors, "");
        let report: serde_json::Value = serde_json::from_str(&run.output).unwrap();
        let tags = report["tags"].as_array().unwrap().iter();
        let line = |tag: &serde_json::Value| {
            format!(
                "{}:{} {} moves, {} corrections",
                tag["repository"]
                    .as_str()
                    .unwrap()
                    .trim_start_matches("docker.io/"),
                tag["tag"].as_str().unwrap(),
                tag["moves"],
                tag["corrections"]
            )
        };
        tags.map(line).collect()
    }
}

/// Writes `sha256:A` as a digest of that letter alone, and `hex:A` without the algorithm.
fn with_digests(text: &str) -> String {
    let letters = ["A", "B", "C", "D", "E", "F"];
    letters.iter().fold(text.to_owned(), |text, letter| {
        let hex = letter.to_lowercase().repeat(64);
        let text = text.replace(&format!("hex:{letter}"), &hex);
        text.replace(&format!("sha256:{letter}"), &format!("sha256:{hex}"))
    })
}

/// A repository in a folder of its own.
pub(crate) struct Repository(Folder);

impl Repository {
    pub(crate) fn folder(&self) -> &Folder {
        &self.0
    }

    /// Runs git in it.
    pub(crate) fn git(&self, arguments: &[&str], input: &str) {
        let mut git = git(self.0.path(), arguments).spawn().unwrap();
        git.stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        assert!(git.wait().unwrap().success(), "git {arguments:?}");
    }

    /// Runs `mutable-tags history .` in it.
    pub(crate) fn history(&self, arguments: &[&str]) -> Run {
        Run::of(&mut history(self.0.path(), &[&["."], arguments].concat()))
    }
}

pub(crate) fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .stdin(Stdio::piped());
    git
}

/// `mutable-tags history` in a folder, still to be run.
pub(crate) fn history(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = program(&[&["history"], arguments].concat());
    command
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    command
}
