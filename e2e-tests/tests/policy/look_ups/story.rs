//! The double upgrade, against a real registry: one tag, then other content under it.

use e2e_tests::host::Request as Call;
use serde_json::{Value, json};

use super::{World, create, deployment, running, update};
use crate::answer::{ACCEPTED, Answer, Expected, Finding};
use crate::registry_server::RegistryServer;
use crate::request::with;

const TAG: &str = "shop/web:main";
const RESTARTED: &str = "/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt";
const PATH: &str = "spec.template.spec.containers[0].image";

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

    fn found(&self) -> [Finding; 1] {
        [Finding::at(PATH, &self.image)]
    }
}

/// Asserts that a message tells both digests.
fn assert_tells(answer: &Answer, digests: [&str; 2]) {
    let message = answer.message.as_deref().unwrap();
    for digest in digests {
        assert!(message.contains(digest), "{digest}: {message}");
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
    assert_eq!(answer, Expected::strict(story.found()).rejected(403));
    assert_tells(&answer, [&second, &story.first]);
}

#[test]
fn in_lenient_it_is_warned_of() {
    let story = Story::begin();
    let second = story.server.push(TAG, "v2");
    let mut settings = story.settings(check());
    settings["mode"] = json!("lenient");
    let answer = story.world.validate(&story.restart(), &settings);
    assert_eq!(answer, Expected::lenient(story.found()).accepted());
    assert_tells(&answer, [&second, &story.first]);
    // A warning has room for their beginnings.
    for digest in [second, story.first] {
        let beginning = &digest[.."sha256:".len() + 12];
        assert!(answer.warnings[0].contains(beginning), "{answer:?}");
    }
}

#[test]
fn a_tag_that_still_means_what_runs_is_accepted_where_that_is_allowed() {
    let story = Story::begin();
    let settings = story.settings(json!({"drift": {"check": true, "allowVerified": true}}));
    let answer = story.world.validate(&story.restart(), &settings);
    assert_eq!(answer, Expected::strict(story.found()).accepted());
    assert!(answer.message.unwrap().contains(&story.first));

    let second = story.server.push(TAG, "v2");
    let answer = story.world.validate(&story.restart(), &settings);
    assert_eq!(answer, Expected::strict(story.found()).rejected(403));
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
    let pinned_image = format!("{}@{}", story.image, story.first);
    let pinned = with(
        &story.deployed,
        "/spec/template/spec/containers/0/image",
        json!(pinned_image),
    );
    assert_eq!(
        answer,
        Expected::strict(story.found())
            .accepted()
            .changed_to(pinned.clone())
    );
    assert!(answer.warnings[0].contains(&story.first), "{answer:?}");
    let asked = vec![Call::OciManifestDigest {
        image: story.image.clone(),
    }];
    assert_eq!(story.world.calls(), asked);

    // Once it is pinned, there is nothing to say, whatever the tag means.
    story.server.push(TAG, "v2");
    let quiet = story.world.validate(&create(&pinned), &settings);
    assert_eq!(quiet, ACCEPTED);
    // The old manifest rolls nothing out.
    let again = story
        .world
        .validate(&update(&story.deployed, &pinned), &settings);
    assert_eq!(again, ACCEPTED.changed_to(pinned));
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
    assert!(message.contains(&second), "{message}");
}

#[test]
fn a_registry_that_is_not_listed_is_not_asked() {
    let story = Story::begin();
    let settings = json!({"adjust": "pin", "registries": ["ghcr.io"]});
    let answer = story.world.validate(&create(&story.deployed), &settings);
    assert!(!answer.accepted);
    assert_eq!(story.world.calls(), []);
}
