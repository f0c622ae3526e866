//! Matches texts against patterns with `?` and `*`.

/// The meaning of a single `*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Star {
    /// Any run within one path component; `**` crosses components.
    WithinComponent,
    /// Any run.
    Anything,
}

/// A pattern that is matched in time proportional to the length of the text, whatever
/// either contains.
///
/// Between slashes, `**` is any number of components, also none, so that `a/**/b` matches
/// `a/b`.
///
/// A pattern is a sequence of tokens. Sets of tokens are bit masks, so that one step per
/// byte of the text advances all of them at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wildcard {
    /// For each byte of the pattern, the tokens that match exactly this byte.
    literals: Vec<(u8, u128)>,
    /// The tokens that match one byte other than `/`.
    any_one: u128,
    /// The tokens that match any run of bytes other than `/`.
    runs_within: u128,
    /// The tokens that match any run.
    runs_across: u128,
    /// The bit behind the last token: once reached, the whole pattern has matched.
    end: u128,
    star: Star,
}

/// The pattern has more than [`Wildcard::MAX_TOKENS`] tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLong;

impl Wildcard {
    /// One bit less than a mask has, since the last one stands for the end.
    pub(super) const MAX_TOKENS: usize = 127;

    pub(super) fn new(pattern: &str, star: Star) -> Result<Self, TooLong> {
        let mut wildcard = Self {
            literals: Vec::new(),
            any_one: 0,
            runs_within: 0,
            runs_across: 0,
            end: 1,
            star,
        };
        for byte in pattern.bytes() {
            let last_run = (wildcard.runs_within | wildcard.runs_across) & wildcard.end >> 1;
            if byte == b'*' && last_run != 0 {
                // Two stars in a row are one token that crosses components.
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
        // A token is reached if the tokens before it match the text so far. A run may be
        // empty, so that reaching it also reaches the token behind it.
        let runs = self.runs_within | self.runs_across;
        let optional = self.optional();
        let mut reached = with_skipped(1, optional);
        reached |= (reached & runs) << 1;
        for byte in text {
            let (any_one, stays) = match byte {
                b'/' => (0, self.runs_across),
                _ => (self.any_one, runs),
            };
            let advances = reached & (self.literal(byte) | any_one);
            reached = with_skipped(advances << 1, optional) | reached & stays;
            if reached == 0 {
                return false;
            }
            reached |= (reached & runs) << 1;
        }
        reached & self.end != 0
    }

    /// The tokens that match exactly this byte.
    fn literal(&self, byte: u8) -> u128 {
        let literal = self.literals.iter().find(|(own, _)| *own == byte);
        literal.map_or(0, |(_, tokens)| *tokens)
    }

    /// The runs between slashes, which can be left out together with the slash behind them.
    fn optional(&self) -> u128 {
        let slashes = self.literal(b'/');
        match self.star {
            Star::WithinComponent => self.runs_across & (slashes << 1 | 1) & slashes >> 1,
            Star::Anything => 0,
        }
    }
}

/// The tokens that are reached anew, and those behind them that leaving out an optional run and
/// its slash reaches.
const fn with_skipped(reached: u128, optional: u128) -> u128 {
    let mut all = reached;
    let mut skipped = reached & optional;
    while skipped != 0 {
        all |= skipped << 2;
        skipped = skipped << 2 & optional;
    }
    all
}
