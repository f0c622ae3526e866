//! The double upgrade, against a real registry: one tag, then other content under it.

use e2e_tests::host::Request as Call;
use serde_json::{Value, json};

use super::{World, create, deployment, running, update};
use crate::registry_server::RegistryServer;
use crate::request::with;

const TAG: &str = "shop/web:main";
const RESTARTED: &str = "/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt";
const FIX: &str = "pin its digest (@sha256:…), use a tag that names one build (a full version, a commit), or set imagePullPolicy to IfNotPresent where a stale image will do";
const AGAIN: &str = "has a tag that names a channel, not a build, and this update restarts the Pods and pulls it again";

/// A registry with an image, a Deployment of it, and a Pod that runs it.
struct Story {
    server: RegistryServer,
    image: String,
    first: String,
    deployed: Value,
    world: World,
}

impl Story {
    fn begin() -> Self {
        let server = RegistryServer::start();
        let first = server.push(TAG, "v1");
        let image = server.reference(TAG);
        let image_id = format!("{}@{first}", server.reference("shop/web"));
        Self {
            world: World::with(vec![running("web-1", &image, &image_id)]),
            deployed: deployment(&image),
            server,
            image,
            first,
        }
    }

    /// `kubectl rollout restart`.
    fn restart(&self) -> Value {
        let template = with(
            &self.deployed,
            "/spec/template/metadata/annotations",
            json!({}),
        );
        let restarted = with(&template, RESTARTED, json!("2026-01-31T12:00:00Z"));
        update(&restarted, &self.deployed)
    }

    fn settings(&self, more: Value) -> Value {
        let mut settings = json!({"registries": [self.server.address()]});
        let fields = settings.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        settings
    }

    /// What a message says before and behind what it says of the tag.
    fn message(&self, mode: &str, meaning: &str) -> String {
        format!(
            "mutable-tags ({mode} mode): spec.template.spec.containers[0].image (container \"web\"): \"{}\" {AGAIN}{meaning}: {FIX}",
            self.image
        )
    }
}

fn check() -> Value {
    json!({"drift": {"check": true}})
}

#[test]
fn a_tag_that_means_something_else_is_refused_with_both_digests() {
    let story = Story::begin();
    let second = story.server.push(TAG, "v2");
    let answer = story
        .world
        .validate(&story.restart(), &story.settings(check()));
    assert!(!answer.accepted);
    assert_eq!(answer.code, Some(403));
    assert_eq!(answer.mutated_object, None);
    assert_eq!(answer.warnings, None);
    let moved = format!(
        ", and the tag has moved since it was deployed (the registry serves {second}, the Pods run {})",
        story.first
    );
    assert_eq!(answer.message, Some(story.message("strict", &moved)));
}

#[test]
fn in_lenient_it_is_warned_of() {
    let story = Story::begin();
    let second = story.server.push(TAG, "v2");
    let mut settings = story.settings(check());
    settings["mode"] = json!("lenient");
    let answer = story.world.validate(&story.restart(), &settings);
    assert!(answer.accepted);
    let moved = format!(
        ", and the tag has moved since it was deployed (the registry serves {second}, the Pods run {})",
        story.first
    );
    assert_eq!(answer.message, Some(story.message("lenient", &moved)));
    let [warning] = answer.warnings.unwrap().try_into().unwrap();
    let short = |digest: &str| digest[.."sha256:".len() + 12].to_owned();
    assert!(
        warning.starts_with(&format!(
            "\"{}\" has moved since it was deployed, {}… is served, {}… runs (spec.template.spec.containers[0].image): it has a tag",
            story.image,
            short(&second),
            short(&story.first)
        )),
        "{warning}"
    );
}

#[test]
fn a_tag_that_still_means_what_runs_is_accepted_where_that_is_allowed() {
    let story = Story::begin();
    let settings = story.settings(json!({"drift": {"check": true, "allowVerified": true}}));
    let answer = story.world.validate(&story.restart(), &settings);
    assert!(answer.accepted);
    let verified = format!(", but the tag still means what runs ({})", story.first);
    assert_eq!(
        answer.message,
        Some(
            story.message("strict", &verified)
                + " (a warning only, since drift.allowVerified accepts that)"
        )
    );

    let second = story.server.push(TAG, "v2");
    let answer = story.world.validate(&story.restart(), &settings);
    assert!(!answer.accepted);
    assert!(answer.message.unwrap().contains(&second));
}

