//! The admission request, independent of the envelope around it.

use std::borrow::Cow;
use std::str::FromStr;

use crate::settings::Settings;
use crate::workload::{ContainerType, ImageSite, Kind, Located, UpdateRule, pod_template};

/// The operation that the API server is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Create,
    Update,
    Delete,
    /// A connection to an object, such as that of `kubectl exec`.
    Connect,
}

/// A text that names no operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownOperation;

impl FromStr for Operation {
    type Err = UnknownOperation;

    fn from_str(name: &str) -> Result<Self, UnknownOperation> {
        match name {
            "CREATE" => Ok(Self::Create),
            "UPDATE" => Ok(Self::Update),
            "DELETE" => Ok(Self::Delete),
            "CONNECT" => Ok(Self::Connect),
            _ => Err(UnknownOperation),
        }
    }
}

/// The part of an object that a request is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subresource {
    /// The object itself.
    None,
    /// `pods/ephemeralcontainers`, through which `kubectl debug` adds containers.
    EphemeralContainers,
    /// Any other subresource, none of which can change an image.
    Other,
}

impl From<&str> for Subresource {
    fn from(name: &str) -> Self {
        match name {
            "" => Self::None,
            "ephemeralcontainers" => Self::EphemeralContainers,
            _ => Self::Other,
        }
    }
}

/// The user who sent the request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requester<'a> {
    /// The user's name. Requests of an API server always have one. The audit scanner's requests
    /// and those evaluated offline have none.
    pub username: Option<Cow<'a, str>>,
    /// Whether the user is a kubelet.
    pub is_node: bool,
}

/// An admission request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    pub operation: Operation,
    pub subresource: Subresource,
    /// The object's namespace; `None` for a cluster-scoped object.
    pub namespace: Option<Cow<'a, str>>,
    pub requester: Requester<'a>,
    pub kind: Kind<'a>,
}

/// The JSON texts of the object before and after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Objects<'a> {
    /// The object after the request; `None` or null for a deletion.
    pub object: Option<&'a str>,
    /// The object before the request, if it exists.
    pub old_object: Option<&'a str>,
}

impl Request<'_> {
    /// Whether the request can bring an image into the cluster.
    pub(crate) fn can_bring_images(&self) -> bool {
        matches!(self.operation, Operation::Create | Operation::Update)
            && self.subresource != Subresource::Other
    }

    /// Whether the request can change the image of a site. The API server lets
    /// `pods/ephemeralcontainers` change ephemeral containers only.
    pub(super) fn can_change(&self, site: &ImageSite<'_>) -> bool {
        self.subresource != Subresource::EphemeralContainers
            || site.holder().container_type() == Some(ContainerType::EphemeralContainer)
    }

    /// Whether an image can be blank here: Kubernetes starts no Pod with one, and the update that
    /// fills it in is judged.
    pub(super) fn can_hold_blank(&self, site: &ImageSite<'_>) -> bool {
        let is_pod = self.kind.update_rule() == UpdateRule::Pod;
        self.kind.can_hold_placeholders() || !is_pod && pod_template(site.path()).is_some()
    }

    /// Whether a kubelet reports a static Pod, which runs already. The annotation alone proves
    /// nothing, since anybody can write it.
    pub(super) fn is_for_mirror_pod(&self, located: &Located<'_>) -> bool {
        self.kind.update_rule() == UpdateRule::Pod
            && located.has_mirror_annotation()
            && self.requester.is_node
    }

    /// Whether a controller makes the object for an owner. Owner references that others write
    /// prove nothing.
    pub(super) fn is_for_owned_object(&self, located: &Located<'_>, settings: &Settings) -> bool {
        let username = self.requester.username.as_deref();
        located.controller().is_some_and(|owner| {
            username.is_none_or(|username| settings.vouches(username, &self.kind, owner))
        })
    }

    /// Whether the setting `controllers` lists the user, but no owner of the object is its
    /// controller.
    pub(super) fn lacks_controller(&self, located: &Located<'_>, settings: &Settings) -> bool {
        let username = self.requester.username.as_deref();
        located.controller().is_none()
            && username.is_some_and(|username| settings.is_controller(username))
    }
}

#[cfg(test)]
mod tests {
    // `#[test]` is an alias, so that these tests run natively and, for wasm32, under Node.
    #[cfg(not(target_arch = "wasm32"))]
    use core::prelude::v1::test;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn knows_the_operations_of_the_api_server_and_no_other() {
        for (name, operation) in [
            ("CREATE", Ok(Operation::Create)),
            ("UPDATE", Ok(Operation::Update)),
            ("DELETE", Ok(Operation::Delete)),
            ("CONNECT", Ok(Operation::Connect)),
            ("create", Err(UnknownOperation)),
            ("", Err(UnknownOperation)),
        ] {
            assert_eq!(name.parse(), operation, "{name}");
        }
    }

    #[test]
    fn only_an_object_that_is_written_brings_images() {
        let operations = [
            (Operation::Create, true),
            (Operation::Update, true),
            (Operation::Delete, false),
            (Operation::Connect, false),
        ];
        let subresources = [
            (Subresource::None, true),
            (Subresource::EphemeralContainers, true),
            (Subresource::Other, false),
        ];
        for (operation, is_written) in operations {
            for (subresource, has_images) in subresources {
                let request = Request {
                    operation,
                    subresource,
                    namespace: None,
                    requester: Requester {
                        username: None,
                        is_node: false,
                    },
                    kind: Kind::default(),
                };
                let expected = is_written && has_images;
                let found = request.can_bring_images();
                assert_eq!(found, expected, "{operation:?} {subresource:?}");
            }
        }
    }
}
