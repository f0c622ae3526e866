//! Asks the policy for its answers to a Pod with the image.

use std::sync::Arc;

use mutable_tags_policy::image::PullPolicy;
use mutable_tags_policy::settings::{Applicable, Mode, ModeOrigin, Settings};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::host::Refusal;
use crate::judge::{Finding, Judge, Judgement};
use crate::outcome::{Outcome, Verdict};
use crate::policy::grants::Grants;
use crate::request::Request;

/// The answer to a Pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Judged(Verdict),
    /// The Pod is accepted, and the policy changes it.
    Adjusted,
}

impl Answer {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Judged(verdict) => verdict.word(),
            Self::Adjusted => "adjusted",
        }
    }

    fn of(request: Request, judgement: Judgement) -> Self {
        let is_changed = judgement.response.mutated_object.is_some();
        match Outcome::Judged(Box::new(request), judgement).verdict() {
            Verdict::Accepted | Verdict::Warned if is_changed => Self::Adjusted,
            verdict => Self::Judged(verdict),
        }
    }
}

/// The answers of an environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answers {
    pub(super) environment: Environment,
    pub(super) mode: Mode,
    /// The answer to a Pod that declares the pull policy `Always`.
    pub(super) always: Answer,
    /// The answer to a Pod that declares no pull policy.
    pub(super) default: Answer,
}

/// The requests for which a mode of the settings applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Environment {
    Named(String),
    /// The requests that no environment matches.
    Elsewhere,
    /// All requests, since the settings have no environments.
    Everywhere,
}

impl Environment {
    fn of(applicable: &Applicable<'_>) -> Self {
        match applicable.origin() {
            ModeOrigin::Environment(name) => Self::Named(name.to_owned()),
            ModeOrigin::NoMatch => Self::Elsewhere,
            ModeOrigin::NoEnvironments => Self::Everywhere,
        }
    }
}

/// The policy, with the settings of each environment.
pub(super) struct Policy {
    judge: Judge,
    grants: Grants,
    environments: Vec<(Environment, Mode, Value)>,
}

impl Policy {
    pub(super) fn new(settings: &Settings, json: &Value, grants: Grants) -> Result<Self, Failure> {
        let environments = settings.modes().into_iter().map(|applicable| {
            let environment = Environment::of(&applicable);
            let settings = settings_for(&environment, json);
            (environment, applicable.mode(), settings)
        });
        Ok(Self {
            judge: Judge::new(None, Arc::new(Refusal::Offline))?,
            grants,
            environments: environments.collect(),
        })
    }

    pub(super) fn answers(&self, image: &str) -> Result<Vec<Answers>, Failure> {
        let environments = self.environments.iter();
        let answers = environments.map(|(environment, mode, settings)| {
            Ok(Answers {
                environment: environment.clone(),
                mode: *mode,
                always: self.answer(image, Some(PullPolicy::Always), settings)?,
                default: self.answer(image, None, settings)?,
            })
        });
        answers.collect()
    }

    fn answer(
        &self,
        image: &str,
        pull_policy: Option<PullPolicy>,
        settings: &Value,
    ) -> Result<Answer, Failure> {
        let (request, mut judgement) = self.judge(image, pull_policy, settings)?;
        judgement.response = self.grants.enforce(judgement.response);
        Ok(Answer::of(request, judgement))
    }

    /// The finding for a text that is not an image reference.
    pub(super) fn finding(&self, image: &str) -> Result<Option<Finding>, Failure> {
        let (_, judgement) = self.judge(image, Some(PullPolicy::Always), &json!({}))?;
        Ok(judgement.findings.into_iter().next())
    }

    /// Judges a Pod without a namespace, whose container has no name. So exemptions for some namespaces
    /// or containers do not apply.
    fn judge(
        &self,
        image: &str,
        pull_policy: Option<PullPolicy>,
        settings: &Value,
    ) -> Result<(Request, Judgement), Failure> {
        let mut container = json!({"image": image});
        if let (Some(policy), Some(container)) = (pull_policy, container.as_object_mut()) {
            container.insert("imagePullPolicy".to_owned(), policy.as_str().into());
        }
        let pod = json!({
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": "explained"},
            "spec": {"containers": [container]},
        });
        let request = Request::create(pod)?;
        let mut value = request.value().clone();
        if let Some(fields) = value.as_object_mut() {
            fields.remove("namespace");
        }
        let judgement = self.judge.judge(&value, settings)?;
        Ok((request, judgement))
    }
}

/// The settings that select an environment, whatever the namespace.
fn settings_for(environment: &Environment, json: &Value) -> Value {
    let mut settings = json.clone();
    if let (Environment::Named(name), Some(fields)) = (environment, settings.as_object_mut()) {
        fields.insert("environment".to_owned(), name.as_str().into());
    }
    settings
}
