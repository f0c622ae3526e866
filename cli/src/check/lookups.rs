//! The lookups that the arguments let the policy make, and the host that answers them.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::host::{
    Cache, Capabilities, Context, Host, Recording, Refusal, Registry, Replay, Request, Session,
};

use super::CheckArguments;
use super::objects::read_objects;
use crate::diagnostics;
use crate::input::error::{InputError, Problem};
use crate::input::manifest::ManifestReader;
use crate::input::source::Reader;
use crate::place::Place;
use crate::policy::grants::{Granted, Grants};
use crate::report::counted;

/// The file of `--record`.
pub(crate) struct Record {
    path: PathBuf,
    file: File,
}

impl Record {
    /// Opens the file before the check, so that a file that cannot be written fails at once.
    fn open(path: &Path) -> Result<Self, InputError> {
        // The content is kept until there is something to write.
        let file = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(path);
        let file =
            file.map_err(|error| InputError::new(place(path), Problem::Unwritable(error)))?;
        Ok(Self {
            path: path.to_owned(),
            file,
        })
    }

    fn save(&self, session: &Session) -> Result<(), InputError> {
        let refuse = |problem| InputError::new(place(&self.path), problem);
        let yaml = session.to_yaml();
        let yaml = yaml.map_err(|error| refuse(Problem::Session(error)))?;
        let save = || {
            // A pipe cannot be truncated.
            if self.file.metadata()?.is_file() {
                self.file.set_len(0)?;
            }
            (&self.file).write_all(yaml.as_bytes())
        };
        save().map_err(|error| refuse(Problem::Unwritable(error)))
    }
}

/// The lookups that the arguments let the policy make.
pub(crate) enum Lookups {
    Refused,
    /// Answered from a recorded session.
    Replayed {
        session: PathBuf,
        host: Arc<Replay>,
    },
    /// Answered from files with objects, and by registries.
    Answered {
        record: Option<Record>,
        host: Arc<Recording<Cache<Capabilities>>>,
    },
}

impl Lookups {
    /// Opens the files that the arguments name.
    pub(crate) fn open(
        arguments: &CheckArguments,
        reader: &mut Reader<'_>,
    ) -> Result<Self, InputError> {
        if let Some(path) = &arguments.replay {
            return Ok(Self::Replayed {
                session: path.clone(),
                host: Arc::new(Replay::new(session(path)?)),
            });
        }
        if arguments.context.is_empty() && !arguments.registry {
            return Ok(Self::Refused);
        }
        let record = arguments.record.as_deref();
        let record = record.map(Record::open).transpose()?;
        let capabilities = Capabilities {
            context: if arguments.context.is_empty() {
                None
            } else {
                Some(context(arguments, reader)?)
            },
            registry: arguments.registry.then(registry).transpose()?,
        };
        Ok(Self::Answered {
            record,
            host: Arc::new(Recording::new(Cache::new(capabilities))),
        })
    }

    /// The host that answers, limited to what is granted.
    pub(crate) fn host(&self, grants: &Grants) -> Arc<dyn Host> {
        let grants = grants.clone();
        match self {
            Self::Refused => Arc::new(Refusal::Offline),
            Self::Replayed { host, .. } => Arc::new(Granted {
                host: Arc::clone(host),
                grants,
            }),
            Self::Answered { host, .. } => Arc::new(Granted {
                host: Arc::clone(host),
                grants,
            }),
        }
    }

    /// Warnings about the lookups since the last call.
    pub(crate) fn warnings(&self) -> Vec<String> {
        match self {
            Self::Answered { host, .. } => {
                let registry = host.host().host().registry.as_ref();
                registry.map(Registry::newly_silent).unwrap_or_default()
            }
            Self::Refused | Self::Replayed { .. } => Vec::new(),
        }
    }

    /// Warns if the policy's lookups differ from the replayed session, or saves the recording.
    pub(crate) fn close(&self, errors: &mut dyn Write) -> Result<(), InputError> {
        match self {
            Self::Replayed { session, host } => {
                let place = place(session);
                if let Some(unused) = summary(&host.leftovers(), "recorded lookup") {
                    let warning = format_args!("{place}: the policy did not make {unused}");
                    diagnostics::warning(errors, warning);
                }
                if let Some(unanswered) = summary(&host.unanswered(), "lookup") {
                    let warning = format_args!(
                        "{place}: no answer was recorded for {unanswered}: record it again"
                    );
                    diagnostics::warning(errors, warning);
                }
                Ok(())
            }
            Self::Answered {
                record: Some(record),
                host,
            } => record.save(&host.session()),
            Self::Refused | Self::Answered { record: None, .. } => Ok(()),
        }
    }
}

fn session(path: &Path) -> Result<Session, InputError> {
    let refuse = |problem| InputError::new(place(path), problem).named_by("--replay");
    let text = fs::read_to_string(path).map_err(|error| refuse(Problem::Unreadable(error)))?;
    Session::parse(&text).map_err(|error| refuse(Problem::Session(error)))
}

fn context(arguments: &CheckArguments, reader: &mut Reader<'_>) -> Result<Context, InputError> {
    let manifest = ManifestReader::default();
    let objects = read_objects("--context", &arguments.context, &manifest, reader)?;
    let values = objects.into_iter().map(|object| object.value);
    Ok(Context::new(values.collect()))
}

fn registry() -> Result<Registry, InputError> {
    Registry::new()
        .map_err(|error| InputError::new(Place::new("--registry"), Problem::Unusable(error)))
}

/// How many requests there are, and what the first one asks for; `None` without any.
fn summary(requests: &[Request], noun: &str) -> Option<String> {
    let first = requests.first()?;
    let count = counted(requests.len(), noun);
    Some(format!("{count}, first for {first}"))
}

fn place(path: &Path) -> Place {
    Place::new(&path.to_string_lossy())
}
