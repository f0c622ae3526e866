//! Splits the policy's one-line message for a report of several lines.

/// The parts of a message of the form `header: sentence; sentence`.
///
/// Text in double quotes is escaped as in JSON, and separators in it do not count.
///
/// ```
/// # use mutable_tags_cli::Sentences;
/// let sentences = Sentences::parse(r#"refused: "a: b; c" moves; "d" moves too"#);
/// assert_eq!(sentences.header(), Some("refused"));
/// assert_eq!(sentences.as_slice(), [r#""a: b; c" moves"#, r#""d" moves too"#]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentences<'a> {
    header: Option<&'a str>,
    sentences: Vec<&'a str>,
}

impl<'a> Sentences<'a> {
    #[must_use]
    pub fn parse(message: &'a str) -> Self {
        let (header, mut rest) = match split_once(message, b":;") {
            Some((header, b':', rest)) => (Some(header), rest),
            _ => (None, message),
        };
        let mut sentences = Vec::new();
        while let Some((sentence, _, after)) = split_once(rest, b";") {
            sentences.push(sentence);
            rest = after;
        }
        sentences.push(rest);
        Self { header, sentences }
    }

    /// The text before the first colon, unless a sentence ends earlier.
    #[must_use]
    pub fn header(&self) -> Option<&'a str> {
        self.header
    }

    /// The sentences, of which there is at least one.
    #[must_use]
    pub fn as_slice(&self) -> &[&'a str] {
        &self.sentences
    }

    /// The sentence that names a path in the object.
    pub(crate) fn about(&self, path: &str) -> Option<&'a str> {
        let mut sentences = self.sentences.iter();
        sentences.find(|sentence| names(sentence, path)).copied()
    }
}

/// Whether the sentence has the path as a whole, and not as a part of another path.
pub(crate) fn names(sentence: &str, path: &str) -> bool {
    let may_continue = |character: char| character.is_alphanumeric() || "._-[]".contains(character);
    sentence.match_indices(path).any(|(start, path)| {
        let before = sentence
            .get(..start)
            .and_then(|text| text.chars().next_back());
        let after = sentence.get(start + path.len()..);
        let after = after.and_then(|text| text.chars().next());
        !before.is_some_and(may_continue) && !after.is_some_and(may_continue)
    })
}

/// Splits a text at the first of some separators that is outside of quotes and before a blank.
fn split_once<'t>(text: &'t str, separators: &[u8]) -> Option<(&'t str, u8, &'t str)> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if !quoted && separators.contains(&byte) => {
                let (before, rest) = text.split_at_checked(at)?;
                let after = rest.get(1..).and_then(|rest| rest.strip_prefix(' '));
                if let Some(after) = after {
                    return Some((before, byte, after));
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_not_a_part_of_another_path() {
        for (sentence, expected) in [
            ("\"a\" (container \"c\", spec.image) moves", true),
            ("spec.image: moves", true),
            ("\"a\" (spec.images) moves", false),
            ("\"a\" (spec.image.tag) moves", false),
            ("\"a\" (old.spec.image) moves", false),
            ("\"a\" (spec.image[0]) moves", false),
        ] {
            assert_eq!(names(sentence, "spec.image"), expected, "{sentence}");
        }
    }

    #[test]
    fn separators_count_outside_quotes_only() {
        let cases: &[(&str, Option<&str>, &[&str])] = &[
            ("", None, &[""]),
            ("one sentence", None, &["one sentence"]),
            ("header: one", Some("header"), &["one"]),
            ("header: one; two", Some("header"), &["one", "two"]),
            (
                "header: one: two; three: four",
                Some("header"),
                &["one: two", "three: four"],
            ),
            ("one; two: three", None, &["one", "two: three"]),
            ("a:b;c", None, &["a:b;c"]),
            (r#"h: "x; y" z; w"#, Some("h"), &[r#""x; y" z"#, "w"]),
            (r#"h "a: b": c"#, Some(r#"h "a: b""#), &["c"]),
            (r#"h: "x\"; y"; z"#, Some("h"), &[r#""x\"; y""#, "z"]),
            (r#"h: "x\\"; z"#, Some("h"), &[r#""x\\""#, "z"]),
            (
                r#"h: "open; never closed"#,
                Some("h"),
                &[r#""open; never closed"#],
            ),
            ("h: é; ü", Some("h"), &["é", "ü"]),
            ("h: ", Some("h"), &[""]),
        ];
        for (message, header, sentences) in cases {
            let parsed = Sentences::parse(message);
            assert_eq!(parsed.header(), *header, "{message:?}");
            assert_eq!(parsed.as_slice(), *sentences, "{message:?}");
        }
    }
}
