//! Matching of texts against patterns with `?` and `*`.

/// What a single `*` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Star {
    /// Any run within one path component; `**` crosses components.
    WithinComponent,
    /// Any run.
    Anything,
}

/// A pattern, ready to be matched in time proportional to the text's length,
/// whatever either holds.
///
/// Each set of tokens is a number with a bit for each of them, so that one step
/// tries them all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wildcard {
    /// The tokens that stand for a byte, for each byte of the pattern.
    literals: Vec<(u8, u128)>,
    /// The tokens that stand for one byte other than `/`.
    any_one: u128,
    /// The tokens that stand for any run of bytes other than `/`.
    runs_within: u128,
    /// The tokens that stand for any run.
    runs_across: u128,
    /// The bit behind the last token.
    end: u128,
}

/// A pattern with more tokens than there are bits to tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLong;

impl Wildcard {
    /// The most tokens of a pattern; the last bit stands for its end.
    pub(super) const MOST_TOKENS: usize = 127;

    pub(super) fn new(pattern: &str, star: Star) -> Result<Self, TooLong> {
        let mut wildcard = Self {
            literals: Vec::new(),
            any_one: 0,
            runs_within: 0,
            runs_across: 0,
            end: 1,
        };
        for byte in pattern.bytes() {
            let last_run = (wildcard.runs_within | wildcard.runs_across) & wildcard.end >> 1;
            if byte == b'*' && last_run != 0 {
                // Two runs, one behind the other, are one across components.
                wildcard.runs_within &= !last_run;
                wildcard.runs_across |= last_run;
                continue;
            }
            let token = wildcard.end;
            wildcard.end = token.checked_mul(2).ok_or(TooLong)?;
            match byte {
                b'?' => wildcard.any_one |= token,
                b'*' if star == Star::WithinComponent => wildcard.runs_within |= token,
                b'*' => wildcard.runs_across |= token,
                _ => match wildcard.literals.iter_mut().find(|(own, _)| *own == byte) {
                    Some((_, tokens)) => *tokens |= token,
                    None => wildcard.literals.push((byte, token)),
                },
            }
        }
        Ok(wildcard)
    }

    /// Whether the whole of `text` matches.
    pub(super) fn matches(&self, text: impl Iterator<Item = u8>) -> bool {
        // A token is reached if those before it match the text so far. A run may be
        // empty: what stands behind it is reached with it.
        let runs = self.runs_within | self.runs_across;
        let mut reached = 1 | (runs & 1) << 1;
        for byte in text {
            let literals = self.literals.iter().find(|(own, _)| *own == byte);
            let literals = literals.map(|(_, tokens)| *tokens);
            let (any_one, stays) = match byte {
                b'/' => (0, self.runs_across),
                _ => (self.any_one, runs),
            };
            let advances = reached & (literals.unwrap_or_default() | any_one);
            reached = advances << 1 | reached & stays;
            if reached == 0 {
                return false;
            }
            reached |= (reached & runs) << 1;
        }
        reached & self.end != 0
    }
}
