//! The command `check`, from its arguments to its exit status.

mod answers;
mod arguments;
mod targets;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use answers::Answers;
pub(crate) use arguments::CheckArguments;

use crate::apply::Live;
use crate::failure::{Failure, write_error};
use crate::input::document::{Document, is_request};
use crate::input::error::{InputError, Problem};
use crate::input::manifest::{Key, Manifest, Object};
use crate::input::repeated::RepeatedKey;
use crate::input::source::{Found, Input, Parts, Reader, Skipped};
use crate::judge::Judge;
use crate::outcome::{Outcome, Status, Tally, Verdict};
use crate::policy::grants::Grants;
use crate::policy::{Defaults, PolicyConfiguration};
use crate::printable::Printable;
use crate::progress::Progress;
use crate::report::{Files, Looks, Names, Reports, Summary};
use crate::request::recorded;
use crate::request::{Change, Request};
use crate::streams::Streams;

/// Runs the command.
pub(crate) fn check(arguments: &CheckArguments, streams: Streams<'_>) -> Result<Status, Failure> {
    let Streams {
        input,
        output,
        errors,
        colour_is_welcome,
        progress_is_welcome,
        input_is_typed: _,
    } = streams;
    let looks = Looks {
        is_coloured: arguments.color.colours(colour_is_welcome),
        is_quiet: arguments.quiet,
    };
    let targets = targets::targets(arguments)?;
    let defaults = match arguments.no_config {
        true => Defaults::default(),
        false => Defaults::find(&arguments.policy)?,
    };
    let exclude = defaults.exclude(&arguments.exclude)?;
    let mut reader = Reader::new(input, exclude.with_own(targets));
    let configuration = PolicyConfiguration::read(&arguments.policy, &defaults, &mut reader)?;
    let remarks = defaults.remarks.iter().chain(&configuration.remarks);
    for remark in remarks.filter(|remark| !(arguments.quiet && remark.is_routine())) {
        let _ = writeln!(errors, "{remark}");
    }
    let reports = Reports::open(&arguments.output, output, looks)?;
    let progress = Progress::new(progress_is_welcome && !arguments.quiet);
    Check::new(arguments, configuration, reader, reports, errors, progress)?.run()
}

/// A check that is under way.
struct Check<'a> {
    arguments: &'a CheckArguments,
    reader: Reader<'a>,
    reports: Reports<'a>,
    errors: &'a mut dyn Write,
    progress: Progress,
    answers: Answers,
    judge: Judge,
    grants: Grants,
    settings: serde_json::Value,
    manifest: Manifest,
    /// The objects that run now.
    old: BTreeMap<Key, Live>,
    /// Those of them that met a manifest, and do not tell what was applied last.
    untold: BTreeSet<String>,
    /// Whether a document was read, be it an object or not.
    has_read: bool,
    tally: Tally,
    skipped: BTreeMap<Skipped, Files>,
    /// The objects that were not accepted and are not among those that run now.
    unmatched: Names,
    /// The number of requests so far, by which they are told apart.
    count: usize,
}

impl<'a> Check<'a> {
    fn new(
        arguments: &'a CheckArguments,
        configuration: PolicyConfiguration,
        mut reader: Reader<'a>,
        reports: Reports<'a>,
        errors: &'a mut dyn Write,
        progress: Progress,
    ) -> Result<Self, Failure> {
        let PolicyConfiguration {
            settings,
            place,
            grants,
            ..
        } = configuration;
        let answers = Answers::open(arguments, &mut reader)?;
        let judge = Judge::new(arguments.module.as_deref(), answers.host(&grants))?;
        let checked = judge.validate_settings(settings.to_string().as_bytes())?;
        if !checked.valid {
            let message = checked.message.unwrap_or_default();
            return Err(Failure::Settings { place, message });
        }
        let manifest = Manifest::new(arguments.namespace.clone());
        let old = old_objects(arguments, &mut reader, &manifest)?;
        Ok(Self {
            arguments,
            reader,
            reports,
            errors,
            progress,
            answers,
            judge,
            grants,
            settings,
            manifest,
            old,
            untold: BTreeSet::new(),
            has_read: false,
            tally: Tally::default(),
            skipped: BTreeMap::new(),
            unmatched: Names::default(),
            count: 0,
        })
    }

    fn run(mut self) -> Result<Status, Failure> {
        for location in &self.arguments.paths {
            let found = if self.arguments.hook {
                self.reader.find_changed(location)
            } else {
                self.reader.find(location)
            };
            match found {
                Found::StandardInput => {
                    let read = self.reader.read_standard_input();
                    self.check_all(read)?;
                }
                Found::Files(files) => {
                    let parts = Parts::of(&files);
                    let total = files.len();
                    for (done, file) in files.into_iter().enumerate() {
                        let so_far = format_args!("checked {done} of {total} files");
                        self.progress.step(so_far, self.errors);
                        match file {
                            Ok(file) => self.check_all(parts.read(&file))?,
                            Err(error) => self.add(Outcome::Unreadable(error))?,
                        }
                    }
                }
            }
        }
        self.progress.clear(self.errors);
        let summary = Summary {
            tally: &self.tally,
            skipped: &self.skipped,
            left_out: self.reader.exclude().left_out(),
        };
        self.reports.finish(&summary)?;
        if !self.arguments.quiet && !self.reports.show_summary() {
            let _ = write!(self.errors, "{summary}");
        }
        if !self.untold.is_empty() {
            let untold: Names = self.untold.iter().collect();
            let _ = writeln!(
                self.errors,
                "note: fields that the manifest leaves out stay, since --old does not tell what was applied last: {untold}"
            );
        }
        if !self.unmatched.is_empty() {
            let unmatched = &self.unmatched;
            let _ = writeln!(
                self.errors,
                "note: not in --old, judged as new: {unmatched}"
            );
        }
        self.note_unmatched_globs();
        if self.tally.is_empty() {
            return match (self.arguments.hook, self.has_read) {
                (true, _) => Ok(Status::Accepted),
                (false, true) => Err(Failure::NoObject),
                (false, false) => Err(Failure::NothingFound),
            };
        }
        self.answers.close(self.errors)?;
        Ok(match self.tally.status() {
            Status::Accepted if self.tally.has_warned() => {
                Status::Warned(self.arguments.warn_exit_code)
            }
            status => status,
        })
    }

