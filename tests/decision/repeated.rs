//! Keys that stand twice in what is searched: which of two values counts depends on who
//! reads them.

use mutable_tags_policy::admission::evaluate;

use crate::host::CaseHost;
use crate::test;

/// What cannot be read of a container with more fields, of a kind that is searched.
fn errors(fields: &str) -> Vec<String> {
    let payload = format!(
        r#"{{"request":{{"kind":{{"group":"example.com","kind":"Web"}},"operation":"CREATE","object":{{"spec":{{"containers":[{{{fields}}}]}}}}}}}}"#
    );
    let evaluation = evaluate(payload.as_bytes(), &CaseHost::silent()).unwrap();
    let errors = evaluation.errors.iter();
    errors
        .map(|field| format!("{}: {}", field.error.path(), field.error.kind().code()))
        .collect()
}

#[test]
fn a_field_that_means_something_may_stand_once() {
    for name in [
        "args",
        "command",
        "containers",
        "digest",
        "env",
        "ephemeralContainers",
        "hub",
        "image",
        "imagePullPolicy",
        "initContainers",
        "name",
        "pullPolicy",
        "reference",
        "registry",
        "repository",
        "script",
        "tag",
        "volumes",
    ] {
        assert_eq!(errors(&format!(r#""{name}":null"#)), [""; 0], "{name}");
        assert_eq!(
            errors(&format!(r#""{name}":null,"{name}":null"#)),
            [format!("spec.containers[0].{name}: repeated")]
        );
    }
}

#[test]
fn what_means_nothing_or_is_not_searched_may_stand_twice() {
    for name in ["metadata", "rbd", "status", "workingDir"] {
        let fields = format!(r#""{name}":null,"{name}":null"#);
        assert_eq!(errors(&fields), [""; 0], "{name}");
    }
}
