//! The payload of a `validate` call: a request, and the settings to judge it by.
//!
//! Engines send sorted keys, so that `kind` is known before `object` comes and the
//! object is read while the payload is; where it is not, the object waits as raw
//! JSON. Either way the answer is the same.

use std::borrow::Cow;

use crate::policy::{self, Operation, Request, Requester, Subresource, Verdict};
use crate::settings::Settings;
use crate::workload::{
    Fault, GaveUp, Known, KnownKind, ObjectReading, Presence, Reading, Scope, Strings, Unreadable,
    Value, View, Workload, read,
};

/// The group of every kubelet (`user.NodesGroup` of Kubernetes' apiserver).
const NODES_GROUP: &str = "system:nodes";

/// A payload that is no JSON object with a request in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed;

/// What was read of a payload.
pub(super) struct Envelope<'a> {
    request: RequestView<'a>,
    unreadable: Vec<Unreadable>,
    settings: &'a str,
}

/// When the object is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pass {
    /// While the payload is, where its kind is known by then.
    One,
    /// After the payload.
    Two,
}

impl<'a> Envelope<'a> {
    /// Reads a payload, and of its object what the default settings need.
    pub(super) fn read(payload: &'a str) -> Result<Self, Malformed> {
        // The object can hold what the library gives up at: then it is read alone,
        // and its field is named.
        Self::pass(payload, Pass::One, Scope::Images)
            .or_else(|_| Self::pass(payload, Pass::Two, Scope::Images))
    }

    fn pass(payload: &'a str, pass: Pass, scope: Scope) -> Result<Self, Malformed> {
        let strings = match pass {
            Pass::One => Strings::Decoded,
            Pass::Two => Strings::AsWritten,
        };
        let mut view = PayloadView {
            request: RequestView::new(pass, scope),
            reading: Reading::at("request", strings),
            presence: Presence::Absent,
            settings: "{}",
        };
        let mut reading = Reading::with(strings);
        read(payload, &mut reading, &mut view).map_err(|_| Malformed)?;
        if reading.has_problems() || view.presence == Presence::Absent {
            return Err(Malformed);
        }
        view.request.note_missing(&mut view.reading);
        let (_, unreadable) = view.reading.finish();
        Ok(Self {
            request: view.request,
            unreadable,
            settings: view.settings,
        })
    }

    /// The settings, as JSON.
    pub(super) const fn settings(&self) -> &'a str {
        self.settings
    }

    /// Judges the request by settings that were read from the same payload.
    pub(super) fn judge(self, payload: &'a str, settings: &Settings<'_>) -> Verdict {
        if !self.unreadable.is_empty() {
            let namespace = self.request.namespace.as_deref();
            return policy::refuse(&self.unreadable, namespace, settings);
        }
        let scope = settings.scope();
        let request = match scope {
            Scope::Images => self.request,
            // What was read without the variables is read again with them.
            Scope::ImagesAndVariables => match Self::pass(payload, Pass::Two, scope) {
                Ok(envelope) => envelope.request,
                Err(Malformed) => self.request,
            },
        };
        match request.finish() {
            Some(request) => policy::evaluate(&request, settings),
            None => Verdict::Accepted,
        }
    }
}

struct PayloadView<'a> {
    request: RequestView<'a>,
    reading: Reading<'a>,
    presence: Presence,
    settings: &'a str,
}

impl<'de> View<'de> for PayloadView<'de> {
    fn known(&self, key: &[u8]) -> Option<Known> {
        Known::among(key, &["request", "settings"])
    }

    fn read(&mut self, name: &'static str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        match name {
            "settings" => self.settings = value.raw()?.get(),
            _ => self.presence = value.document(&mut self.reading, &mut self.request)?,
        }
        Ok(())
    }
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

/// `AdmissionRequest` of Kubernetes' `admission/v1`.
struct RequestView<'a> {
    pass: Pass,
    scope: Scope,
    kind: Option<Option<&'static KnownKind>>,
    operation: Option<Operation>,
    subresource: Subresource,
    namespace: Option<Cow<'a, str>>,
    requester: Requester,
    object: Object<'a>,
}

impl<'a> RequestView<'a> {
    const fn new(pass: Pass, scope: Scope) -> Self {
        Self {
            pass,
            scope,
            kind: None,
            operation: None,
            subresource: Subresource::None,
            namespace: None,
            requester: Requester::Other,
            object: Object::Unread,
        }
    }

    fn note_missing(&self, reading: &mut Reading<'_>) {
        if reading.has_problems() {
            return;
        }
        if self.kind.is_none() {
            reading.note_field("kind", Fault::Missing);
        }
        if self.operation.is_none() {
            reading.note_field("operation", Fault::Missing);
        }
    }

    /// The request, if its kind is one that is read.
    fn finish(self) -> Option<Request<'a>> {
        let kind = self.kind??;
        let workload = match self.object {
            Object::Unread => Workload::read("null", kind, self.scope),
            Object::Waiting(json) => Workload::read(json, kind, self.scope),
            Object::Read(workload) => workload,
        };
        Some(Request {
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
        const FIELDS: [&str; 6] = [
            "kind",
            "namespace",
            "object",
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
                value.object(&mut kind)?;
                self.kind = kind.resolve();
            }
            "namespace" => self.namespace = value.text()?.filter(|name| !name.is_empty()),
            "object" => match (self.pass, self.kind) {
                (Pass::One, Some(None)) => value.skip()?,
                (Pass::One, Some(Some(kind))) => {
                    let mut object = ObjectReading::new(kind, self.scope, Strings::Decoded);
                    object.read(value)?;
                    self.object = Object::Read(object.finish());
                }
                _ => self.object = Object::Waiting(value.raw()?.get()),
            },
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
    /// Nothing where there is no kind, else the kind if it is one that is read.
    fn resolve(&self) -> Option<Option<&'static KnownKind>> {
        let kind = self.kind.as_deref().filter(|kind| !kind.is_empty())?;
        Some(KnownKind::of(
            self.group.as_deref().unwrap_or_default(),
            kind,
        ))
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
    groups: Vec<Cow<'a, str>>,
}

impl UserView<'_> {
    fn requester(&self) -> Requester {
        if self.groups.iter().any(|group| group == NODES_GROUP) {
            Requester::Node
        } else {
            Requester::Other
        }
    }
}

impl<'de> View<'de> for UserView<'de> {
    fn known(&self, key: &[u8]) -> Option<Known> {
        Known::among(key, &["groups"])
    }

    fn read(&mut self, _: &'static str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        self.groups = value.texts()?;
        Ok(())
    }
}
