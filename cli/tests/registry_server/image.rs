//! Pushes images to a registry.

use oci_client::Reference;
use oci_client::client::{Client, ClientConfig, ClientProtocol, Config, ImageLayer};
use oci_client::manifest::{
    IMAGE_CONFIG_MEDIA_TYPE, IMAGE_LAYER_MEDIA_TYPE, OCI_IMAGE_INDEX_MEDIA_TYPE,
    OCI_IMAGE_MEDIA_TYPE, OciImageIndex, OciImageManifest, OciManifest,
};
use oci_client::secrets::RegistryAuth;
use rustls::crypto::ring;
use serde_json::json;
use tokio::runtime::Builder;

use super::RegistryServer;

/// An index that was pushed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// The digest of the index itself.
    pub digest: String,
    /// The digests of its images, in order.
    pub children: [String; 2],
}

impl RegistryServer {
    /// Pushes an image with a layer of this content as `repository:tag`, and returns
    /// the digest of its manifest.
    pub fn push(&self, image: &str, content: &str) -> String {
        let reference = self.reference(image).parse().unwrap();
        let pushed = push_image(&reference, content);
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(pushed)
    }

    /// Pushes an index of two images with these contents, for amd64 and for arm64, as
    /// `repository:tag`.
    pub fn push_index(&self, image: &str, contents: [&str; 2]) -> Index {
        // The images get the tag first, and the index takes it from them.
        let children = contents.map(|content| self.push(image, content));
        let reference = self.reference(image).parse().unwrap();
        let pushed = push_list(&reference, &children);
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let digest = runtime.block_on(pushed);
        Index { digest, children }
    }
}

async fn push_image(reference: &Reference, content: &str) -> String {
    let layer = ImageLayer::new(
        content.as_bytes().to_vec(),
        IMAGE_LAYER_MEDIA_TYPE.to_owned(),
        None,
    );
    let config = Config::new(
        br#"{"architecture":"amd64","os":"linux"}"#.to_vec(),
        IMAGE_CONFIG_MEDIA_TYPE.to_owned(),
        None,
    );
    let layers = [layer];
    let mut manifest = OciImageManifest::build(&layers, &config, None);
    manifest.media_type = Some(OCI_IMAGE_MEDIA_TYPE.to_owned());
    let pushed = client()
        .push(
            reference,
            &layers,
            config,
            &RegistryAuth::Anonymous,
            Some(manifest),
        )
        .await
        .unwrap();
    digest_in(&pushed.manifest_url)
}

async fn push_list(reference: &Reference, children: &[String; 2]) -> String {
    let client = client();
    let mut manifests = Vec::new();
    for (digest, architecture) in children.iter().zip(["amd64", "arm64"]) {
        let child = reference.clone_with_digest(digest.clone());
        let accepted = [OCI_IMAGE_MEDIA_TYPE];
        let (bytes, _) = client
            .pull_manifest_raw(&child, &RegistryAuth::Anonymous, &accepted)
            .await
            .unwrap();
        manifests.push(json!({
            "mediaType": OCI_IMAGE_MEDIA_TYPE,
            "digest": digest,
            "size": bytes.len(),
            "platform": {"architecture": architecture, "os": "linux"},
        }));
    }
    let index: OciImageIndex = serde_json::from_value(json!({
        "schemaVersion": 2,
        "mediaType": OCI_IMAGE_INDEX_MEDIA_TYPE,
        "manifests": manifests,
    }))
    .unwrap();
    let index = OciManifest::ImageIndex(index);
    digest_in(&client.push_manifest(reference, &index).await.unwrap())
}

fn client() -> Client {
    // Even a client for plain HTTP needs a provider. This fails if one is installed already.
    let _ = ring::default_provider().install_default();
    Client::new(ClientConfig {
        protocol: ClientProtocol::Http,
        ..ClientConfig::default()
    })
}

/// The digest in the URL that a registry returns for a push.
fn digest_in(url: &str) -> String {
    let (_, digest) = url.rsplit_once('/').unwrap();
    assert!(digest.starts_with("sha256:"), "{url}");
    digest.to_owned()
}
