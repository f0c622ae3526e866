//! Chooses the host for the policy: none, a recorded session, or the look-ups that the
//! arguments allow.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::host::{Capabilities, Context, Host, Recording, Refusal, Registry, Replay, Session};

use super::CheckArguments;
use crate::input::error::{InputError, Problem};
use crate::input::manifest::{Manifest, Object};
use crate::input::source::Reader;
use crate::place::Place;
use crate::policy::grants::{Granted, Grants};

pub(crate) enum Answers {
    Nothing,
    Replayed {
        session: PathBuf,
        host: Arc<Replay>,
    },
    Found {
        record: Option<PathBuf>,
        host: Arc<Recording<Capabilities>>,
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
        let capabilities = Capabilities {
            context: if arguments.context.is_empty() {
                None
            } else {
                Some(context(arguments, reader)?)
            },
            registry: arguments.registry.then(registry).transpose()?,
        };
        Ok(Self::Found {
            record: arguments.record.clone(),
            host: Arc::new(Recording::new(capabilities)),
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

    /// Warns about recorded exchanges that were not used, and saves the recording.
    pub(crate) fn close(&self, errors: &mut dyn Write) -> Result<(), InputError> {
        match self {
            Self::Replayed { session, host } => {
                if let [first, others @ ..] = host.leftovers().as_slice() {
                    // If this fails, there is no other way to report it.
                    let _ = writeln!(
                        errors,
                        "warning: {}: {} of its exchanges were not replayed, first {first:?}",
                        Place::new(&session.to_string_lossy()),
                        others.len() + 1
                    );
                }
                Ok(())
            }
            Self::Found {
                record: Some(path),
                host,
                ..
            } => {
                let refuse = |problem| InputError::new(place(path), problem);
                let yaml = host.session().to_yaml();
                let yaml = yaml.map_err(|error| refuse(Problem::Session(error)))?;
                fs::write(path, yaml).map_err(|error| refuse(Problem::Unwritable(error)))
            }
            Self::Nothing | Self::Found { record: None, .. } => Ok(()),
        }
    }
}

fn session(path: &Path) -> Result<Session, InputError> {
    let refuse = |problem| InputError::new(place(path), problem);
    let text = fs::read_to_string(path).map_err(|error| refuse(Problem::Unreadable(error)))?;
    Session::parse(&text).map_err(|error| refuse(Problem::Session(error)))
}

fn context(arguments: &CheckArguments, reader: &mut Reader<'_>) -> Result<Context, InputError> {
    let manifest = Manifest::default();
    let mut objects = Vec::<Object>::new();
    for location in &arguments.context {
        for document in reader.read(location) {
            for object in manifest.objects(document?) {
                let object = object?;
                if objects.iter().any(|other| other.is_same_as(&object)) {
                    return Err(InputError::new(
                        object.place.clone(),
                        Problem::Duplicate {
                            argument: "--context",
                            subject: object.subject().to_string(),
                        },
                    ));
                }
                objects.push(object);
            }
        }
    }
    Ok(Context::new(
        objects.into_iter().map(|object| object.value).collect(),
    ))
}

fn registry() -> Result<Registry, InputError> {
    Registry::new()
        .map_err(|error| InputError::new(Place::new("--registry"), Problem::Unusable(error)))
}

fn place(path: &Path) -> Place {
    Place::new(&path.to_string_lossy())
}
