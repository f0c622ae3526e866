//! The program `evaluate`, from its arguments to its exit status.

use std::fmt;
use std::io::{self, Read, Write};

use crate::engine::{Engine, EngineError};

use super::answers::Answers;
use super::arguments::{Arguments, Colour, Output};
use super::error::{InputError, Problem};
use super::manifest::{Manifest, Object};
use super::outcome::{Outcome, Status, Tally};
use super::printable::Printable;
use super::recorded;
use super::report::{Form, Report};
use super::request::{Change, Request};
use super::settings::{Terms, terms};
use super::source::Reader;

/// The standard streams of the process.
pub struct Streams<'a> {
    pub input: &'a mut dyn Read,
    /// Gets the report.
    pub output: &'a mut dyn Write,
    /// Gets everything but the report.
    pub errors: &'a mut dyn Write,
    /// Whether `auto` colours the report.
    pub colour_is_welcome: bool,
}

/// Judges the input that the arguments name.
pub fn run(arguments: &Arguments, streams: Streams<'_>) -> Status {
    let Streams {
        input,
        output,
        errors,
        colour_is_welcome,
    } = streams;
    let form = match (arguments.output, arguments.color) {
        (Output::Json, _) => Form::Json,
        (Output::Text, Colour::Always) => Form::Text { coloured: true },
        (Output::Text, Colour::Never) => Form::Text { coloured: false },
        (Output::Text, Colour::Auto) => Form::Text {
            coloured: colour_is_welcome,
        },
    };
    let report = Report::new(form, output);
    evaluate(arguments, input, report, errors).unwrap_or_else(|failure| {
        write_error(errors, &failure);
        Status::Unusable
    })
}

fn evaluate(
    arguments: &Arguments,
    input: &mut dyn Read,
    mut report: Report<'_>,
    errors: &mut dyn Write,
) -> Result<Status, Failure> {
    let Terms {
        settings,
        grants,
        scopes,
    } = terms(arguments)?;
    for (place, scope) in scopes {
        let _ = writeln!(errors, "note: {place}: {scope}");
    }
    let mut reader = Reader::new(input);
    let answers = Answers::open(arguments, &mut reader)?;
    let engine = answers.give_to(Engine::load(&arguments.module)?, &grants);
    let checked = engine.validate_settings(&settings)?;
    if !checked.valid {
        return Err(Failure::Settings(checked.message.unwrap_or_default()));
    }

    let mut tally = Tally::default();
    for request in requests(arguments, &mut reader)? {
        let outcome = match request {
            Err(error) => Outcome::Unreadable(error),
            Ok(request) => match engine.validate(request.value(), &settings) {
                Ok(response) => Outcome::Judged(Box::new(request), grants.hold(response)),
                Err(error) => Outcome::Failed(Box::new(request), error),
            },
        };
        tally.add(outcome.verdict());
        report.add(&outcome)?;
        match &outcome {
            Outcome::Judged(..) => {}
            Outcome::Failed(request, error) => write_error(
                errors,
                &format_args!("{}: {}", request.place(), Printable(&error.to_string())),
            ),
            Outcome::Unreadable(error) => write_error(errors, error),
        }
    }
    if tally.is_empty() {
        return Err(Failure::NothingFound);
    }
    report.end(&tally)?;
    answers.close(errors)?;
    Ok(tally.status())
}

fn requests(
    arguments: &Arguments,
    reader: &mut Reader<'_>,
) -> Result<Vec<Result<Request, InputError>>, Failure> {
    if let Some(location) = &arguments.request_path {
        let documents = reader.read(location).into_iter();
        return Ok(documents
            .map(|document| recorded::request(document?))
            .collect());
    }
    let manifest = Manifest::new(arguments.namespace.clone());
    let objects = |reader: &mut Reader<'_>, location| {
        let documents = reader.read(location).into_iter();
        documents.flat_map(|document| match document {
            Ok(document) => manifest.objects(document),
            Err(error) => vec![Err(error)],
        })
    };
    let mut old = Vec::<Object>::new();
    for object in arguments.old.iter().flat_map(|old| objects(reader, old)) {
        let object = object?;
        if old.iter().any(|other| other.is_same_as(&object)) {
            let problem = Problem::Duplicate {
                argument: "--old",
                subject: object.subject().to_string(),
            };
            return Err(Failure::Input(InputError::new(object.place, problem)));
        }
        old.push(object);
    }
    let new = arguments
        .manifest
        .iter()
        .flat_map(|location| objects(reader, location));
    Ok(new
        .enumerate()
        .map(|(index, object)| {
            let object = object?;
            let change = match old.iter().find(|old| old.is_same_as(&object)) {
                Some(old) => Change::From(Box::new(old.clone())),
                None => Change::Of(arguments.operation),
            };
            Ok(Request::for_object(index + 1, object, change))
        })
        .collect())
}

/// Writes a line to standard error. If this fails, there is no other way to report it.
fn write_error(errors: &mut dyn Write, message: &dyn fmt::Display) {
    let _ = writeln!(errors, "error: {message}");
}

/// An error that ends the evaluation.
#[derive(Debug)]
enum Failure {
    Engine(EngineError),
    Input(InputError),
    Settings(String),
    Output(io::Error),
    NothingFound,
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}

impl From<InputError> for Failure {
    fn from(error: InputError) -> Self {
        Self::Input(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Engine(error) => write!(formatter, "{}", Printable(&error.to_string())),
            Self::Input(error) => write!(formatter, "{error}"),
            Self::Settings(message) => write!(
                formatter,
                "the policy refuses the settings: {}",
                Printable(message)
            ),
            Self::Output(error) => write!(formatter, "cannot write the report: {error}"),
            Self::NothingFound => formatter.write_str(
                "no object to judge: give --manifest or --request-path a file, or a folder with *.yaml, *.yml or *.json",
            ),
        }
    }
}
