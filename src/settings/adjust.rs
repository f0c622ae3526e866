//! The settings `adjust` and `drift`.

use super::error::SettingsErrorKind;
use super::fields::Fields;
use super::reader::Input;

/// The way in which the policy mutates an object that has a finding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Adjust {
    #[default]
    Nothing,
    /// Sets the image's pull policy to `IfNotPresent`.
    IfNotPresent,
    /// Pins the image to the digest that its registry serves.
    Pin,
}

impl Adjust {
    pub(super) const NAMES: &'static [(&'static str, Self)] = &[
        ("none", Self::Nothing),
        ("if-not-present", Self::IfNotPresent),
        ("pin", Self::Pin),
    ];
}

/// Whether the digest that a registry serves for a tag is compared with the digests that
/// the running Pods report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DriftCheck {
    #[default]
    Unchecked,
    /// The finding says whether the tag has moved.
    Checked,
    /// As `Checked`, and a tag that has not moved only warns.
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
                    "contradicts drift.check, which is false: nothing would be verified",
                );
                Self::Unchecked
            }
        };
        fields.finalize();
        Some(drift)
    }
}
