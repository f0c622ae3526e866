//! Imitates how Kubewarden's extension of the Rancher UI handles the form
//! (`components/Questions` and `utils/object.ts` of rancher/kubewarden-ui).

use mutable_tags_policy::settings::{Settings, SettingsError};
use serde_json::{Value, json};

/// The questions at the top of the form.
pub(crate) fn questions() -> Vec<Value> {
    let form: Value = yaml_serde::from_str(include_str!("../../questions-ui.yml")).unwrap();
    let questions = form.get("questions").unwrap();
    questions.as_array().unwrap().clone()
}

/// The question for the setting at this path.
pub(crate) fn question(variable: &str) -> Value {
    let mut questions = questions().into_iter();
    let found = questions.find(|question| text(question, "variable") == variable);
    found.unwrap_or_else(|| panic!("no question asks for {variable}"))
}

/// A text of a question; empty if it has none.
pub(crate) fn text<'q>(question: &'q Value, key: &str) -> &'q str {
    question
        .get(key)
        .map_or("", |value| value.as_str().unwrap())
}

/// A list of a question; empty if it has none.
pub(crate) fn list<'q>(question: &'q Value, key: &str) -> &'q [Value] {
    question
        .get(key)
        .map_or(&[], |value| value.as_array().unwrap())
}

/// The value at a path of fields.
pub(crate) fn get<'s>(settings: &'s Value, variable: &str) -> Option<&'s Value> {
    settings.pointer(&format!("/{}", variable.replace('.', "/")))
}

/// Settings with a value at a path of fields.
pub(crate) fn with(mut settings: Value, variable: &str, value: Value) -> Value {
    let mut target = &mut settings;
    for key in variable.split('.') {
        let fields = target.as_object_mut().unwrap();
        target = fields.entry(key).or_insert_with(|| json!({}));
    }
    *target = value;
    settings
}

/// The settings after the form has shown them. Each question that is shown sends its default
/// if nothing is given, which can show other questions.
pub(crate) fn opened(settings: Value) -> Value {
    let mut now = settings.clone();
    for question in questions() {
        let variable = text(&question, "variable");
        let sends = is_shown(&question, &now) && sends_its_default(&question);
        if let Some(default) = question.get("default")
            && sends
            && get(&now, variable).is_none()
        {
            now = with(now, variable, default.clone());
        }
    }
    if now == settings { now } else { opened(now) }
}

/// Whether a question sends its default without being touched. Lists do not: their component
/// takes a missing value for null, and the component for lists of items has no defaults.
pub(crate) fn sends_its_default(question: &Value) -> bool {
    !matches!(text(question, "type"), "array[" | "sequence[")
}

/// Whether a question is shown. In its condition `||` binds less than `&&`, and values are
/// compared with booleans or texts.
pub(crate) fn is_shown(question: &Value, settings: &Value) -> bool {
    let is_met = |comparison: &str| {
        let (variable, value) = comparison.split_once('=').unwrap();
        let value = match value.trim() {
            "true" => json!(true),
            "false" => json!(false),
            value => json!(value),
        };
        get(settings, variable.trim()) == Some(&value)
    };
    let condition = text(question, "show_if");
    condition.is_empty()
        || condition
            .split("||")
            .any(|part| part.split("&&").all(is_met))
}

/// The item that the form adds to a list: the default of every question, of any type.
pub(crate) fn added_item(sequence: &Value) -> Value {
    let questions = list(sequence, "sequence_questions").iter();
    questions
        .filter_map(|question| {
            let default = question.get("default")?;
            Some((text(question, "variable").to_owned(), default.clone()))
        })
        .collect()
}

/// The object that the UI sends: it removes empty values, except in lists.
pub(crate) fn cleaned(value: &Value) -> Value {
    let Value::Object(fields) = value else {
        return value.clone();
    };
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    };
    fields
        .iter()
        .map(|(key, value)| (key.clone(), cleaned(value)))
        .filter(|(_, value)| !is_empty(value))
        .collect()
}

/// `PATH: KIND` of every error of the settings, which must be the same before and after they
/// are cleaned.
pub(crate) fn problems(settings: &Value) -> Vec<String> {
    let errors = errors(settings).into_iter();
    errors
        .map(|error| format!("{}: {}", error.path(), error.kind().code()))
        .collect()
}

pub(crate) fn errors(settings: &Value) -> Vec<SettingsError> {
    let of = |settings: String| match Settings::parse(&settings) {
        Ok(_) => Vec::new(),
        Err(error) => error.errors().to_vec(),
    };
    let errors = of(settings.to_string());
    assert_eq!(of(cleaned(settings).to_string()), errors, "{settings}");
    errors
}

/// Whether settings, cleaned or not, have the same effect as empty ones.
pub(crate) fn mean_nothing(settings: &Value) -> bool {
    [settings.to_string(), cleaned(settings).to_string()]
        .iter()
        .all(|sent| Settings::parse(sent).is_ok_and(|settings| settings == Settings::default()))
}
