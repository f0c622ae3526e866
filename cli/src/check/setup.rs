//! The policy of a check, and everything that is read before the first object is judged.

use std::collections::BTreeMap;

use serde_json::Value;

use super::CheckArguments;
use super::lookups::Lookups;
use super::objects::read_objects;
use crate::apply::Live;
use crate::failure::Failure;
use crate::input::error::InputError;
use crate::input::manifest::{Key, ManifestReader};
use crate::input::source::Reader;
use crate::judge::Judge;
use crate::policy::PolicyConfiguration;
use crate::policy::grants::Grants;

/// The policy, and everything that it judges by.
pub(super) struct Setup {
    pub(super) lookups: Lookups,
    pub(super) judge: Judge,
    pub(super) grants: Grants,
    pub(super) settings: Value,
    pub(super) manifest: ManifestReader,
    /// The objects that run now.
    pub(super) old: BTreeMap<Key, Live>,
}

impl Setup {
    /// Reads the files that the arguments name, and validates the settings.
    pub(super) fn read(
        arguments: &CheckArguments,
        configuration: PolicyConfiguration,
        reader: &mut Reader<'_>,
    ) -> Result<Self, Failure> {
        let PolicyConfiguration {
            settings,
            place,
            grants,
            ..
        } = configuration;
        let lookups = Lookups::open(arguments, reader)?;
        let judge = Judge::new(arguments.module.as_deref(), lookups.host(&grants))?;
        let checked = judge.validate_settings(settings.to_string().as_bytes())?;
        if !checked.valid {
            let message = checked.message.unwrap_or_default();
            return Err(Failure::Settings { place, message });
        }
        let manifest = ManifestReader::new(arguments.namespace.clone());
        let old = read_objects("--old", &arguments.old, &manifest, reader)?;
        let with_keys = old
            .into_iter()
            .filter_map(|object| Some((object.key()?, object)));
        let old = with_keys.map(|(key, object)| Ok((key, Live::new(object)?)));
        Ok(Self {
            lookups,
            judge,
            grants,
            settings,
            manifest,
            old: old.collect::<Result<_, InputError>>()?,
        })
    }
}
