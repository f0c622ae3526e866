//! The arguments of the benches.

use std::env;
use std::str::FromStr;

/// The arguments of this program.
///
/// # Errors
///
/// The usage, where there are more or fewer of them.
pub fn arguments<const N: usize>(usage: &str) -> Result<[String; N], String> {
    // cargo adds the flag `--bench`.
    let arguments: Vec<String> = env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    arguments.try_into().map_err(|_| format!("usage: {usage}"))
}

/// Parses an argument that is a whole number from 1.
///
/// # Errors
///
/// A description of the number, where the argument is something else.
pub fn positive<T: FromStr + Default + PartialOrd>(name: &str, text: &str) -> Result<T, String> {
    match text.parse() {
        Ok(number) if number > T::default() => Ok(number),
        _ => Err(format!("{name} is a whole number from 1, not {text:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::positive;

    #[test]
    fn takes_whole_numbers_from_one() {
        assert_eq!(positive("TIME", "1"), Ok(1_u32));
        for text in ["0", "-1", "1.5", "", "many"] {
            let error = format!("TIME is a whole number from 1, not {text:?}");
            assert_eq!(positive::<u32>("TIME", text), Err(error));
        }
    }
}
