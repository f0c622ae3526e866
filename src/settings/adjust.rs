//! What is done about a finding, and what is found out about it.

use super::error::SettingsErrorKind;
use super::fields::Fields;
use super::reader::Input;

/// What becomes of the object that has a finding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Adjust {
    /// It stays as it is.
    #[default]
    Nothing,
    /// The image's pull policy becomes `IfNotPresent`.
    IfNotPresent,
    /// The image is pinned to the digest that its registry serves.
    Pin,
}

impl Adjust {
    pub(super) const NAMES: &'static [(&'static str, Self)] = &[
        ("none", Self::Nothing),
        ("if-not-present", Self::IfNotPresent),
        ("pin", Self::Pin),
    ];
}

/// Whether the digest that a registry serves is compared with those that run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DriftCheck {
    /// It is not.
    #[default]
    Unchecked,
    /// It is, and that is said.
    Checked,
    /// It is, and a tag that still means what runs is accepted.
    VerifiedAllowed,
}

impl DriftCheck {
    pub(super) fn of(settings: &Fields<'_, '_>) -> Self {
        let drift = settings.optional("drift");
        drift
            .and_then(|drift| Self::read(&drift))
            .unwrap_or_default()
    }

    fn read(input: &Input<'_, '_>) -> Option<Self> {
        let fields = Fields::of(input)?;
        let drift = match (fields.boolean("check"), fields.boolean("allowVerified")) {
            (true, true) => Self::VerifiedAllowed,
            (true, false) => Self::Checked,
            (false, false) => Self::Unchecked,
            (false, true) => {
                fields.report(
                    "allowVerified",
                    SettingsErrorKind::Contradiction,
                    "contradicts check, which is false: nothing would be verified",
                );
                Self::Unchecked
            }
        };
        fields.finalize();
        Some(drift)
    }
}
