//! scaffold
#[cfg(feature = "guest")]
mod guest;
