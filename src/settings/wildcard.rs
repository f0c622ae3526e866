//! Matches texts against patterns with `?` and `*`. Patterns are not compiled, since most requests
//! use none.
//!
//! No pattern is slow. After a mismatch only the last `*` is extended, by one byte, so each byte of
//! the text is compared with each byte of the pattern at most once. The budget limits the
//! comparisons of a request: once it is spent, nothing matches.

use crate::budget::Budget;

/// The longest pattern, in bytes. A run of stars counts as one.
pub(super) const MAX_LENGTH: usize = 127;

/// The pattern is longer than [`MAX_LENGTH`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLong;

/// The steps that it takes to find the next component of a path, beside those of comparing it.
const COMPONENT_STEPS: usize = 16;

/// Checks the length of a pattern, which bounds the time that matching takes.
pub(super) fn check_length(pattern: &str) -> Result<(), TooLong> {
    // Nearly every pattern is short even where each of its bytes counts.
    if pattern.len() <= MAX_LENGTH {
        return Ok(());
    }
    let bytes = pattern.as_bytes();
    let repeated_stars = bytes.windows(2).filter(|pair| *pair == b"**").count();
    match bytes.len() - repeated_stars {
        ..=MAX_LENGTH => Ok(()),
        _ => Err(TooLong),
    }
}

/// Whether the whole of `text` matches: `*` is any run, `?` one byte other than a slash.
pub(super) fn matches(pattern: &str, text: &str, budget: &Budget) -> bool {
    let (mut pattern, mut text) = (pattern.as_bytes(), text.as_bytes());
    // The pattern after the last star, and the text that this star has not taken up yet.
    let mut retry: Option<(&[u8], &[u8])> = None;
    while budget.spend(1) {
        (pattern, text) = match (pattern, text) {
            ([], []) => return true,
            ([b'*', after @ ..], _) => {
                retry = Some((after, text));
                (after, text)
            }
            ([b'?', after @ ..], [byte, rest @ ..]) if *byte != b'/' => (after, rest),
            ([own, after @ ..], [byte, rest @ ..]) if own == byte => (after, rest),
            _ => match retry {
                Some((after, [_, rest @ ..])) => {
                    retry = Some((after, rest));
                    (after, rest)
                }
                _ => return false,
            },
        };
    }
    false
}

