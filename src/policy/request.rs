//! The request that is judged, whatever envelope it came in.

use std::borrow::Cow;
use std::str::FromStr;

use crate::workload::Workload;

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

/// Who asks, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requester {
    /// A node, that is a kubelet.
    Node,
    /// Anybody else.
    Other,
}

/// An admission request for an object that is read.
#[derive(Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// What is to be done.
    pub operation: Operation,
    /// With which part of the object.
    pub subresource: Subresource,
    /// In which namespace, if the object is in one.
    pub namespace: Option<Cow<'a, str>>,
    /// Who asks.
    pub requester: Requester,
    /// What the object says of images.
    pub workload: Workload<'a>,
}

impl Request<'_> {
    /// Whether the request can bring an image.
    #[must_use]
    pub(super) fn can_bring_images(&self) -> bool {
        matches!(self.operation, Operation::Create | Operation::Update)
            && self.subresource != Subresource::Other
    }
}
