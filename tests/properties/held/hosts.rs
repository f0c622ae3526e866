//! A deterministic host, which always gives the same answer to the same call.

use mutable_tags_policy::policy::{Capability, Host};

use super::corpus;

/// Serves a digest for every image, and answers other calls with an answer of a case.
pub(crate) struct Answering;

impl Host for Answering {
    fn ask(&self, capability: Capability, request: &str) -> Result<Vec<u8>, String> {
        let hash = request.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        if capability == Capability::ManifestDigest {
            return Ok(format!(
                r#"{{"digest":"sha256:{}"}}"#,
                format!("{hash:016x}").repeat(4)
            )
            .into());
        }
        let answers = corpus::host_answers();
        let chosen = usize::try_from(hash >> 8).unwrap_or_default() % (answers.len() + 1);
        answers
            .get(chosen)
            .map(|answer| answer.clone().into_bytes())
            .ok_or_else(|| "no answer".to_owned())
    }
}
