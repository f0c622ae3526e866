//! The request of a payload: what is read of an `AdmissionRequest`.

use std::borrow::Cow;

use crate::policy::{Documents, Operation, Request, Requester, Subresource};
use crate::workload::{
    DecodeErrorKind, Demands, GaveUp, Kind, Known, Layout, ObjectReading, Presence, Reading,
    Strings, Value, View, Workload,
};

/// The group of every kubelet (`user.NodesGroup` of Kubernetes' apiserver).
const NODES_GROUP: &str = "system:nodes";

/// When the object is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    /// While the payload is, where its kind is known by then.
    One,
    /// After the payload.
    Two,
}

/// An object, as far as it is read.
enum Object<'a> {
    /// It is missing.
    Unread,
    /// Its kind was not known when it came, or can be read in more ways than one.
    Waiting(&'a str),
    /// It is read.
    Read(Workload<'a>),
}

/// What the request says of the object's kind.
enum GivenKind<'a> {
    /// The field is missing, so far.
    Missing,
    /// It has no name.
    Nameless,
    /// This one.
    Named(Kind<'a>),
}

/// `AdmissionRequest` of Kubernetes' `admission/v1`.
pub(super) struct RequestView<'a> {
    pass: Pass,
    demands: Demands<'a>,
    kind: GivenKind<'a>,
    operation: Option<Operation>,
    subresource: Subresource,
    namespace: Option<Cow<'a, str>>,
    requester: Requester<'a>,
    object: Object<'a>,
    old_object: Option<&'a str>,
}

impl<'a> RequestView<'a> {
    pub(super) const fn new(pass: Pass, demands: Demands<'a>) -> Self {
        Self {
            pass,
            demands,
            kind: GivenKind::Missing,
            operation: None,
            subresource: Subresource::None,
            namespace: None,
            requester: Requester {
                username: None,
                is_node: false,
            },
            object: Object::Unread,
            old_object: None,
        }
    }

    /// Whether nothing comes into the cluster.
    pub(super) const fn brings_nothing(&self) -> bool {
        matches!(self.operation, Some(Operation::Delete | Operation::Connect))
    }

    /// Whether it is about a part of an object that holds no images.
    pub(super) fn is_of_another_part(&self) -> bool {
        self.subresource == Subresource::Other
    }

    /// Whether places are added to those in which objects of its kind are known to
    /// carry images.
    pub(super) fn has_places_added_by(&self, demands: Demands<'_>) -> bool {
        matches!(&self.kind, GivenKind::Named(kind) if demands.add_places_to(kind))
    }

    /// The object's namespace, if it is in one.
    pub(super) fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref()
    }

    /// Notes the fields without which nothing can be judged.
    pub(super) fn note_missing(&self, reading: &mut Reading<'_>) {
        if reading.has_problems() {
            return;
        }
        match self.kind {
            GivenKind::Missing => reading.note_field("kind", DecodeErrorKind::Missing),
            GivenKind::Nameless => {
                let path = reading.path().field("kind").field("kind");
                reading.note_at(path, DecodeErrorKind::Missing);
            }
            GivenKind::Named(_) => {}
        }
        if self.operation.is_none() {
            reading.note_field("operation", DecodeErrorKind::Missing);
        }
    }

    /// The object as JSON, with what it was before.
    pub(super) fn documents(&self) -> Option<Documents<'a>> {
        match self.object {
            Object::Waiting(object) => Some(Documents {
                object,
                old_object: self.old_object,
            }),
            Object::Unread | Object::Read(_) => None,
        }
    }

    /// The request, if it says of what kind its object is.
    pub(super) fn finish(self) -> Option<Request<'a>> {
        let GivenKind::Named(kind) = self.kind else {
            return None;
        };
        let layout = Layout::new(kind, self.demands);
        let workload = match self.object {
            Object::Unread => Workload::read("null", &layout),
            Object::Waiting(json) => Workload::read(json, &layout),
            Object::Read(workload) => workload,
        };
        Some(Request {
            layout,
            operation: self.operation?,
            subresource: self.subresource,
            namespace: self.namespace,
            requester: self.requester,
            workload,
        })
    }
}

impl<'de> View<'de> for RequestView<'de> {
    fn known(&self, key: &str) -> Option<Known> {
        const FIELDS: [&str; 7] = [
            "kind",
            "namespace",
            "object",
            "oldObject",
            "operation",
            "subResource",
            "userInfo",
        ];
        Known::among(key, &FIELDS)
    }

    fn read(&mut self, name: &str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        match name {
            "kind" => {
                let mut kind = GroupKindView::default();
                if value.object(&mut kind)? == Presence::Present {
                    self.kind = kind.resolve();
                }
            }
            "namespace" => self.namespace = value.text()?.filter(|name| !name.is_empty()),
            "object" => match (self.pass, &self.kind) {
                (Pass::One, GivenKind::Named(kind)) if !self.demands.add_places_to(kind) => {
                    let layout = Layout::new(kind.clone(), self.demands);
                    let mut object = ObjectReading::new(layout, Strings::Decoded);
                    object.read(value)?;
                    self.object = Object::Read(object.finish());
                }
                _ => self.object = Object::Waiting(value.raw()?.get()),
            },
            // Waits until there is something to compare with it.
            "oldObject" => {
                self.old_object = Some(value.raw()?.get()).filter(|json| *json != "null");
            }
            "operation" => self.operation = value.name(DecodeErrorKind::NotAnOperation)?,
            "subResource" => {
                if let Some(name) = value.text()? {
                    self.subresource = name.as_ref().into();
                }
            }
            _ => {
                let mut user = UserView::default();
                value.object(&mut user)?;
                self.requester = user.requester();
            }
        }
        Ok(())
    }
}

/// `GroupVersionKind`, in which any version of a group counts the same.
#[derive(Default)]
struct GroupKindView<'a> {
    group: Option<Cow<'a, str>>,
    kind: Option<Cow<'a, str>>,
}

impl<'a> GroupKindView<'a> {
    fn resolve(self) -> GivenKind<'a> {
        match self.kind.filter(|name| !name.is_empty()) {
            Some(name) => GivenKind::Named(Kind::new(self.group.unwrap_or_default(), name)),
            None => GivenKind::Nameless,
        }
    }
}

impl<'de> View<'de> for GroupKindView<'de> {
    fn known(&self, key: &str) -> Option<Known> {
        Known::among(key, &["group", "kind"])
    }

    fn read(&mut self, name: &str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        match name {
            "group" => self.group = value.text()?,
            _ => self.kind = value.text()?,
        }
        Ok(())
    }
}

/// `UserInfo` of Kubernetes' `authentication/v1`.
#[derive(Default)]
struct UserView<'a> {
    username: Option<Cow<'a, str>>,
    groups: Vec<Cow<'a, str>>,
}

impl<'a> UserView<'a> {
    fn requester(self) -> Requester<'a> {
        Requester {
            is_node: self.groups.iter().any(|group| group == NODES_GROUP),
            username: self.username.filter(|name| !name.is_empty()),
        }
    }
}

impl<'de> View<'de> for UserView<'de> {
    fn known(&self, key: &str) -> Option<Known> {
        Known::among(key, &["groups", "username"])
    }

    fn read(&mut self, name: &str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        match name {
            "groups" => self.groups = value.texts()?,
            _ => self.username = value.text()?,
        }
        Ok(())
    }
}
