//! Keys that stand twice in what is searched: which of two values counts depends on who
//! reads them.

use serde_json::Value;

use crate::host::CaseHost;
use crate::test;

/// The message about a container with more fields, of a kind that is searched.
fn message(fields: &str) -> Option<String> {
    let payload = format!(
        r#"{{"request":{{"kind":{{"group":"example.com","kind":"Web"}},"operation":"CREATE","object":{{"spec":{{"containers":[{{{fields}}}]}}}}}}}}"#
    );
    let answer = mutable_tags_policy::admission::validate(payload.as_bytes(), &CaseHost::silent());
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    let message = answer.get("message").unwrap().as_str();
    message.map(str::to_owned)
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
        assert_eq!(message(&format!(r#""{name}":null"#)), None, "{name}");
        assert_eq!(
            message(&format!(r#""{name}":null,"{name}":null"#)).unwrap(),
            format!(
                "mutable-tags (strict mode): the request cannot be judged: \
                 spec.containers[0].{name} is given more than once"
            )
        );
    }
}

#[test]
fn what_means_nothing_or_is_not_searched_may_stand_twice() {
    for name in ["metadata", "rbd", "status", "workingDir"] {
        let fields = format!(r#""{name}":null,"{name}":null"#);
        assert_eq!(message(&fields), None, "{name}");
    }
}
