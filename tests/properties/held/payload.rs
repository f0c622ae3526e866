//! Payloads that are edited from those of the cases, and their properties.

use serde_json::Value;

use super::answer::Answer;
use super::draw::Draw;
use super::edit::edit;
use super::order::{ORDERS, in_order, sorted};
use super::{Held, Subject, corpus, hold};

/// Edits the payload of a case: mostly its object, and sometimes the rest of the request.
pub(crate) fn draw(draw: &mut Draw<'_>) -> Value {
    const PARTS: [&str; 8] = [
        "/request/object",
        "/request/object",
        "/request/object",
        "/request/object",
        "/request/object",
        "/request/oldObject",
        "/request",
        "/settings",
    ];
    let cases = corpus::payloads();
    let case = draw.one_of(cases);
    let mut payload = case.clone();
    while !draw.is_over() {
        let part = *draw.one_of(&PARTS);
        let others = if part == "/settings" {
            corpus::settings()
        } else {
            cases
        };
        if let Some(target) = payload.pointer_mut(part) {
            edit(target, others, draw);
        }
    }
    match levels(&payload) > MAX_LEVELS {
        true => case.clone(),
        false => payload,
    }
}

/// The deepest nesting that `serde_json` reads, so that no host sends more.
const MAX_LEVELS: usize = 127;

fn levels(value: &Value) -> usize {
    let inner = match value {
        Value::Array(items) => items.iter().map(levels).max(),
        Value::Object(fields) => fields.values().map(levels).max(),
        _ => return 0,
    };
    1 + inner.unwrap_or_default()
}

/// Edits the payload of a case as text, or returns the bytes themselves.
pub(crate) fn draw_text(draw: &mut Draw<'_>) -> Vec<u8> {
    const PIECES: [&str; 24] = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\ud800",
        "\\u0000",
        "\\u0069",
        "1e999",
        "-0",
        "0.10",
        "18446744073709551616",
        "null",
        "true",
        " ",
        "\n",
        "{}",
        "[]",
        "{\"a\":",
        "\"image\":",
        "\u{feff}",
    ];
    if draw.below(4) == 1 {
        return draw.rest().to_vec();
    }
    let mut text = draw.one_of(corpus::texts()).clone().into_bytes();
    while !draw.is_over() {
        let start = draw.below((text.len() + 1).max(257));
        let start = start.min(text.len());
        let end = text.len().min(start + draw.below(32));
        let new = match draw.below(5) {
            0 => Vec::new(),
            1 => vec![draw.byte()],
            2 => text[start..end].repeat(2),
            3 => PIECES[draw.below(PIECES.len())]
                .repeat(1 + draw.below(140))
                .into_bytes(),
            _ => PIECES[draw.below(PIECES.len())].into(),
        };
        text.splice(start..end, new);
    }
    text
}

/// The number of ways to write the same payload.
pub(crate) const SPELLINGS: usize = ORDERS.len() + 2;

/// The spelling that escapes every character. It follows the orders of keys, and precedes
/// the one over many lines.
const ESCAPED: usize = ORDERS.len();

/// The response does not depend on the order of keys, or on escapes and white space.
pub(crate) fn has_no_order(
    subject: &Subject,
    payload: &Value,
    spellings: impl IntoIterator<Item = usize>,
) -> Held {
    let expected = Answer::to(subject, in_order(payload, sorted).as_bytes())?;
    for spelling in spellings {
        let written = match ORDERS.get(spelling) {
            Some((_, order)) => in_order(payload, *order),
            None if spelling == ESCAPED => escaped(payload),
            None => format!("{payload:#}"),
        };
        let answer = Answer::to(subject, written.as_bytes())?;
        // A value in a container whose text has no `image` is skipped at any depth. With
        // escapes it could have one, so that it is read, and can be too deep.
        let is_deep = spelling == ESCAPED && answer.text.contains(" levels deep");
        hold(is_deep || answer.value() == expected.value(), || {
            format!(
                "to {written} the answer is {}, not {}",
                answer.text, expected.text
            )
        })?;
    }
    Ok(())
}

/// Writes JSON with every character of every string escaped.
fn escaped(value: &Value) -> String {
    let escape = |text: &str| {
        let units: String = text
            .encode_utf16()
            .map(|unit| format!("\\u{unit:04x}"))
            .collect();
        format!("\"{units}\"")
    };
    match value {
        Value::String(text) => escape(text),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(escaped).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(fields) => {
            let fields: Vec<_> = fields
                .iter()
                .map(|(key, value)| format!("{}:{}", escape(key), escaped(value)))
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        _ => value.to_string(),
    }
}
