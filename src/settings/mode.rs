//! Whether findings reject a request or only warn.

/// The mode of an environment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// A finding rejects the request.
    #[default]
    Strict,
    /// Findings only warn.
    Lenient,
}

impl Mode {
    pub(super) const NAMES: &'static [(&'static str, Self)] =
        &[("strict", Self::Strict), ("lenient", Self::Lenient)];

    /// The value of the setting.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Lenient => "lenient",
        }
    }
}

/// The treatment of findings that have a setting of their own, such as `unchanged`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Enforcement {
    /// The finding only warns, in strict mode too.
    #[default]
    Warn,
    /// The finding is treated like any other.
    Enforce,
    /// The finding is dropped.
    Ignore,
}

impl Enforcement {
    pub(super) const NAMES: &'static [(&'static str, Self)] = &[
        ("warn", Self::Warn),
        ("enforce", Self::Enforce),
        ("ignore", Self::Ignore),
    ];

    /// The names for `unchanged`, which cannot be ignored.
    pub(super) const WITHOUT_IGNORE: &'static [(&'static str, Self)] =
        &[("warn", Self::Warn), ("enforce", Self::Enforce)];
}
