//! Matching of texts against patterns with `?` and `*`.

/// One element of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// This character.
    Literal(char),
    /// One character other than `/`.
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
pub(super) struct Wildcard(Vec<Token>);

impl Wildcard {
    pub(super) fn new(pattern: &str, star: Star) -> Self {
        let mut tokens = Vec::with_capacity(pattern.len());
        for character in pattern.chars() {
            let token = match character {
                '?' => Token::AnyOne,
                '*' if star == Star::Anything => Token::RunAcross,
                '*' if matches!(tokens.last(), Some(Token::RunWithin | Token::RunAcross)) => {
                    tokens.pop();
                    Token::RunAcross
                }
                '*' => Token::RunWithin,
                _ => Token::Literal(character),
            };
            tokens.push(token);
        }
        Self(tokens)
    }

    /// Whether the whole of `text` matches.
    pub(super) fn matches(&self, text: impl Iterator<Item = char>) -> bool {
        // `reached[i]`: the tokens before `i` match the text so far.
        let mut reached = vec![false; self.0.len() + 1];
        if let Some(start) = reached.first_mut() {
            *start = true;
        }
        self.skip_runs(&mut reached);
        for character in text {
            let mut next = vec![false; reached.len()];
            for ((token, from), to) in self.0.iter().zip(&reached).zip(1..) {
                if !from {
                    continue;
                }
                let (stays, advances) = match token {
                    Token::Literal(literal) => (false, *literal == character),
                    Token::AnyOne => (false, character != '/'),
                    Token::RunWithin => (character != '/', false),
                    Token::RunAcross => (true, false),
                };
                if let Some(state) = next.get_mut(to - 1) {
                    *state |= stays;
                }
                if let Some(state) = next.get_mut(to) {
                    *state |= advances;
                }
            }
            self.skip_runs(&mut next);
            reached = next;
        }
        reached.last().copied().unwrap_or_default()
    }

    /// A run may be empty: what stands behind it is reached with it.
    fn skip_runs(&self, reached: &mut [bool]) {
        let mut carried = false;
        for (state, token) in reached
            .iter_mut()
            .zip(self.0.iter().map(Some).chain([None]))
        {
            *state |= carried;
            carried = *state && matches!(token, Some(Token::RunWithin | Token::RunAcross));
        }
    }
}
