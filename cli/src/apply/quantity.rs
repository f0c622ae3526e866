//! Compares quantities, such as `500m` and `0.5`.

use serde_json::Value;

/// The suffixes of quantities, and their powers of ten or of two.
const TENS: [(&str, i32); 10] = [
    ("n", -9),
    ("u", -6),
    ("m", -3),
    ("k", 3),
    ("M", 6),
    ("G", 9),
    ("T", 12),
    ("P", 15),
    ("E", 18),
    ("", 0),
];
const TWOS: [(&str, i32); 6] = [
    ("Ki", 10),
    ("Mi", 20),
    ("Gi", 30),
    ("Ti", 40),
    ("Pi", 50),
    ("Ei", 60),
];

/// Whether both are quantities, and the same.
pub(super) fn are_equal_quantities(one: &Value, other: &Value) -> bool {
    match (amount(one), amount(other)) {
        // Doubles that were computed in two ways differ in their last digits.
        (Some(one), Some(other)) => (one - other).abs() <= one.abs() * 1e-14,
        _ => false,
    }
}

fn amount(value: &Value) -> Option<f64> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    let twos = TWOS
        .iter()
        .map(|(suffix, power)| (suffix, 2_f64.powi(*power)));
    let tens = TENS
        .iter()
        .map(|(suffix, power)| (suffix, 10_f64.powi(*power)));
    twos.chain(tens).find_map(|(suffix, factor)| {
        let number = text.strip_suffix(suffix)?;
        // Rust would read `inf` too.
        let is_number = number.ends_with(|last: char| last.is_ascii_digit() || last == '.');
        let number: f64 = number.parse().ok().filter(|_| is_number)?;
        Some(number * factor)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn compares_quantities_by_their_amounts() {
        for (one, other, expected) in [
            (json!("1000m"), json!(1), true),
            (json!("1024Mi"), json!("1Gi"), true),
            (json!("0.5"), json!("500m"), true),
            (json!("1e3"), json!("1k"), true),
            (json!("1E"), json!("1000P"), true),
            (json!("0"), json!(0), true),
            (json!("1G"), json!("1Gi"), false),
            (json!("500m"), json!("501m"), false),
            (json!("inf"), json!("inf"), false),
            (json!("x"), json!("x"), false),
            (json!(true), json!(1), false),
        ] {
            assert_eq!(
                are_equal_quantities(&one, &other),
                expected,
                "{one} and {other}"
            );
        }
    }
}
