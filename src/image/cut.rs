//! Cutting of texts at an ASCII character, compiled once: the standard library's
//! functions are compiled anew wherever they are called.

/// What stands before and behind the first `separator`.
pub(crate) fn cut_at_first(text: &str, separator: u8) -> Option<(&str, &str)> {
    cut(text, text.bytes().position(|byte| byte == separator)?)
}

/// What stands before and behind the last `separator`.
pub(crate) fn cut_at_last(text: &str, separator: u8) -> Option<(&str, &str)> {
    cut(text, text.bytes().rposition(|byte| byte == separator)?)
}

fn cut(text: &str, position: usize) -> Option<(&str, &str)> {
    let (head, tail) = text.split_at_checked(position)?;
    Some((head, tail.get(1..)?))
}
