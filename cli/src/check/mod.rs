//! The command `check`, from its arguments to its exit status.

mod arguments;
mod lookups;
mod objects;
mod outputs;
mod setup;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

pub(crate) use arguments::CheckArguments;

use crate::diagnostics;
use crate::failure::Failure;
use crate::input::document::{Document, is_request};
use crate::input::error::InputError;
use crate::input::location::Location;
use crate::input::manifest::Object;
use crate::input::repeated::RepeatedKey;
use crate::input::source::{FileReader, Found, ReadResult, Reader, SkipReason};
use crate::outcome::{Outcome, Status, Tally, Verdict};
use crate::policy::{Defaults, PolicyConfiguration};
use crate::printable::Printable;
use crate::progress::Progress;
use crate::report::{Files, Names, Options, Reports, Summary};
use crate::request::recorded;
use crate::request::{Change, Request};
use crate::streams::Streams;
use outputs::output_files;
use setup::Setup;

/// Runs the command.
pub(crate) fn check(arguments: &CheckArguments, streams: Streams<'_>) -> Result<Status, Failure> {
    let Streams {
        input,
        output,
        errors,
        style,
        progress_is_welcome,
        input_is_typed: _,
    } = streams;
    let options = Options {
        style: arguments.color.style(style),
        is_quiet: arguments.quiet,
    };
    let output_files = output_files(arguments)?;
    let defaults = Defaults::find(&arguments.policy, &["policy", "settings", "exclude"])?;
    let exclude = defaults.exclude(&arguments.exclude)?;
    let mut reader = Reader::new(input, exclude.with_own(output_files));
    let configuration = PolicyConfiguration::read(&arguments.policy, &defaults, &mut reader)?;
    let remarks = defaults.remarks.iter().chain(&configuration.remarks);
    for remark in remarks.filter(|remark| !(arguments.quiet && remark.is_routine())) {
        remark.write(errors);
    }
    let progress = Progress::new(progress_is_welcome && !arguments.quiet);
    let setup = Setup::read(arguments, configuration, &mut reader)?;
    // Opening a report empties its file, so everything else that can fail is set up before.
    let reports = Reports::open(&arguments.output, output, options)?;
    let mut check = Check::new(arguments, setup, reader, reports, errors, progress);
    let result = check.run();
    check.progress.clear(check.errors);
    result
}

/// A check that is under way.
struct Check<'a> {
    arguments: &'a CheckArguments,
    reader: Reader<'a>,
    reports: Reports<'a>,
    errors: &'a mut dyn Write,
    progress: Progress,
    setup: Setup,
    /// The live objects that a manifest changes, and that do not say what was applied last.
    without_last_applied: BTreeSet<String>,
    /// Whether any document was read, with an object or without.
    has_read: bool,
    tally: Tally,
    skipped: BTreeMap<SkipReason, Files>,
    /// The objects that were not accepted and are not among those that run now.
    unmatched: Names,
    /// The number of objects so far, which makes the uid of each request unique.
    count: usize,
}

impl<'a> Check<'a> {
    fn new(
        arguments: &'a CheckArguments,
        setup: Setup,
        reader: Reader<'a>,
        reports: Reports<'a>,
        errors: &'a mut dyn Write,
        progress: Progress,
    ) -> Self {
        Self {
            arguments,
            reader,
            reports,
            errors,
            progress,
            setup,
            without_last_applied: BTreeSet::new(),
            has_read: false,
            tally: Tally::default(),
            skipped: BTreeMap::new(),
            unmatched: Names::default(),
            count: 0,
        }
    }

    fn run(&mut self) -> Result<Status, Failure> {
        for location in &self.arguments.paths {
            self.check_location(location)?;
        }
        self.progress.clear(self.errors);
        self.finish_reports()?;
        if self.tally.is_empty() {
            return match (self.arguments.hook, self.has_read) {
                (true, _) => Ok(Status::Accepted),
                (false, true) => Err(Failure::NoObject),
                (false, false) => Err(Failure::NothingFound),
            };
        }
        self.setup.lookups.close(self.errors)?;
        Ok(match self.tally.status() {
            Status::Accepted if self.tally.has_warned() => {
                Status::Warned(self.arguments.warn_exit_code)
            }
            status => status,
        })
    }