/// Whether the whole of `path` matches a pattern of components. `**` is any number of them,
/// including none, so `a/**/b` matches `a/b`; at the end it is at least one. Within a component,
/// `*` and `?` mean what they mean for [`matches`].
pub(super) fn matches_path(pattern: &str, path: &str, budget: &Budget) -> bool {
    let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
    // The pattern after the last `**`, and the components that this has not taken up yet.
    let mut retry = None;
    while budget.spend(COMPONENT_STEPS) {
        let component = pattern.next();
        if component == Some("**") {
            if pattern.clone().next().is_none() {
                return path.next().is_some();
            }
            retry = Some((pattern.clone(), path.clone()));
            continue;
        }
        match (component, path.next()) {
            (None, None) => return true,
            (Some(component), Some(text)) if matches(component, text, budget) => {}
            _ => {
                let Some((after, rest)) = &mut retry else {
                    return false;
                };
                if rest.next().is_none() {
                    return false;
                }
                (pattern, path) = (after.clone(), rest.clone());
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    // `#[test]` is an alias, so that these tests run natively and, for wasm32, under Node.
    #[cfg(not(target_arch = "wasm32"))]
    use core::prelude::v1::test;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::{Budget, MAX_LENGTH, TooLong, check_length};

    fn matches(pattern: &str, text: &str) -> bool {
        super::matches(pattern, text, &Budget::unlimited())
    }

    fn matches_path(pattern: &str, path: &str) -> bool {
        super::matches_path(pattern, path, &Budget::unlimited())
    }

    /// Every text of at most `length` characters of an alphabet.
    fn texts(alphabet: &str, length: usize) -> Vec<String> {
        let mut all = vec![String::new()];
        let mut from = 0;
        for _ in 0..length {
            let longest = all.split_off(from);
            let longer: Vec<_> = longest
                .iter()
                .flat_map(|text| alphabet.chars().map(move |last| format!("{text}{last}")))
                .collect();
            all.extend(longest);
            from = all.len();
            all.extend(longer);
        }
        all
    }

    /// Matches by the definition of a pattern, in exponential time.
    fn means(pattern: &[u8], text: &[u8]) -> bool {
        match (pattern, text) {
            ([], _) => text.is_empty(),
            ([b'*', after @ ..], _) => (0..=text.len()).any(|taken| means(after, &text[taken..])),
            ([b'?', after @ ..], [byte, rest @ ..]) => *byte != b'/' && means(after, rest),
            ([own, after @ ..], [byte, rest @ ..]) => own == byte && means(after, rest),
            (_, []) => false,
        }
    }

    /// The meaning of a pattern of components.
    fn path_means(pattern: &[&str], path: &[&str]) -> bool {
        match pattern {
            [] => path.is_empty(),
            ["**"] => !path.is_empty(),
            ["**", after @ ..] => (0..=path.len()).any(|taken| path_means(after, &path[taken..])),
            [own, after @ ..] => path.split_first().is_some_and(|(first, rest)| {
                means(own.as_bytes(), first.as_bytes()) && path_means(after, rest)
            }),
        }
    }

    #[test]
    fn matches_what_a_pattern_means() {
        let written = texts("ab/", 5);
        for pattern in texts("ab?*", 5) {
            for text in &written {
                let expected = means(pattern.as_bytes(), text.as_bytes());
                assert_eq!(matches(&pattern, text), expected, "{pattern} {text}");
            }
        }
    }

    #[test]
    fn matches_the_paths_that_a_pattern_means() {
        let paths: Vec<Vec<&str>> = vec![
            vec!["a"],
            vec!["b"],
            vec!["ab"],
            vec!["a", "b"],
            vec!["a", "a", "b"],
            vec!["b", "a", "ab"],
            vec!["a", "b", "a", "b"],
            vec!["ab", "a", "b", "a", "ab"],
        ];
        for chosen in texts("01234", 5) {
            let components = ["a", "b", "a*", "?", "**"];
            let pattern: Vec<_> = chosen
                .bytes()
                .map(|digit| components[usize::from(digit - b'0')])
                .collect();
            // Splitting an empty text gives one component.
            if pattern.is_empty() {
                continue;
            }
            for path in &paths {
                let (written, text) = (pattern.join("/"), path.join("/"));
                let expected = path_means(&pattern, path);
                assert_eq!(matches_path(&written, &text), expected, "{written} {text}");
            }
        }
    }

    /// With backtracking to every star, each of these would take longer than anybody waits.
    #[test]
    fn no_pattern_is_slow() {
        let text = "a".repeat(100_000);
        for stars in ["*", "**", "?*"] {
            let pattern = format!("{}b", format!("{stars}a").repeat(40));
            assert!(!matches(&pattern, &text), "{pattern}");
            assert!(matches(&pattern, &format!("{text}b")), "{pattern}");
        }
        let path = ["a"; 10_000].join("/");
        let pattern = format!("{}b", "**/a*a*/*a/".repeat(9));
        assert!(!matches_path(&pattern, &path));
        assert!(!matches_path(&pattern, &format!("{path}/b")));
        let pattern = format!("{}b", "**/a*/".repeat(20));
        assert!(matches_path(&pattern, &format!("{path}/b")));
    }

    #[test]
    fn counts_a_run_of_stars_as_one_byte() {
        for (pattern, expected) in [
            ("a".repeat(MAX_LENGTH), Ok(())),
            ("a".repeat(MAX_LENGTH + 1), Err(TooLong)),
            (format!("{}{}", "*".repeat(1000), "a".repeat(126)), Ok(())),
            (
                format!("{}{}", "*".repeat(1000), "a".repeat(127)),
                Err(TooLong),
            ),
        ] {
            assert_eq!(check_length(&pattern), expected, "{pattern}");
        }
    }
}
