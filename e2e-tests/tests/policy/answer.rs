//! The answers that are expected, put together from their parts.

use serde_json::Value;

/// Nothing to say.
pub(crate) const ACCEPTED: &str = r#"{"accepted":true,"message":null,"code":null,"mutated_object":null,"audit_annotations":null,"warnings":null}"#;

/// What is said of a payload that is no text.
pub(crate) const NO_UTF8: &str = r#"{"accepted":false,"message":"mutable-tags: the payload is not encoded in UTF-8","code":400,"mutated_object":null,"audit_annotations":null,"warnings":null}"#;

/// What is said of a payload that is no request.
pub(crate) const NO_JSON: &str = r#"{"accepted":false,"message":"mutable-tags: the payload is no JSON object with a request in it","code":400,"mutated_object":null,"audit_annotations":null,"warnings":null}"#;

/// A finding, in the words that the policy has for its parts.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) path: String,
    /// `container "web"`, or nothing where it has no name.
    pub(crate) holder: Option<String>,
    pub(crate) image: String,
    pub(crate) why: &'static str,
    pub(crate) how: &'static str,
    pub(crate) fix: &'static str,
    pub(crate) aside: &'static str,
    pub(crate) reason: &'static str,
    pub(crate) pull_policy: &'static str,
}

pub(crate) const CHANNEL: &str = "has a tag that names a channel, not a build";
pub(crate) const LATEST: &str = "has the tag latest, which moves with every release";

pub(crate) const ALWAYS: &str = ", and imagePullPolicy Always pulls it at every start";
pub(crate) const ALWAYS_BY_DEFAULT: &str =
    ", and imagePullPolicy Always (the default) pulls it at every start";
pub(crate) const VOLUME_ALWAYS: &str = ", and pullPolicy Always pulls it at every start";
pub(crate) const VOLUME_ALWAYS_BY_DEFAULT: &str =
    ", and pullPolicy Always (the default) pulls it at every start";

pub(crate) const FIX: &str = "pin its digest (@sha256:…), use a tag that names one build (a full version, a commit), or set imagePullPolicy to IfNotPresent where a stale image will do";
pub(crate) const VOLUME_FIX: &str = "pin its digest (@sha256:…), use a tag that names one build (a full version, a commit), or set pullPolicy to IfNotPresent where a stale image will do";
pub(crate) const FIX_WITHOUT_POLICY: &str =
    "pin its digest (@sha256:…) or use a tag that names one build (a full version, a commit)";
/// Another tag would be found again.
pub(crate) const FIX_WITHOUT_TAG: &str =
    "pin its digest (@sha256:…) or set imagePullPolicy to IfNotPresent where a stale image will do";

/// What is said of a declared tag.
pub(crate) const DECLARED: &str = "is declared mutable by tags.mutable";

pub(crate) const EPHEMERAL: &str = " (a warning only, since an ephemeral container is pulled once)";
pub(crate) const MIRROR: &str = " (a warning only, since the kubelet runs this Pod anyway)";

impl Finding {
    /// A container `web` whose declared `Always` meets a tag that is a channel.
    pub(crate) fn at(path: &str, image: &str) -> Self {
        Self {
            path: path.to_owned(),
            holder: Some(r#"container "web""#.to_owned()),
            image: image.to_owned(),
            why: CHANNEL,
            how: ALWAYS,
            fix: FIX,
            aside: "",
            reason: "channel",
            pull_policy: "Always",
        }
    }

    pub(crate) fn held_by(mut self, what: &str, name: &str) -> Self {
        self.holder = Some(format!("{what} {}", quoted(name)));
        self
    }

    pub(crate) fn because(mut self, reason: &'static str, why: &'static str) -> Self {
        (self.reason, self.why) = (reason, why);
        self
    }

    pub(crate) fn pulled(mut self, pull_policy: &'static str, how: &'static str) -> Self {
        (self.pull_policy, self.how) = (pull_policy, how);
        self
    }

    pub(crate) fn mended_by(mut self, fix: &'static str) -> Self {
        self.fix = fix;
        self
    }

    pub(crate) fn with_aside(mut self, aside: &'static str) -> Self {
        self.aside = aside;
        self
    }

    /// What a message says of it.
    pub(crate) fn sentence(&self) -> String {
        let holder = self.holder.as_ref().map(|holder| format!(" ({holder})"));
        format!(
            "{}{}: {} {}{}: {}{}",
            self.path,
            holder.unwrap_or_default(),
            quoted(&self.image),
            self.why,
            self.how,
            self.fix,
            self.aside
        )
    }

    /// What a warning says of it.
    pub(crate) fn warning(&self) -> String {
        format!(
            "{} ({}) {}{}",
            quoted(&self.image),
            self.path,
            self.why,
            self.how
        )
    }

    /// What the audit log says of it.
    fn entry(&self) -> String {
        format!(
            r#"{{"path":{},"image":{},"reason":{},"pullPolicy":{}}}"#,
            quoted(&self.path),
            quoted(&self.image),
            quoted(self.reason),
            quoted(self.pull_policy)
        )
    }
}

/// An answer with something to say.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) mode: &'static str,
    /// The environment that gives the mode.
    pub(crate) environment: Option<&'static str>,
    /// What stands behind the mode in the message.
    pub(crate) origin: String,
    pub(crate) unreadable: Vec<String>,
    pub(crate) findings: Vec<Finding>,
}

