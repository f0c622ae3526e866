//! The payload of a `validate` call: a request, and the settings to judge it by.
//!
//! Engines send sorted keys, so that `kind` is known before `object` comes and the
//! object is read while the payload is; where it is not, the object waits as raw
//! JSON. Either way the answer is the same.

use super::refusal::Refusal;
use super::request::{Pass, RequestView};
use crate::policy::{self, Evaluation, Host};
use crate::settings::{InvalidSettings, Settings};
use crate::workload::{
    DecodeError, Demands, GaveUp, Known, Node, Presence, Reading, Scope, Strings, Value, View, read,
};

/// What was read of a payload.
pub(super) struct Envelope<'a> {
    request: RequestView<'a>,
    unreadable: Vec<DecodeError<'a>>,
}

/// The settings of a payload.
pub(super) enum GivenSettings<'a> {
    /// They waited for the payload to be read.
    Waiting(&'a str),
    /// They are read; null where they are missing.
    Read(Node<'a>),
}

impl<'a> GivenSettings<'a> {
    /// The settings, if they are valid.
    pub(super) fn validate(self) -> Result<Settings<'a>, InvalidSettings> {
        match self {
            Self::Waiting(json) => Settings::parse(json),
            Self::Read(node) => Settings::from_node(node),
        }
    }
}

impl<'a> Envelope<'a> {
    /// Reads a payload for the first time, its settings too.
    pub(super) fn read(payload: &'a str) -> Result<(Self, GivenSettings<'a>), Refusal> {
        let demands = Demands::default();
        let mut settings = GivenSettings::Read(Node::Null);
        if let Ok(envelope) = Self::pass(payload, Pass::One, demands, Some(&mut settings)) {
            return Ok((envelope, settings));
        }
        // It can hold what the library gives up at: then that is read alone, and its
        // field is named.
        settings = GivenSettings::Waiting("{}");
        let envelope = Self::pass(payload, Pass::Two, demands, Some(&mut settings))?;
        Ok((envelope, settings))
    }

    /// Reads a payload once more, and of its object what its settings demand.
    pub(super) fn read_again(payload: &'a str, demands: Demands<'a>) -> Result<Self, Refusal> {
        Self::pass(payload, Pass::One, demands, None)
            .or_else(|_| Self::pass(payload, Pass::Two, demands, None))
    }

    fn pass(
        payload: &'a str,
        pass: Pass,
        demands: Demands<'a>,
        settings: Option<&mut GivenSettings<'a>>,
    ) -> Result<Self, Refusal> {
        let strings = match pass {
            Pass::One => Strings::Decoded,
            Pass::Two => Strings::AsWritten,
        };
        let mut view = PayloadView {
            request: RequestView::new(pass, demands),
            reading: Reading::at("request", strings),
            presence: Presence::Absent,
            settings,
        };
        let mut reading = Reading::with(strings);
        read(payload, &mut reading, &mut view).map_err(|_| Refusal::NotARequest)?;
        if reading.has_problems() || view.presence == Presence::Absent {
            return Err(Refusal::NotARequest);
        }
        view.request.note_missing(&mut view.reading);
        let (_, unreadable) = view.reading.finish();
        Ok(Self {
            request: view.request,
            unreadable,
        })
    }

    /// Whether nothing is wrong with a field of the request, or with what it holds.
    fn is_sound(&self, name: &'static str) -> bool {
        let field = Reading::at("request", Strings::Decoded).path().field(name);
        !self
            .unreadable
            .iter()
            .any(|problem| problem.path().starts_with(&field))
    }

    /// Whether the request can bring no image that is judged, whatever else of it
    /// can be read.
    pub(super) fn is_of_no_concern(&self) -> bool {
        (self.request.brings_nothing() && self.is_sound("operation"))
            || (self.request.is_of_another_part() && self.is_sound("subResource"))
    }

    /// Whether the settings demand more than was read.
    pub(super) fn lacks(&self, demands: Demands<'_>) -> bool {
        demands.scope != Scope::Images || self.request.has_places_added_by(demands)
    }

    /// Judges the request by settings that were read from the same payload.
    pub(super) fn judge(
        self,
        payload: &'a str,
        settings: &'a Settings<'_>,
        host: &dyn Host,
    ) -> Evaluation {
        if !self.unreadable.is_empty() {
            let namespace = self.request.namespace();
            let namespace = namespace.filter(|_| self.is_sound("namespace"));
            return policy::refuse(&self.unreadable, namespace, settings, host);
        }
        match self.request.finish() {
            Some(request) => policy::evaluate(&request, settings, host, || {
                Self::pass(payload, Pass::Two, settings.demands(), None)
                    .ok()?
                    .request
                    .documents()
            }),
            None => Evaluation::accepted(),
        }
    }
}

struct PayloadView<'s, 'a> {
    request: RequestView<'a>,
    reading: Reading<'a>,
    presence: Presence,
    /// Where the settings go, if they are not known yet.
    settings: Option<&'s mut GivenSettings<'a>>,
}

impl<'de> View<'de> for PayloadView<'_, 'de> {
    fn known(&self, key: &str) -> Option<Known> {
        Known::among(key, &["request", "settings"])
    }

    fn read(&mut self, name: &str, value: Value<'_, 'de>) -> Result<(), GaveUp> {
        match name {
            "settings" => match &mut self.settings {
                None => value.skip()?,
                Some(GivenSettings::Waiting(json)) => *json = value.raw()?.get(),
                Some(GivenSettings::Read(node)) => *node = value.whole()?,
            },
            _ => self.presence = value.document(&mut self.reading, &mut self.request)?,
        }
        Ok(())
    }
}
