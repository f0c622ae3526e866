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
/// whatever the text holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wildcard {
    tokens: Vec<Token>,
}

/// A part of a pattern; no run stands behind another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// This byte.
    Byte(u8),
    /// One byte other than `/`.
    AnyOne,
    /// Any run of bytes other than `/`, and where the tokens begin that are within the
    /// same component.
    RunWithin(usize),
    /// Any run.
    RunAcross,
}

/// A pattern with more tokens than there are bits to tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLong;

impl Wildcard {
    /// The most tokens of a pattern; the last bit stands for its end.
    pub(super) const MOST_TOKENS: usize = 127;

    pub(super) fn new(pattern: &str, star: Star) -> Result<Self, TooLong> {
        let mut tokens = Vec::with_capacity(pattern.len().min(Self::MOST_TOKENS));
        for byte in pattern.bytes() {
            let token = match byte {
                b'*' => match tokens.last_mut() {
                    // Two runs, one behind the other, are one across components.
                    Some(last @ (Token::RunWithin(_) | Token::RunAcross)) => {
                        *last = Token::RunAcross;
                        continue;
                    }
                    _ if star == Star::WithinComponent => Token::RunWithin(component(&tokens)),
                    _ => Token::RunAcross,
                },
                b'?' => Token::AnyOne,
                byte => Token::Byte(byte),
            };
            if tokens.len() == Self::MOST_TOKENS {
                return Err(TooLong);
            }
            tokens.push(token);
        }
        Ok(Self { tokens })
    }

    /// Whether the whole of `text` matches.
    pub(super) fn matches(&self, text: impl Iterator<Item = u8>) -> bool {
        // A set has a bit for each token: it is reached if those before it match the
        // text so far.
        let mut reached = self.reach(0);
        for byte in text {
            let mut tried = std::mem::take(&mut reached);
            while tried != 0 {
                let position = tried.trailing_zeros();
                tried &= tried - 1;
                match self.token(position) {
                    Some(Token::Byte(own)) if own == byte => reached |= self.reach(position + 1),
                    Some(Token::AnyOne) if byte != b'/' => reached |= self.reach(position + 1),
                    // What a run is reached from matches nothing that it does not match too.
                    Some(Token::RunWithin(component)) if byte != b'/' => {
                        reached = reached & ((1 << component) - 1) | self.reach(position);
                    }
                    Some(Token::RunAcross) => reached = self.reach(position),
                    _ => {}
                }
            }
            if reached == 0 {
                return false;
            }
        }
        reached >> self.tokens.len() != 0
    }

    fn token(&self, position: u32) -> Option<Token> {
        self.tokens.get(position as usize).copied()
    }

    /// The token at a position; a run may be empty, so what stands behind it too.
    fn reach(&self, position: u32) -> u128 {
        let is_run = matches!(
            self.token(position),
            Some(Token::RunWithin(_) | Token::RunAcross)
        );
        (if is_run { 0b11 } else { 0b1 }) << position
    }
}

/// Where the tokens begin since the last that can stand for a `/`.
fn component(tokens: &[Token]) -> usize {
    let is_end = |token: &Token| matches!(token, Token::Byte(b'/') | Token::RunAcross);
    tokens.iter().rposition(is_end).map_or(0, |end| end + 1)
}
