//! Chooses the host for the policy: none, a recorded session, or the look-ups that the
//! arguments allow.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::host::{
    Capabilities, Context, Host, Memory, Recording, Refusal, Registry, Replay, Session,
};

use super::CheckArguments;
use crate::input::error::{InputError, Problem};
use crate::input::manifest::Manifest;
use crate::input::source::Reader;
use crate::place::Place;
use crate::policy::grants::{Granted, Grants};

/// A file that a session is written to.
pub(crate) struct Record {
    path: PathBuf,
    file: File,
}

impl Record {
    /// Opens the file, so that a session that cannot be kept is not recorded at all.
    fn open(path: &Path) -> Result<Self, InputError> {
        // What the file holds is kept until there is something to write.
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
            // A pipe cannot be cut.
            if self.file.metadata()?.is_file() {
                self.file.set_len(0)?;
            }
            (&self.file).write_all(yaml.as_bytes())
        };
        save().map_err(|error| refuse(Problem::Unwritable(error)))
    }
}

pub(crate) enum Answers {
    Nothing,
    Replayed {
        session: PathBuf,
        host: Arc<Replay>,
    },
    Found {
        record: Option<Record>,
        host: Arc<Recording<Memory<Capabilities>>>,
    },
}

impl Answers {
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
            return Ok(Self::Nothing);
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
        Ok(Self::Found {
            record,
            host: Arc::new(Recording::new(Memory::new(capabilities))),
        })
    }

    /// The host that answers, limited to what is granted.
    pub(crate) fn host(&self, grants: &Grants) -> Arc<dyn Host> {
        let grants = grants.clone();
        match self {
            Self::Nothing => Arc::new(Refusal::Offline),
            Self::Replayed { host, .. } => Arc::new(Granted {
                host: Arc::clone(host),
                grants,
            }),
            Self::Found { host, .. } => Arc::new(Granted {
                host: Arc::clone(host),
                grants,
            }),
        }
    }

    /// What a user should know of the look-ups since this was asked last.
    pub(crate) fn warnings(&self) -> Vec<String> {
        match self {
            Self::Found { host, .. } => {
                let registry = host.host().host().registry.as_ref();
                registry.map(Registry::newly_silent).unwrap_or_default()
            }
            Self::Nothing | Self::Replayed { .. } => Vec::new(),
        }
    }

    /// Warns about a recorded session that did not fit, or saves the recording.
    pub(crate) fn close(&self, errors: &mut dyn Write) -> Result<(), InputError> {
        match self {
            Self::Replayed { session, host } => {
                let place = place(session);
                // If this fails, there is no other way to report it.
                if let [first, others @ ..] = host.leftovers().as_slice() {
                    let _ = writeln!(
                        errors,
                        "warning: {place}: {} of its exchanges were not replayed, first {first:?}",
                        others.len() + 1
                    );
                }
                if let [first, others @ ..] = host.unanswered().as_slice() {
                    let _ = writeln!(
                        errors,
                        "warning: {place}: it has no answer for {} more look-ups, first {first:?}: record it anew",
                        others.len() + 1
                    );
                }
                Ok(())
            }
            Self::Found {
                record: Some(record),
                host,
            } => record.save(&host.session()),
            Self::Nothing | Self::Found { record: None, .. } => Ok(()),
        }
    }
}

fn session(path: &Path) -> Result<Session, InputError> {
    let refuse = |problem| InputError::new(place(path), problem).of_argument("--replay");
    let text = fs::read_to_string(path).map_err(|error| refuse(Problem::Unreadable(error)))?;
    Session::parse(&text).map_err(|error| refuse(Problem::Session(error)))
}

fn context(arguments: &CheckArguments, reader: &mut Reader<'_>) -> Result<Context, InputError> {
    let manifest = Manifest::default();
    let mut objects = Vec::new();
    let mut keys = BTreeSet::new();
    for location in &arguments.context {
        for document in reader.read(location) {
            let document = document.map_err(|error| error.of_argument("--context"))?;
            for object in manifest.objects(document) {
                let object = object?;
                if object.key().is_some_and(|key| !keys.insert(key)) {
                    return Err(InputError::new(
                        object.place.clone(),
                        Problem::Duplicate {
                            argument: "--context",
                            subject: object.subject().to_string(),
                        },
                    ));
                }
                objects.push(object.value);
            }
        }
    }
    Ok(Context::new(objects))
}

fn registry() -> Result<Registry, InputError> {
    Registry::new()
        .map_err(|error| InputError::new(Place::new("--registry"), Problem::Unusable(error)))
}

fn place(path: &Path) -> Place {
    Place::new(&path.to_string_lossy())
}
