//! The request that is judged, whatever envelope it came in.

use std::borrow::Cow;
use std::str::FromStr;

use crate::settings::Settings;
use crate::workload::{Kind, Located, UpdateRule};

/// What the API server is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// A new object.
    Create,
    /// A changed object.
    Update,
    /// An object that goes.
    Delete,
    /// A connection to an object, as `kubectl exec` makes one.
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
    /// Any other: none of them can change an image.
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

/// Who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requester<'a> {
    /// The user's name. Only a request that no API server has sent lacks one: the
    /// audit scanner's, or one that is evaluated offline.
    pub username: Option<Cow<'a, str>>,
    /// Whether the user is a kubelet.
    pub is_node: bool,
}

/// An admission request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// What is to be done.
    pub operation: Operation,
    /// With which part of the object.
    pub subresource: Subresource,
    /// In which namespace, if the object is in one.
    pub namespace: Option<Cow<'a, str>>,
    /// Who asks.
    pub requester: Requester<'a>,
    /// The object's kind.
    pub kind: Kind<'a>,
}

/// The object of a request, as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Objects<'a> {
    /// The object as it will be; nothing or null where there is none.
    pub object: Option<&'a str>,
    /// The object as it is, if there is one.
    pub old_object: Option<&'a str>,
}

impl Request<'_> {
    /// Whether the request can bring an image into the cluster.
    pub(crate) fn can_bring_images(&self) -> bool {
        matches!(self.operation, Operation::Create | Operation::Update)
            && self.subresource != Subresource::Other
    }

    /// Whether the object is a Pod that runs already, and its kubelet only says so.
    pub(super) fn is_for_mirror_pod(&self, located: &Located<'_>) -> bool {
        self.kind.update_rule() == UpdateRule::Pod
            && located.has_mirror_annotation()
            && self.requester.is_node
    }

    /// Whether a controller makes the object for an owner. What others write into an owner
    /// reference proves nothing.
    pub(super) fn is_for_owned_object(&self, located: &Located<'_>, settings: &Settings) -> bool {
        let username = self.requester.username.as_deref();
        located.has_controller() && username.is_none_or(|username| settings.is_controller(username))
    }
}
