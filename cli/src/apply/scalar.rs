//! Plain scalars that kubectl reads by YAML 1.1, and this program by YAML 1.2 as text.

use serde_json::Value;

/// Whether a text of a manifest is the live value for kubectl: `0644` is an octal number, and `yes`
/// is true. (In quotes it would not be; an API server refuses that where it wants a number.)
pub(super) fn is_read_as(live: &Value, text: &Value) -> bool {
    let Some(text) = text.as_str() else {
        return false;
    };
    match live {
        Value::Number(number) => {
            let octal = text.strip_prefix('0');
            let octal = octal.and_then(|digits| u64::from_str_radix(digits, 8).ok());
            octal.is_some() && octal == number.as_u64()
        }
        Value::Bool(true) => matches!(text, "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON"),
        Value::Bool(false) => {
            matches!(text, "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::is_read_as;

    #[test]
    fn reads_numbers_and_booleans_as_kubectl_does() {
        for (live, text, is_equal) in [
            (json!(420), "0644", true),
            (json!(421), "0644", false),
            (json!(8), "08", false),
            (json!(420), "644", false),
            (json!(true), "yes", true),
            (json!(true), "ON", true),
            (json!(true), "no", false),
            (json!(true), "yEs", false),
            (json!(false), "off", true),
            (json!(false), "n", true),
            (json!(false), "yes", false),
            (json!("yes"), "yes", false),
            (json!(null), "no", false),
        ] {
            assert_eq!(is_read_as(&live, &json!(text)), is_equal, "{live} {text}");
        }
    }
}
