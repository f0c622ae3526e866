//! Reads the payload of a `validate` call: a request, and the settings to judge it by.

use std::borrow::Cow;

use super::keep::{KeepRule, kind_of};
use crate::document::{Cursor, Errors, Malformed, Parsed, Tree, Value};
use crate::policy::{Operation, Request, Requester, Subresource};
use crate::workload::{DecodeError, DecodeErrorKind, ReadPlan};

/// The group of every kubelet (`user.NodesGroup` of Kubernetes' apiserver).
const NODES_GROUP: &str = "system:nodes";

/// The parts of a payload that are kept.
pub(super) struct Envelope<'a> {
    request: Tree<'a>,
    /// The kept parts of the object.
    pub(super) object: Tree<'a>,
    pub(super) settings: Tree<'a>,
    has_repeated_names: bool,
}

type RequestCursor<'t, 'p> = Cursor<'t, 'p, DecodeErrorKind>;

impl<'a> Envelope<'a> {
    pub(super) fn parse(json: &'a str) -> Result<Self, Malformed> {
        let Parsed {
            value: Value::Object(mut payload),
            has_repeated_names,
        } = Value::parse_kept(json, KeepRule::Payload)?
        else {
            return Err(Malformed);
        };
        let settings = payload.take("settings");
        let mut request = payload.take("request");
        let object = match &mut request {
            Value::Object(request) => Tree::new(request.take("object")),
            _ => return Err(Malformed),
        };
        Ok(Self {
            request: Tree::new(request),
            object,
            settings: Tree::new(settings),
            has_repeated_names,
        })
    }

    /// Whether every field that a plan reads was kept. A payload that repeats a name does not
    /// count: its object may have been kept by a kind that was overwritten later.
    pub(super) fn is_sufficient_for(&self, plan: &ReadPlan<'_>) -> bool {
        !plan.is_extended() && !self.has_repeated_names
    }

    /// The object's namespace; `None` for a cluster-scoped object.
    pub(super) fn namespace(&self) -> Option<&str> {
        let namespace = self.request.root().str_at("namespace");
        namespace.filter(|name| !name.is_empty())
    }

    /// Whether the operation or the subresource rules out new images. Such a request is accepted
    /// even if the rest cannot be read.
    pub(super) fn cannot_bring_images(&self) -> bool {
        let operation = self.request.root().str_at("operation");
        let subresource = self
            .request
            .root()
            .str_at("subResource")
            .unwrap_or_default();
        matches!(operation, Some("DELETE" | "CONNECT"))
            || Subresource::from(subresource) == Subresource::Other
    }

    /// The request, or the errors of its fields.
    pub(super) fn request(&self) -> Result<Request<'a>, Vec<DecodeError<'static>>> {
        let errors = Errors::new();
        let root = [crate::document::Step::field("request")];
        let request = Cursor::at(self.request.root(), &root, &errors);
        let read = RequestFields::read(&request);
        if errors.count() == 0 {
            read.note_missing(&request);
        }
        let errors = DecodeError::sorted(errors);
        let errors: Vec<_> = errors.iter().map(DecodeError::to_owned_error).collect();
        match read.operation {
            Some(operation) if errors.is_empty() => Ok(Request {
                operation,
                subresource: read.subresource,
                namespace: self.text("namespace").filter(|name| !name.is_empty()),
                requester: Requester {
                    username: self.username().filter(|name| !name.is_empty()),
                    is_node: read.is_node,
                },
                kind: self
                    .request
                    .root()
                    .get("kind")
                    .map(kind_of)
                    .unwrap_or_default(),
            }),
            _ => Err(errors),
        }
    }

    fn text(&self, name: &str) -> Option<Cow<'a, str>> {
        text_of(self.request.root().get(name)?)
    }

    fn username(&self) -> Option<Cow<'a, str>> {
        text_of(self.request.root().get("userInfo")?.get("username")?)
    }
}

fn text_of<'a>(value: &Value<'a>) -> Option<Cow<'a, str>> {
    match value {
        Value::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// The checked fields of an `AdmissionRequest` (`admission/v1`).
struct RequestFields {
    has_kind: bool,
    operation: Option<Operation>,
    subresource: Subresource,
    is_node: bool,
}

impl RequestFields {
    fn read(request: &RequestCursor<'_, '_>) -> Self {
        let text = |name| request.get(name).and_then(|field| field.text());
        let subresource = text("subResource").map_or("", AsRef::as_ref);
        // Read only to note an error if it is not a string, like the group and the username below.
        text("namespace");
        let operation = request.get("operation").and_then(|operation| {
            let name = operation.text().filter(|name| !name.is_empty())?;
            let parsed = name.parse().ok();
            if parsed.is_none() {
                operation.note(DecodeErrorKind::NotAnOperation);
            }
            parsed
        });
        let kind = request.get("kind");
        let name = kind.and_then(|kind| {
            let group = kind.optional("group");
            group.and_then(|group| group.text());
            kind.get("kind").and_then(|name| name.text())
        });
        let user = request.get("userInfo");
        let is_node = user.is_some_and(|user| {
            let username = user.optional("username");
            username.and_then(|username| username.text());
            let groups = user.get("groups");
            groups.is_some_and(|groups| {
                let items = groups.items().filter(|group| !group.value().is_null());
                // Every group is read before one is looked for, so that every error is noted.
                let groups: Vec<_> = items.filter_map(|group| group.text()).collect();
                groups.iter().any(|group| *group == NODES_GROUP)
            })
        });
        Self {
            has_kind: name.is_some_and(|name| !name.is_empty()),
            operation,
            subresource: subresource.into(),
            is_node,
        }
    }

    /// Notes missing fields without which no request can be judged.
    fn note_missing(&self, request: &RequestCursor<'_, '_>) {
        match request.get("kind") {
            None => request.note_field("kind", DecodeErrorKind::Missing),
            Some(kind) if !self.has_kind => kind.note_field("kind", DecodeErrorKind::Missing),
            Some(_) => {}
        }
        if self.operation.is_none() {
            request.note_field("operation", DecodeErrorKind::Missing);
        }
    }
}
