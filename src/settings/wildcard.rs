//! Matching of texts against patterns with `?` and `*`.

/// One element of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// This byte of a character.
    Literal(u8),
    /// One byte other than `/`: what patterns are for is named in ASCII.
    AnyOne,
    /// Any run of characters other than `/`.
    RunWithin,
    /// Any run of characters.
    RunAcross,
}

/// What a single `*` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Star {
    /// Any run within one path component; `**` crosses components.
    WithinComponent,
    /// Any run.
    Anything,
}

/// A pattern, ready to be matched in time proportional to the product of its own
/// and the text's length, whatever either holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wildcard {
    tokens: Vec<Token>,
    /// The bit of each token that stands for a run.
    runs: u128,
}

/// A pattern with more tokens than there are bits to tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLong;

impl Wildcard {
    /// The most tokens of a pattern; the last bit stands for its end.
    pub(super) const MOST_TOKENS: usize = 127;

    pub(super) fn new(pattern: &str, star: Star) -> Result<Self, TooLong> {
        let mut tokens = Vec::with_capacity(pattern.len());
        for byte in pattern.bytes() {
            let is_behind_run = matches!(tokens.last(), Some(Token::RunWithin | Token::RunAcross));
            let token = match byte {
                b'?' => Token::AnyOne,
                b'*' if star == Star::WithinComponent && !is_behind_run => Token::RunWithin,
                b'*' => Token::RunAcross,
                _ => Token::Literal(byte),
            };
            // Two runs, one behind the other, are one.
            if byte == b'*' && is_behind_run {
                tokens.pop();
            }
            tokens.push(token);
        }
        if tokens.len() > Self::MOST_TOKENS {
            return Err(TooLong);
        }
        let is_run = |token: &Token| matches!(token, Token::RunWithin | Token::RunAcross);
        let runs = tokens
            .iter()
            .zip(0..)
            .filter(|(token, _)| is_run(token))
            .fold(0, |runs, (_, position)| runs | 1 << position);
        Ok(Self { tokens, runs })
    }

    /// Whether the whole of `text` matches.
    pub(super) fn matches(&self, text: impl Iterator<Item = u8>) -> bool {
        // Bit `i` is set if the tokens before `i` match the text so far. A run may be
        // empty: what stands behind it is reached with it.
        let mut reached = self.with_empty_runs(1);
        for byte in text {
            let mut next = 0;
            let mut rest = reached;
            while rest != 0 {
                let state = rest.trailing_zeros();
                let bit = 1 << state;
                rest ^= bit;
                match self.tokens.get(state as usize) {
                    Some(Token::Literal(literal)) if *literal == byte => next |= bit << 1,
                    Some(Token::AnyOne) if byte != b'/' => next |= bit << 1,
                    Some(Token::RunWithin) if byte != b'/' => next |= bit,
                    Some(Token::RunAcross) => next |= bit,
                    _ => {}
                }
            }
            if next == 0 {
                return false;
            }
            reached = self.with_empty_runs(next);
        }
        reached & (1 << self.tokens.len()) != 0
    }

    const fn with_empty_runs(&self, reached: u128) -> u128 {
        reached | (reached & self.runs) << 1
    }
}