    fn check_location(&mut self, location: &Location) -> Result<(), Failure> {
        let found = match self.arguments.hook {
            true => self.reader.find_changed(location),
            false => self.reader.find(location),
        };
        match found {
            Found::StandardInput => {
                let read = self.reader.read_standard_input();
                self.check_all(read)
            }
            Found::Files(files) => {
                let reader = FileReader::of(&files);
                let total = files.len();
                for (done, file) in files.into_iter().enumerate() {
                    let so_far = format_args!("checked {done} of {total} files");
                    self.progress.step(so_far, self.errors);
                    match file {
                        Ok(file) => self.check_all(reader.read(&file))?,
                        Err(error) => self.add(Outcome::Unreadable(error))?,
                    }
                }
                Ok(())
            }
        }
    }

    /// Ends the reports with the summary, and notes what the user may not expect.
    fn finish_reports(&mut self) -> Result<(), Failure> {
        let summary = Summary {
            tally: &self.tally,
            skipped: &self.skipped,
            left_out: self.reader.exclude().left_out(),
        };
        self.reports.finish(&summary)?;
        if !self.arguments.quiet && !self.reports.has_summary() {
            let _ = write!(self.errors, "{summary}");
        }
        if !self.without_last_applied.is_empty() {
            let names: Names = self.without_last_applied.iter().collect();
            diagnostics::note(
                self.errors,
                format_args!(
                    "fields that the manifest leaves out stay, since --old does not say what was applied last: {names}"
                ),
            );
        }
        if !self.unmatched.is_empty() {
            let unmatched = &self.unmatched;
            diagnostics::note(
                self.errors,
                format_args!("not in --old, so judged as new: {unmatched}"),
            );
        }
        self.note_unmatched_globs();
        Ok(())
    }

    fn check_all(&mut self, read: Vec<ReadResult>) -> Result<(), Failure> {
        self.has_read = true;
        let documents = read.iter().filter_map(|read| match read {
            ReadResult::Document(document) => Some(document),
            _ => None,
        });
        for key in RepeatedKey::all(documents) {
            self.progress.clear(self.errors);
            diagnostics::warning(self.errors, key);
        }
        for read in read {
            match read {
                ReadResult::Document(document) => self.check_document(document)?,
                ReadResult::Error(error) => self.add(Outcome::Unreadable(error))?,
                ReadResult::Skipped(reason, place) => {
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
        for object in self.setup.manifest.objects(document) {
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
        let live = object.key().and_then(|key| self.setup.old.get(&key));
        let Some(live) = live else {
            let subject = object.subject();
            let change = Change::Of(self.arguments.operation);
            let outcome = self.judge(Ok(Request::for_object(self.count, object, change)));
            if self.arguments.old.is_some() && outcome.verdict() != Verdict::Accepted {
                self.unmatched.add(&subject.to_string());
            }
            return self.add(outcome);
        };
        if !live.says_last_applied() {
            self.without_last_applied
                .insert(object.subject().to_string());
        }
        let change = Change::From(Box::new(live.object().clone()));
        let request = Request::for_object(self.count, live.with(object), change);
        let outcome = self.judge(Ok(request));
        self.add(outcome)
    }

    fn judge(&mut self, request: Result<Request, InputError>) -> Outcome {
        let outcome = match request {
            Err(error) => Outcome::Unreadable(error),
            Ok(request) => match self
                .setup
                .judge
                .judge(request.value(), &self.setup.settings)
            {
                Ok(mut judged) => {
                    judged.response = self.setup.grants.enforce(judged.response);
                    Outcome::Judged(Box::new(request), judged)
                }
                Err(error) => Outcome::Failed(Box::new(request), error),
            },
        };
        for warning in self.setup.lookups.warnings() {
            self.progress.clear(self.errors);
            diagnostics::warning(self.errors, Printable(&warning));
        }
        outcome
    }

    fn add(&mut self, outcome: Outcome) -> Result<(), Failure> {
        self.progress.clear(self.errors);
        self.tally.add(outcome.verdict());
        self.reports.add(&outcome)?;
        match &outcome {
            Outcome::Judged(..) => {}
            Outcome::Failed(request, error) => diagnostics::error(
                self.errors,
                format_args!("{}: {}", request.place(), Printable(&error.to_string())),
            ),
            Outcome::Unreadable(error) => diagnostics::error(self.errors, error),
        }
        Ok(())
    }

    /// Notes globs that matched nothing in a folder. A named file is never left out.
    fn note_unmatched_globs(&mut self) {
        if !self.arguments.has_folder() || self.arguments.quiet {
            return;
        }
        for glob in self.reader.exclude().unmatched() {
            diagnostics::note(
                self.errors,
                format_args!("--exclude {glob:?} matches nothing"),
            );
        }
    }
}
