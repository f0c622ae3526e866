//! Upgrades that reuse a tag, against a real registry in which other content is pushed under
//! it.

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
struct Upgrade {
    server: RegistryServer,
    image: String,
    first: String,
    deployed: Value,
    world: World,
}

impl Upgrade {
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

/// Asserts that a message names both digests.
fn assert_names(answer: &Answer, digests: [&str; 2]) {
    let message = answer.message.as_deref().unwrap();
    for digest in digests {
        assert!(message.contains(digest), "{digest}: {message}");
    }
}

fn check() -> Value {
    json!({"drift": {"check": true}})
}

#[test]
fn a_moved_tag_is_rejected_with_both_digests() {
    let upgrade = Upgrade::begin();
    let second = upgrade.server.push(TAG, "v2");
    let answer = upgrade
        .world
        .validate(&upgrade.restart(), &upgrade.settings(check()));
    assert_eq!(answer, Expected::strict(upgrade.found()).rejected(403));
    assert_names(&answer, [&second, &upgrade.first]);
}

#[test]
fn lenient_mode_warns_of_a_moved_tag() {
    let upgrade = Upgrade::begin();
    let second = upgrade.server.push(TAG, "v2");
    let mut settings = upgrade.settings(check());
    settings["mode"] = json!("lenient");
    let answer = upgrade.world.validate(&upgrade.restart(), &settings);
    assert_eq!(answer, Expected::lenient(upgrade.found()).accepted());
    assert_names(&answer, [&second, &upgrade.first]);
    // A warning has the beginnings of both digests.
    for digest in [second, upgrade.first] {
        let beginning = &digest[.."sha256:".len() + 12];
        assert!(answer.warnings[0].contains(beginning), "{answer:?}");
    }
}

#[test]
fn allow_verified_accepts_a_tag_that_has_not_moved() {
    let upgrade = Upgrade::begin();
    let settings = upgrade.settings(json!({"drift": {"check": true, "allowVerified": true}}));
    let answer = upgrade.world.validate(&upgrade.restart(), &settings);
    assert_eq!(answer, Expected::strict(upgrade.found()).accepted());
    assert!(answer.message.unwrap().contains(&upgrade.first));

    let second = upgrade.server.push(TAG, "v2");
    let answer = upgrade.world.validate(&upgrade.restart(), &settings);
    assert_eq!(answer, Expected::strict(upgrade.found()).rejected(403));
    assert!(answer.message.unwrap().contains(&second));
}

#[test]
fn a_running_child_of_the_served_index_is_verified() {
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
fn keeps_a_pinned_image_when_the_manifest_is_reapplied() {
    let upgrade = Upgrade::begin();
    let settings = upgrade.settings(json!({"adjust": "pin"}));
    let created = create(&upgrade.deployed);
    let answer = upgrade.world.validate(&created, &settings);
    let pinned_image = format!("{}@{}", upgrade.image, upgrade.first);
    let pinned = with(
        &upgrade.deployed,
        "/spec/template/spec/containers/0/image",
        json!(pinned_image),
    );
    assert_eq!(
        answer,
        Expected::strict(upgrade.found())
            .accepted()
            .changed_to(pinned.clone())
    );
    assert!(answer.warnings[0].contains(&upgrade.first), "{answer:?}");
    let asked = vec![Call::OciManifestDigest {
        image: upgrade.image.clone(),
    }];
    assert_eq!(upgrade.world.calls(), asked);

    // A pinned image is no finding, whatever the tag refers to.
    upgrade.server.push(TAG, "v2");
    let quiet = upgrade.world.validate(&create(&pinned), &settings);
    assert_eq!(quiet, ACCEPTED);
    // The old manifest is pinned again, and restarts nothing.
    let again = upgrade
        .world
        .validate(&update(&upgrade.deployed, &pinned), &settings);
    assert_eq!(again, ACCEPTED.changed_to(pinned));
    assert_eq!(upgrade.world.calls(), asked);
}

#[test]
fn a_moved_tag_is_pinned_to_its_new_digest() {
    let upgrade = Upgrade::begin();
    let second = upgrade.server.push(TAG, "v2");
    let settings = upgrade.settings(json!({"adjust": "pin", "drift": {"check": true}}));
    let answer = upgrade.world.validate(&upgrade.restart(), &settings);
    assert!(answer.accepted);
    assert_eq!(
        answer.mutated_object.unwrap()["spec"]["template"]["spec"]["containers"][0]["image"],
        format!("{}@{second}", upgrade.image)
    );
    let message = answer.message.unwrap();
    assert!(message.contains(&upgrade.first), "{message}");
    assert!(message.contains(&second), "{message}");
}

#[test]
fn a_registry_that_is_not_listed_is_not_asked() {
    let upgrade = Upgrade::begin();
    let settings = json!({"adjust": "pin", "registries": ["ghcr.io"]});
    let answer = upgrade
        .world
        .validate(&create(&upgrade.deployed), &settings);
    assert!(!answer.accepted);
    assert_eq!(upgrade.world.calls(), []);
}