    fn check_all(&mut self, read: Vec<Input>) -> Result<(), Failure> {
        let documents = read.iter().filter_map(|read| match read {
            Input::Document(document) => Some(document),
            _ => None,
        });
        for key in RepeatedKey::all(documents) {
            self.progress.clear(self.errors);
            let _ = writeln!(self.errors, "warning: {key}");
        }
        for read in read {
            self.has_read = true;
            match read {
                Input::Document(document) => self.check_document(document)?,
                Input::Error(error) => self.add(Outcome::Unreadable(error))?,
                Input::Skipped(reason, place) => {
                    self.skipped.entry(reason).or_default().add(place.source());
                }
            }
        }
        Ok(())
    }

    fn check_document(&mut self, document: Document) -> Result<(), Failure> {
        if is_request(&document.value) {
            let outcome = self.judge(recorded::request(document));
            return self.add(outcome);
        }
        for object in self.manifest.objects(document) {
            self.count += 1;
            match object {
                Ok(object) if is_request(&object.value) => {
                    let outcome = self.judge(recorded::item(object));
                    self.add(outcome)?;
                }
                Ok(object) => self.check_object(object)?,
                Err(error) => self.add(Outcome::Unreadable(error))?,
            }
        }
        Ok(())
    }

    /// Judges the request that an apply of the object would make.
    fn check_object(&mut self, object: Object) -> Result<(), Failure> {
        let live = object.key().and_then(|key| self.old.get(&key));
        let Some(live) = live else {
            let subject = object.subject();
            let change = Change::Of(self.arguments.operation);
            let outcome = self.judge(Ok(Request::for_object(self.count, object, change)));
            if self.arguments.old.is_some() && outcome.verdict() != Verdict::Accepted {
                self.unmatched.add(&subject.to_string());
            }
            return self.add(outcome);
        };
        if !live.tells_last_applied() {
            self.untold.insert(object.subject().to_string());
        }
        let change = Change::From(Box::new(live.object().clone()));
        let request = Request::for_object(self.count, live.with(object), change);
        let outcome = self.judge(Ok(request));
        self.add(outcome)
    }

    fn judge(&mut self, request: Result<Request, InputError>) -> Outcome {
        let outcome = match request {
            Err(error) => Outcome::Unreadable(error),
            Ok(request) => match self.judge.judge(request.value(), &self.settings) {
                Ok(mut judged) => {
                    judged.response = self.grants.hold(judged.response);
                    Outcome::Judged(Box::new(request), judged)
                }
                Err(error) => Outcome::Failed(Box::new(request), error),
            },
        };
        for warning in self.answers.warnings() {
            self.progress.clear(self.errors);
            let _ = writeln!(self.errors, "warning: {}", Printable(&warning));
        }
        outcome
    }

    fn add(&mut self, outcome: Outcome) -> Result<(), Failure> {
        self.progress.clear(self.errors);
        self.tally.add(outcome.verdict());
        self.reports.add(&outcome)?;
        match &outcome {
            Outcome::Judged(..) => {}
            Outcome::Failed(request, error) => write_error(
                self.errors,
                &format_args!("{}: {}", request.place(), Printable(&error.to_string())),
            ),
            Outcome::Unreadable(error) => write_error(self.errors, error),
        }
        Ok(())
    }

    /// Tells of globs that are of no use where folders were read; a named file is never left out.
    fn note_unmatched_globs(&mut self) {
        if !self.arguments.has_folder() || self.arguments.quiet {
            return;
        }
        for glob in self.reader.exclude().unmatched() {
            let _ = writeln!(self.errors, "note: --exclude {glob:?} matches nothing");
        }
    }
}

fn old_objects(
    arguments: &CheckArguments,
    reader: &mut Reader<'_>,
    manifest: &Manifest,
) -> Result<BTreeMap<Key, Live>, InputError> {
    let mut old = BTreeMap::new();
    let Some(location) = &arguments.old else {
        return Ok(old);
    };
    for document in reader.read(location) {
        let document = document.map_err(|error| error.of_argument("--old"))?;
        for object in manifest.objects(document) {
            let object = object?;
            let Some(key) = object.key() else {
                continue;
            };
            if old.contains_key(&key) {
                let problem = Problem::Duplicate {
                    argument: "--old",
                    subject: object.subject().to_string(),
                };
                return Err(InputError::new(object.place, problem));
            }
            old.insert(key, Live::new(object)?);
        }
    }
    Ok(old)
}
