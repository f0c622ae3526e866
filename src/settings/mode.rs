//! What becomes of a finding.

/// What a finding leads to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// A finding rejects.
    #[default]
    Strict,
    /// A finding is reported, and never blocks.
    Lenient,
}

impl Mode {
    pub(super) const NAMES: &'static [(&'static str, Self)] =
        &[("strict", Self::Strict), ("lenient", Self::Lenient)];

    /// The name that the settings use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Lenient => "lenient",
        }
    }
}

/// What becomes of a finding of a kind that has a setting of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Enforcement {
    /// It is reported, whatever the mode.
    #[default]
    Warn,
    /// It is treated like any other.
    Enforce,
    /// It is none.
    Ignore,
}

impl Enforcement {
    pub(super) const NAMES: &'static [(&'static str, Self)] = &[
        ("warn", Self::Warn),
        ("enforce", Self::Enforce),
        ("ignore", Self::Ignore),
    ];

    pub(super) const WITHOUT_IGNORE: &'static [(&'static str, Self)] =
        &[("warn", Self::Warn), ("enforce", Self::Enforce)];
}
