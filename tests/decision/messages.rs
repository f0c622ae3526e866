//! The form of messages and warnings. `tests/cases/words.txt` has the words.

use mutable_tags_policy::admission::evaluate;
use mutable_tags_policy::policy::Evaluation;
use serde_json::{Value, json};

use crate::host::CaseHost;
use crate::payloads::payloads;
use crate::test;

fn evaluated(object: &Value, settings: &Value) -> Evaluation {
    let payload = json!({
        "request": {
            "kind": {"kind": "Pod"},
            "operation": "CREATE",
            "namespace": "shop",
            "object": object,
        },
        "settings": settings,
    });
    evaluate(payload.to_string().as_bytes(), &CaseHost::silent()).unwrap()
}

fn pod(containers: &[Value]) -> Value {
    json!({"spec": {"containers": containers}})
}

fn length(message: &str) -> usize {
    message.chars().count()
}

#[test]
fn ten_findings_of_three_reasons_take_2000_characters() {
    let containers: Vec<Value> = ["main", "1", "latest"]
        .into_iter()
        .cycle()
        .take(10)
        .enumerate()
        .map(|(index, tag)| {
            // With its path the image has 90 characters.
            let image = format!(
                "registry.example.com/{}/app:{tag}",
                "a".repeat(36 - tag.len())
            );
            json!({"name": format!("web-{index}"), "image": image, "imagePullPolicy": "Always"})
        })
        .collect();
    let evaluation = evaluated(&pod(&containers), &json!({}));
    let first = evaluation.findings.first().unwrap();
    assert_eq!(first.image.len() + first.path.to_string().len(), 86);
    let message = evaluation.message().unwrap();
    assert!(length(&message) < 2_000, "{}: {message}", length(&message));
    for container in &containers {
        let image = container.get("image").unwrap().as_str().unwrap();
        assert!(
            message.contains(&format!("{image:?}")),
            "{image}: {message}"
        );
    }
}

#[test]
fn no_message_has_4000_characters() {
    let settings = json!({
        "hint": "h".repeat(200),
        "environments": [{"name": "e".repeat(255), "mode": "strict", "namespaces": ["shop"]}],
        "customResources": [{
            "kind": "Pod",
            "images": (0..10).map(|index| json!({
                "image": format!("spec.images[*].i{index}"),
                "pullPolicy": format!("spec.images[*].{}{index}", "p".repeat(200)),
            })).collect::<Vec<_>>(),
        }],
    });
    let names = ["n".repeat(5_000), "\u{456}".repeat(5_000)];
    let images = [
        "a".repeat(5_000),
        "\u{456}".repeat(5_000),
        format!("https://{}", "a".repeat(5_000)),
    ];
    for (name, image) in names
        .iter()
        .flat_map(|name| images.iter().map(move |image| (name, image)))
    {
        let containers: Vec<_> = (0..20)
            .map(|_| json!({"name": name, "image": image, "imagePullPolicy": "Always"}))
            .collect();
        let mut object = pod(&containers);
        let fields = (0..10).flat_map(|index| {
            let policy = format!("{}{index}", "p".repeat(200));
            [
                (format!("i{index}"), json!("a:main")),
                (policy, json!("Always")),
            ]
        });
        let fields = Value::Object(fields.collect());
        object["spec"]["images"] = json!([fields]);
        for _ in 0..2 {
            let message = evaluated(&object, &settings).message().unwrap();
            assert!(length(&message) < 4_000, "{}: {message}", length(&message));
            object["spec"]["containers"] = json!(vec![json!({"name": "a", "image": "b"})]);
        }
    }
    let unreadable: Vec<_> = (0..20)
        .map(|_| json!({"\u{456}".repeat(400): 5, "image": 5}))
        .collect();
    let message = evaluated(&pod(&unreadable), &settings).message().unwrap();
    assert!(length(&message) < 4_000, "{}: {message}", length(&message));
}

#[test]
fn lists_as_many_images_as_there_is_room_for() {
    for (length, count, listed) in [(10, 10, 10), (10, 11, 10), (300, 8, 8), (300, 10, 8)] {
        let containers: Vec<Value> = (0..count)
            .map(|index| {
                let name = format!("web-{index}-{}", "n".repeat(length));
                let image = format!("acme/{index}{}:main", "a".repeat(length));
                json!({"name": name, "image": image, "imagePullPolicy": "Always"})
            })
            .collect();
        let message = evaluated(&pod(&containers), &json!({})).message().unwrap();
        assert_eq!(message.matches("\"acme/").count(), listed, "{message}");
    }
}

#[test]
fn says_each_fix_once() {
    for (file, case, payload) in payloads() {
        let host = CaseHost::new(case.get("host").unwrap_or(&Value::Null));
        let Ok(evaluation) = evaluate(payload.as_bytes(), &host) else {
            continue;
        };
        let message = evaluation.message().unwrap_or_default();
        let fixes: Vec<_> = message.split("; fix: ").skip(1).collect();
        for (position, fix) in fixes.iter().enumerate() {
            let others = fixes.iter().skip(position + 1);
            let is_repeated = others.into_iter().any(|other| other.contains(fix));
            assert!(!is_repeated, "{file}: {message}");
        }
        assert!(
            message.matches("pin the digest").count() <= 1,
            "{file}: {message}"
        );
        for warning in evaluation.warnings() {
            assert!(!warning.contains("fix: "), "{file}: {warning}");
        }
    }
}

#[test]
fn ends_the_warnings_with_the_policy_and_the_hint() {
    let settings = json!({"mode": "lenient", "hint": "ask #platform"});
    let containers = [json!({"name": "a", "image": "acme/a:main", "imagePullPolicy": "Always"})];
    let evaluation = evaluated(&pod(&containers), &settings);
    let warnings = evaluation.warnings();
    assert_eq!(warnings.len(), 2);
    let last = warnings.last().unwrap();
    assert_eq!(
        last,
        "mutable-tags (lenient mode) warns about this; ask #platform"
    );
    assert!(evaluation.message().unwrap().ends_with("; ask #platform"));
}

#[test]
fn a_finding_says_its_part_of_the_message_alone() {
    let containers = [json!({"name": "a", "image": "acme/a:main", "imagePullPolicy": "Always"})];
    let evaluation = evaluated(&pod(&containers), &json!({}));
    let message = evaluation.message().unwrap();
    let finding = evaluation.findings.first().unwrap();
    let place = " (container \"a\", spec.containers[0].image)";
    let expected = format!(
        "mutable-tags (strict mode): {}; fix: {}",
        finding.sentence(),
        finding.fixes().join(", or ")
    );
    assert_eq!(message.replace(place, ""), expected);
}
