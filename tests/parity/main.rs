//! Checks that the policy finds exactly the images that Kubernetes' typed objects hold.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]
#![cfg(not(target_arch = "wasm32"))]

mod images;

use k8s_openapi::api::apps::v1::{
    ControllerRevision, DaemonSet, DaemonSetSpec, Deployment, DeploymentSpec, ReplicaSet,
    ReplicaSetSpec, StatefulSet, StatefulSetSpec,
};
use k8s_openapi::api::batch::v1::{CronJob, CronJobSpec, Job, JobSpec, JobTemplateSpec};
use k8s_openapi::api::core::v1::{
    Container, EphemeralContainer, ImageVolumeSource, Pod, PodSpec, PodTemplate, PodTemplateSpec,
    ReplicationController, ReplicationControllerSpec, Volume,
};
use k8s_openapi::apimachinery::pkg::runtime::RawExtension;
use k8s_openapi::{Resource, serde::Serialize};

use images::{images_found_by_policy, images_of_pod_spec};

/// A PodSpec with various images and pull policies in every list of containers.
fn pod_spec() -> PodSpec {
    let images = [None, Some(""), Some("nginx"), Some("acme/ä\"\\:1\n")];
    let policies = [None, Some("Always"), Some("IfNotPresent"), Some("Never")];
    let mut container = Vec::new();
    for image in images {
        for policy in policies {
            container.push(Container {
                name: format!("c{}", container.len()),
                image: image.map(str::to_owned),
                image_pull_policy: policy.map(str::to_owned),
                args: Some(vec!["image: not-an-image".to_owned()]),
                ..Container::default()
            });
        }
    }
    let ephemeral = container.iter().map(|container| EphemeralContainer {
        name: container.name.clone(),
        image: container.image.clone(),
        image_pull_policy: container.image_pull_policy.clone(),
        ..EphemeralContainer::default()
    });
    let volumes = container.iter().map(|container| Volume {
        name: container.name.clone(),
        image: Some(ImageVolumeSource {
            reference: container.image.clone(),
            pull_policy: container.image_pull_policy.clone(),
        }),
        ..Volume::default()
    });
    PodSpec {
        ephemeral_containers: Some(ephemeral.collect()),
        volumes: Some(volumes.collect()),
        init_containers: Some(container.clone()),
        containers: container,
        ..PodSpec::default()
    }
}

fn template() -> PodTemplateSpec {
    PodTemplateSpec {
        spec: Some(pod_spec()),
        ..PodTemplateSpec::default()
    }
}

fn assert_parity<R: Resource + Serialize>(at: &str, object: &R) {
    let expected = images_of_pod_spec(at, &pod_spec());
    assert_eq!(expected.len(), 32, "the object has images in four lists");
    let json = serde_json::to_string(object).unwrap();
    let found = images_found_by_policy(R::GROUP, R::KIND, &json);
    assert_eq!(found.errors, Vec::<String>::new());
    assert_eq!(found.images, expected);
}

#[test]
fn finds_the_images_of_pods() {
    let spec = Some(pod_spec());
    assert_parity(
        "spec",
        &Pod {
            spec,
            ..Pod::default()
        },
    );
}

#[test]
fn finds_the_images_of_pod_templates() {
    let template = Some(template());
    assert_parity(
        "template.spec",
        &PodTemplate {
            template,
            ..PodTemplate::default()
        },
    );
}

#[test]
fn finds_the_images_of_replication_controllers() {
    let template = Some(template());
    let spec = Some(ReplicationControllerSpec {
        template,
        ..Default::default()
    });
    assert_parity(
        "spec.template.spec",
        &ReplicationController {
            spec,
            ..Default::default()
        },
    );
}

#[test]
fn finds_the_images_of_deployments() {
    let spec = Some(DeploymentSpec {
        template: template(),
        ..Default::default()
    });
    assert_parity(
        "spec.template.spec",
        &Deployment {
            spec,
            ..Default::default()
        },
    );
}

#[test]
fn finds_the_images_of_replica_sets() {
    let spec = Some(ReplicaSetSpec {
        template: Some(template()),
        ..Default::default()
    });
    assert_parity(
        "spec.template.spec",
        &ReplicaSet {
            spec,
            ..Default::default()
        },
    );
}

#[test]
fn finds_the_images_of_stateful_sets() {
    let spec = Some(StatefulSetSpec {
        template: template(),
        ..Default::default()
    });
    assert_parity(
        "spec.template.spec",
        &StatefulSet {
            spec,
            ..Default::default()
        },
    );
}

#[test]
fn finds_the_images_of_daemon_sets() {
    let spec = Some(DaemonSetSpec {
        template: template(),
        ..Default::default()
    });
    assert_parity(
        "spec.template.spec",
        &DaemonSet {
            spec,
            ..Default::default()
        },
    );
}

#[test]
fn finds_the_images_of_controller_revisions() {
    let mut data = serde_json::json!({"spec": {"template": template()}});
    // Kubernetes' own controllers write it, so that nothing is kept of what was there.
    data["spec"]["template"]["$patch"] = "replace".into();
    let data = Some(RawExtension(data));
    assert_parity(
        "data.spec.template.spec",
        &ControllerRevision {
            data,
            ..Default::default()
        },
    );
}

#[test]
fn finds_the_images_of_jobs() {
    let spec = Some(JobSpec {
        template: template(),
        ..Default::default()
    });
    assert_parity(
        "spec.template.spec",
        &Job {
            spec,
            ..Default::default()
        },
    );
}

#[test]
fn finds_the_images_of_cron_jobs() {
    let job_template = JobTemplateSpec {
        spec: Some(JobSpec {
            template: template(),
            ..Default::default()
        }),
        ..Default::default()
    };
    let spec = CronJobSpec {
        job_template,
        ..Default::default()
    };
    assert_parity(
        "spec.jobTemplate.spec.template.spec",
        &CronJob {
            spec,
            ..Default::default()
        },
    );
}
