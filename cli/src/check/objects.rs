//! Reads the objects that `--old` and `--context` name.

use std::collections::BTreeSet;

use crate::input::error::{InputError, Problem};
use crate::input::location::Location;
use crate::input::manifest::{ManifestReader, Object};
use crate::input::source::Reader;

/// The objects in the files of an argument.
///
/// # Errors
///
/// A file that cannot be read, or an object that is there twice.
pub(super) fn read_objects<'l>(
    argument: &'static str,
    locations: impl IntoIterator<Item = &'l Location>,
    manifest: &ManifestReader,
    reader: &mut Reader<'_>,
) -> Result<Vec<Object>, InputError> {
    let mut objects = Vec::new();
    let mut keys = BTreeSet::new();
    for location in locations {
        for document in reader.read(location) {
            let document = document.map_err(|error| error.named_by(argument))?;
            for object in manifest.objects(document) {
                let object = object?;
                if object.key().is_some_and(|key| !keys.insert(key)) {
                    let subject = object.subject().to_string();
                    let problem = Problem::Duplicate { argument, subject };
                    return Err(InputError::new(object.place, problem));
                }
                objects.push(object);
            }
        }
    }
    Ok(objects)
}
