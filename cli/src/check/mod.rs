//! The command `check`, from its arguments to its exit status.

mod answers;
mod arguments;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use answers::Answers;
pub(crate) use arguments::CheckArguments;

use crate::apply::Live;
use crate::failure::{Failure, write_error};
use crate::input::document::Document;
use crate::input::error::{InputError, Problem};
use crate::input::manifest::{Manifest, Object};
use crate::input::source::{Found, Origin, Parts, Reader, Skipped, Source};
use crate::judge::Judge;
use crate::outcome::{Outcome, Status, Tally};
use crate::policy::grants::Grants;
use crate::policy::{Defaults, PolicyConfiguration};
use crate::printable::Printable;
use crate::progress::Progress;
use crate::report::{Colour, Looks, Reports, Summary};
use crate::request::recorded::{is_request, request};
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
    } = streams;
    let looks = Looks {
        is_coloured: match arguments.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => colour_is_welcome,
        },
        is_quiet: arguments.quiet,
    };
    let defaults = Defaults::find()?;
    let configuration = PolicyConfiguration::read(&defaults.complete(&arguments.policy))?;
    let reader = Reader::new(input, defaults.exclude(&arguments.exclude)?);
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
    old: Vec<Live>,
    /// The remarks on them that were made.
    notes: BTreeSet<String>,
    tally: Tally,
    skipped: BTreeMap<Skipped, usize>,
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
            grants,
            scopes,
        } = configuration;
        for (place, scope) in scopes {
            let _ = writeln!(errors, "note: {place}: {scope}");
        }
        let answers = Answers::open(arguments, &mut reader)?;
        let judge = Judge::new(arguments.module.as_deref(), answers.host(&grants))?;
        let checked = judge.validate_settings(settings.to_string().as_bytes())?;
        if !checked.valid {
            return Err(Failure::Settings(checked.message.unwrap_or_default()));
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
            notes: BTreeSet::new(),
            tally: Tally::default(),
            skipped: BTreeMap::new(),
            count: 0,
        })
    }

    fn run(mut self) -> Result<Status, Failure> {
        for location in &self.arguments.paths {
            match self.reader.find(location) {
                Found::StandardInput => {
                    let source = Source {
                        origin: Origin::Named,
                        content: Ok(self.reader.read_standard_input()),
                    };
                    self.check_source(source, None)?;
                }
                Found::Files(files) => {
                    let parts = Parts::of(&files);
                    let total = files.len();
                    for (done, file) in files.into_iter().enumerate() {
                        self.progress.step(done, total, self.errors);
                        match file {
                            Ok(file) => self.check_source(parts.source(&file), Some(&file.path))?,
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
        };
        self.reports.finish(&summary)?;
        if self.tally.is_empty() {
            return Err(Failure::NothingFound);
        }
        self.answers.close(self.errors)?;
        Ok(match self.tally.status() {
            Status::Accepted if self.tally.has_warned() => {
                Status::Warned(self.arguments.warn_exit_code)
            }
            status => status,
        })
    }

    fn check_source(&mut self, source: Source, path: Option<&Path>) -> Result<(), Failure> {
        let documents = match source.content {
            Ok(documents) => documents,
            Err(skipped) => {
                self.skip(skipped);
                return Ok(());
            }
        };
        let is_named = source.origin == Origin::Named;
        for document in documents {
            match document {
                Ok(document) if !is_named && !is_object(&document) => self.skip(Skipped::NoObject),
                Ok(document) => self.check_document(document)?,
                Err(error) if is_named => self.add(Outcome::Unreadable(error))?,
                Err(error) if error.is_template() => {
                    let path = path.map(|path| path.strip_prefix(".").unwrap_or(path));
                    self.skip(Skipped::Template(
                        path.map(Path::to_owned).unwrap_or_default(),
                    ));
                }
                Err(error) if error.looks_like_an_object() => {
                    self.add(Outcome::Unreadable(error))?;
                }
                Err(_) => self.skip(Skipped::NoObject),
            }
        }
        Ok(())
    }

    fn check_document(&mut self, document: Document) -> Result<(), Failure> {
        for path in &document.repeated {
            self.progress.clear(self.errors);
            let _ = writeln!(
                self.errors,
                "warning: {}: {} stands there more than once: the last one counts",
                document.place,
                Printable(path)
            );
        }
        if is_request(&document.value) {
            let request = request(document);
            return self.check_request(request);
        }
        for object in self.manifest.objects(document) {
            self.count += 1;
            let request = object.map(|object| self.request(object));
            self.check_request(request)?;
        }
        Ok(())
    }

    /// The request that an apply of the object would make.
    fn request(&mut self, object: Object) -> Request {
        let is_same = |live: &&Live| live.object().is_same_as(&object);
        let Some(live) = self.old.iter().find(is_same) else {
            let change = Change::Of(self.arguments.operation);
            return Request::for_object(self.count, object, change);
        };
        let note = live.note();
        if let Some(note) = note.filter(|note| self.notes.insert(note.clone())) {
            self.progress.clear(self.errors);
            let _ = writeln!(self.errors, "note: {note}");
        }
        let change = Change::From(Box::new(live.object().clone()));
        Request::for_object(self.count, live.with(object), change)
    }

    fn check_request(&mut self, request: Result<Request, InputError>) -> Result<(), Failure> {
        self.add(match request {
            Err(error) => Outcome::Unreadable(error),
            Ok(request) => match self.judge.judge(request.value(), &self.settings) {
                Ok(mut judged) => {
                    judged.response = self.grants.hold(judged.response);
                    Outcome::Judged(Box::new(request), judged)
                }
                Err(error) => Outcome::Failed(Box::new(request), error),
            },
        })
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

    fn skip(&mut self, skipped: Skipped) {
        *self.skipped.entry(skipped).or_default() += 1;
    }
}

/// Whether a document is a Kubernetes object or a request with one.
fn is_object(document: &Document) -> bool {
    let is_text = |name| {
        let field = document.value.get(name);
        field.is_some_and(|value| value.as_str().is_some_and(|text| !text.is_empty()))
    };
    is_request(&document.value) || (is_text("apiVersion") && is_text("kind"))
}

fn old_objects(
    arguments: &CheckArguments,
    reader: &mut Reader<'_>,
    manifest: &Manifest,
) -> Result<Vec<Live>, InputError> {
    let mut old = Vec::<Live>::new();
    let Some(location) = &arguments.old else {
        return Ok(old);
    };
    for document in reader.read(location) {
        for object in manifest.objects(document?) {
            let object = object?;
            if old.iter().any(|other| other.object().is_same_as(&object)) {
                let problem = Problem::Duplicate {
                    argument: "--old",
                    subject: object.subject().to_string(),
                };
                return Err(InputError::new(object.place, problem));
            }
            old.push(Live::new(object)?);
        }
    }
    Ok(old)
}
