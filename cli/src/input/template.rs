//! Tells a template, which has to be rendered, from a broken document.

/// Whether a text that cannot be read as YAML looks like a template: `{{` stands in it outside of
/// quotes and comments. Between quotes it is YAML, such as an alert's text.
pub(super) fn is_template(text: &str) -> bool {
    text.lines().any(has_open_action)
}

fn has_open_action(line: &str) -> bool {
    let mut quote = None;
    let mut before = ' ';
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, quote) {
            ('"' | '\'', Some(open)) if character == open => quote = None,
            ('\\', Some('"')) => {
                characters.next();
            }
            (_, Some(_)) => {}
            // Within a word it is an apostrophe.
            ('"' | '\'', None) if !before.is_alphanumeric() => quote = Some(character),
            ('#', None) if before.is_whitespace() => return false,
            ('{', None) if characters.peek() == Some(&'{') => return true,
            _ => {}
        }
        before = character;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_has_braces_outside_of_quotes() {
        for (text, expected) in [
            ("image: {{ .Values.image }}", true),
            ("a: 1\n{{- if .Values.b }}\n", true),
            ("a: it's {{ .b }}", true),
            ("a: \"b\" {{ .c }}", true),
            ("image: \"{{ .Values.image }}\"", false),
            ("image: '{{ .Values.image }}'", false),
            ("a: \"\\\"{{ .b }}\"", false),
            ("a: 1 # {{ .b }}", false),
            ("a#b: {{ .c }}", true),
            ("a: {b: {c: 1}}", false),
        ] {
            assert_eq!(is_template(text), expected, "{text}");
        }
    }
}