#[test]
fn a_child_of_the_index_that_the_tag_means_is_what_it_means() {
    let server = RegistryServer::start();
    let index = server.push_index(TAG, ["amd64", "arm64"]);
    let image = server.reference(TAG);
    let child = format!("{}@{}", server.reference("shop/web"), index.children[1]);
    let world = World::with(vec![running("web-1", &image, &child)]);
    let settings = json!({
        "registries": [server.address()],
        "drift": {"check": true, "allowVerified": true},
    });
    let request = create(&deployment(&image));
    let answer = world.validate(&request, &settings);
    assert!(answer.accepted, "{answer:?}");
    assert!(answer.message.unwrap().contains(&index.digest));

    server.push_index(TAG, ["amd64, rebuilt", "arm64, rebuilt"]);
    let answer = world.validate(&request, &settings);
    assert!(!answer.accepted);
}

#[test]
fn what_is_pinned_stays_what_it_is_also_when_the_old_manifest_is_applied_again() {
    let story = Story::begin();
    let settings = story.settings(json!({"adjust": "pin"}));
    let created = create(&story.deployed);
    let answer = story.world.validate(&created, &settings);
    assert!(answer.accepted);
    let pinned_image = format!("{}@{}", story.image, story.first);
    let pinned = with(
        &story.deployed,
        "/spec/template/spec/containers/0/image",
        json!(pinned_image),
    );
    assert_eq!(answer.mutated_object.as_ref(), Some(&pinned));
    let warning = format!(
        "\"{}\" is pinned to {} (spec.template.spec.containers[0].image): it has a tag that names a channel, not a build, and imagePullPolicy Always pulls it at every start",
        story.image, story.first
    );
    assert_eq!(answer.warnings, Some(vec![shown(&warning)]));
    let asked = vec![Call::OciManifestDigest {
        image: story.image.clone(),
    }];
    assert_eq!(story.world.calls(), asked);

    // Once it is pinned, there is nothing to say, whatever the tag means.
    story.server.push(TAG, "v2");
    let quiet = story.world.validate(&create(&pinned), &settings);
    assert_eq!(quiet, accepted(None));
    // The old manifest rolls nothing out.
    let again = story
        .world
        .validate(&update(&story.deployed, &pinned), &settings);
    assert_eq!(again, accepted(Some(pinned)));
    assert_eq!(story.world.calls(), asked);
}

#[test]
fn a_tag_that_has_moved_is_pinned_to_what_it_means_now() {
    let story = Story::begin();
    let second = story.server.push(TAG, "v2");
    let settings = story.settings(json!({"adjust": "pin", "drift": {"check": true}}));
    let answer = story.world.validate(&story.restart(), &settings);
    assert!(answer.accepted);
    assert_eq!(
        answer.mutated_object.unwrap()["spec"]["template"]["spec"]["containers"][0]["image"],
        format!("{}@{second}", story.image)
    );
    let message = answer.message.unwrap();
    assert!(message.contains(&story.first), "{message}");
    assert!(
        message.ends_with(&format!(
            " (a warning only, since it is to be pinned to {second})"
        )),
        "{message}"
    );
}

#[test]
fn a_registry_that_is_not_listed_is_not_asked() {
    let story = Story::begin();
    let settings = json!({"adjust": "pin", "registries": ["ghcr.io"]});
    let answer = story.world.validate(&create(&story.deployed), &settings);
    assert!(!answer.accepted);
    assert_eq!(story.world.calls(), []);
}

fn accepted(mutated_object: Option<Value>) -> e2e_tests::ValidationResponse {
    e2e_tests::ValidationResponse {
        accepted: true,
        mutated_object,
        ..Default::default()
    }
}

/// What a client shows of a warning.
fn shown(warning: &str) -> String {
    if warning.chars().count() <= 256 {
        return warning.to_owned();
    }
    let start: String = warning.chars().take(255).collect();
    format!("{start}…")
}
