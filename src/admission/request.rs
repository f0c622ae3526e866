//! The request of a payload: what is read of an `AdmissionRequest`.

use std::borrow::Cow;

use crate::policy::{Change, Operation, Request, Requester, Subresource};
use crate::workload::{
    Fault, GaveUp, Known, KnownKind, ObjectReading, Presence, Reading, Scope, Strings, Value, View,
    Workload,
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
    /// It is missing, or of a kind that is not read.
    Unread,
    /// Its kind was not known when it came.
    Waiting(&'a str),
    /// It is read.
    Read(Workload<'a>),
}

/// What is known of the object's kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The field is missing, so far.
    Missing,
    /// It has no name.
    Nameless,
    /// It is one that is read.
    Known(&'static KnownKind),
    /// It is one that is not.
    Other,
}

/// `AdmissionRequest` of Kubernetes' `admission/v1`.
pub(super) struct RequestView<'a> {
    pass: Pass,
    scope: Scope,
    kind: Kind,
    operation: Option<Operation>,
    subresource: Subresource,
    namespace: Option<Cow<'a, str>>,
    requester: Requester<'a>,
    object: Object<'a>,
    old_object: Option<&'a str>,
}

impl<'a> RequestView<'a> {
    pub(super) const fn new(pass: Pass, scope: Scope) -> Self {
        Self {
            pass,
            scope,
            kind: Kind::Missing,
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

    /// Whether the object is of a kind that is not read.
    pub(super) fn is_of_another_kind(&self) -> bool {
        self.kind == Kind::Other
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
            Kind::Missing => reading.note_field("kind", Fault::Missing),
            Kind::Nameless => {
                let path = reading.path().field("kind").field("kind");
                reading.note_at(path, Fault::Missing);
            }
            Kind::Known(_) | Kind::Other => {}
        }
        if self.operation.is_none() {
            reading.note_field("operation", Fault::Missing);
        }
    }

    /// What an update makes of the object, if there was one.
    pub(super) fn change(&self) -> Option<Change<'a>> {
        match self.object {
            Object::Waiting(object) => Some(Change {
                object,
                old_object: self.old_object?,
            }),
            Object::Unread | Object::Read(_) => None,
        }
    }

    /// The request, if its kind is one that is read.
    pub(super) fn finish(self) -> Option<Request<'a>> {
        let Kind::Known(kind) = self.kind else {
            return None;
        };
        let workload = match self.object {
            Object::Unread => Workload::read("null", kind, self.scope),
            Object::Waiting(json) => Workload::read(json, kind, self.scope),
            Object::Read(workload) => workload,
        };
        Some(Request {
            kind,
            operation: self.operation?,
            subresource: self.subresource,
            namespace: self.namespace,
            requester: self.requester,
            workload,
        })
    }
}

impl<'de> View<'de> for RequestView<'de> {
    fn known(&self, key: &[u8]) -> Option<Known> {
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

    fn read(&mut self, name: &'static str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        match name {
            "kind" => {
                let mut kind = GroupKindView::default();
                if value.object(&mut kind)? == Presence::Present {
                    self.kind = kind.resolve();
                }
            }
            "namespace" => self.namespace = value.text()?.filter(|name| !name.is_empty()),
            "object" => match (self.pass, self.kind) {
                (Pass::One, Kind::Other) => value.skip()?,
                (Pass::One, Kind::Known(kind)) => {
                    let mut object = ObjectReading::new(kind, self.scope, Strings::Decoded);
                    object.read(value)?;
                    self.object = Object::Read(object.finish());
                }
                _ => self.object = Object::Waiting(value.raw()?.get()),
            },
            // Waits until there is something to compare with it.
            "oldObject" => {
                self.old_object = Some(value.raw()?.get()).filter(|json| *json != "null");
            }
            "operation" => self.operation = value.name(Fault::NoOperation)?,
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

impl GroupKindView<'_> {
    fn resolve(&self) -> Kind {
        let Some(name) = self.kind.as_deref().filter(|name| !name.is_empty()) else {
            return Kind::Nameless;
        };
        let group = self.group.as_deref().unwrap_or_default();
        KnownKind::of(group, name).map_or(Kind::Other, Kind::Known)
    }
}

impl<'de> View<'de> for GroupKindView<'de> {
    fn known(&self, key: &[u8]) -> Option<Known> {
        Known::among(key, &["group", "kind"])
    }

    fn read(&mut self, name: &'static str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
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
    fn known(&self, key: &[u8]) -> Option<Known> {
        Known::among(key, &["groups", "username"])
    }

    fn read(&mut self, name: &'static str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        match name {
            "groups" => self.groups = value.texts()?,
            _ => self.username = value.text()?,
        }
        Ok(())
    }
}