impl Answer {
    pub(crate) fn strict(findings: impl IntoIterator<Item = Finding>) -> Self {
        Self {
            mode: "strict",
            environment: None,
            origin: String::new(),
            unreadable: Vec::new(),
            findings: findings.into_iter().collect(),
        }
    }

    pub(crate) fn lenient(findings: impl IntoIterator<Item = Finding>) -> Self {
        Self {
            mode: "lenient",
            ..Self::strict(findings)
        }
    }

    /// In the environment of this name.
    pub(crate) fn in_environment(mut self, name: &'static str) -> Self {
        self.environment = Some(name);
        self.origin = format!(", environment {}", quoted(name));
        self
    }

    /// In none of the environments that there are.
    pub(crate) fn in_no_environment(mut self) -> Self {
        ", no environment matches".clone_into(&mut self.origin);
        self
    }

    /// With problems, each a path and what is wrong with it.
    pub(crate) fn unreadable<'p>(mut self, problems: impl IntoIterator<Item = &'p str>) -> Self {
        self.unreadable
            .extend(problems.into_iter().map(str::to_owned));
        self
    }

    /// The answer that rejects with this code.
    pub(crate) fn rejected(&self, code: u16) -> String {
        format!(
            r#"{{"accepted":false,"message":{},"code":{code},"mutated_object":null,"audit_annotations":{},"warnings":null}}"#,
            quoted(&self.message()),
            self.annotations()
        )
    }

    /// The answer that accepts.
    pub(crate) fn accepted(&self) -> String {
        let findings = self.findings.iter().map(Finding::warning);
        let warnings = capped(self.problems().chain(findings));
        let warnings: Vec<String> = warnings.iter().map(|warning| quoted(warning)).collect();
        self.accepted_with(&warnings)
    }

    /// The answer that accepts with warnings that are given as JSON.
    pub(crate) fn accepted_with(&self, warnings: &[String]) -> String {
        format!(
            r#"{{"accepted":true,"message":{},"code":null,"mutated_object":null,"audit_annotations":{},"warnings":[{}]}}"#,
            quoted(&self.message()),
            self.annotations(),
            warnings.join(",")
        )
    }

    fn problems(&self) -> impl Iterator<Item = String> + '_ {
        let problems = self.unreadable.iter();
        problems.map(|problem| format!("the request cannot be judged: {problem}"))
    }

    fn message(&self) -> String {
        let findings = self.findings.iter().map(Finding::sentence);
        let said = capped(self.problems().chain(findings)).join("; ");
        format!("mutable-tags ({} mode{}): {said}", self.mode, self.origin)
    }

    fn annotations(&self) -> String {
        let environment = self.environment;
        let environment =
            environment.map(|name| format!(r#""environment":{},"#, Value::from(name)));
        let entries: Vec<String> = self.findings.iter().take(10).map(Finding::entry).collect();
        format!(
            r#"{{"mode":"{}",{}"findings":{}}}"#,
            self.mode,
            environment.unwrap_or_default(),
            quoted(&format!("[{}]", entries.join(",")))
        )
    }
}

/// The first ten, and how many more there are.
fn capped(said: impl Iterator<Item = String>) -> Vec<String> {
    let mut said: Vec<String> = said.collect();
    if said.len() > 10 {
        let more = said.len() - 10;
        said.truncate(10);
        said.push(format!("and {more} more"));
    }
    said
}

/// A text as the policy quotes it: as JSON writes it, and what nobody sees is
/// escaped too. JSON lets every character be, and wants only a few to be.
pub(crate) fn quoted(text: &str) -> String {
    let mut quote = String::from('"');
    for character in text.chars() {
        match character {
            '"' => quote.push_str("\\\""),
            '\\' => quote.push_str("\\\\"),
            '\n' => quote.push_str("\\n"),
            '\r' => quote.push_str("\\r"),
            '\t' => quote.push_str("\\t"),
            '\u{8}' => quote.push_str("\\b"),
            '\u{c}' => quote.push_str("\\f"),
            '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => quote.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => quote.push(character),
        }
    }
    quote.push('"');
    quote
}
