//! The built module answers every case of tests/cases with the bytes of the library, whose
//! answers are asserted there. The program says the same, natively and with the module.

use std::sync::{Arc, LazyLock, Mutex};

use e2e_tests::built_module;
use e2e_tests::host::{Host, HostError, Refusal, Request};
use mutable_tags_cli::{Judge, SettingsResponse, ValidationResponse};
use mutable_tags_policy::admission;
use mutable_tags_policy::policy::{Capability, Host as _};
use serde_json::{Value, to_string};

use crate::ENGINE;
use crate::case::{FILES, cases, payload};
use crate::case_host::CaseHost;

static JUDGES: LazyLock<[Judge; 2]> = LazyLock::new(|| {
    let judge = |module| Judge::new(module, Arc::new(Refusal::Offline)).unwrap();
    [judge(None), judge(Some(&*built_module()))]
});

/// The host of a case, for the module.
struct ModuleHost(Mutex<CaseHost>);

impl Host for ModuleHost {
    fn answer(&self, request: &Request) -> Result<Vec<u8>, HostError> {
        let (capability, asked) = match request {
            Request::OciManifestDigest { image } => (Capability::ManifestDigest, to_string(image)),
            Request::OciManifest { image } => (Capability::Manifest, to_string(image)),
            Request::KubernetesGetResource(wanted) => (Capability::GetResource, to_string(wanted)),
            Request::KubernetesListResourceNamespace(wanted) => {
                (Capability::ListResourcesByNamespace, to_string(wanted))
            }
        };
        let host = self.0.lock().unwrap();
        let answer = host.ask(capability, &asked.unwrap());
        answer.map_err(HostError::Refused)
    }
}

/// Asserts that module, library and program answer alike, each with a host of its own.
fn assert_same_answer(case: &str, payload: &str, host: impl Fn() -> CaseHost) {
    let payload = payload.as_bytes();
    let module_host = || Arc::new(ModuleHost(Mutex::new(host())));
    let engine = ENGINE.clone().with_host(module_host());
    let answer = engine.call("validate", payload).unwrap();
    let response: ValidationResponse = serde_json::from_slice(&answer).unwrap();
    assert_same_text(case, answer, admission::validate(payload, &host()));
    for judge in &*JUDGES {
        let judge = judge.clone().with_host(module_host());
        let judgement = judge.judge_payload(payload).unwrap();
        assert_eq!(judgement.response, response, "{case}");
    }
}

fn assert_same_text(case: &str, answer: Vec<u8>, expected: Vec<u8>) {
    let [answer, expected] = [answer, expected].map(|text| String::from_utf8(text).unwrap());
    assert_eq!(answer, expected, "{case}");
}

fn note(case: &Value) -> &str {
    case["note"].as_str().unwrap()
}

#[test]
fn the_module_answers_every_request_as_the_library_does() {
    for (file, text) in FILES {
        for case in cases(text) {
            let name = format!("{file}: {}", note(&case));
            assert_same_answer(&name, &payload(&case), || CaseHost::new(&case["host"]));
        }
    }
}

#[test]
fn the_module_answers_every_payload_as_the_library_does() {
    for case in cases(include_str!("../../../tests/cases/payloads.yaml")) {
        let payload = case["payload"].as_str().unwrap();
        assert_same_answer(note(&case), payload, CaseHost::silent);
    }
}

#[test]
fn the_module_validates_all_settings_as_the_library_does() {
    for case in cases(include_str!("../../../tests/cases/settings.yaml")) {
        let settings = match &case["json"] {
            Value::String(json) => json.clone(),
            _ => case["settings"].to_string(),
        };
        let answer = ENGINE
            .call("validate_settings", settings.as_bytes())
            .unwrap();
        let response: SettingsResponse = serde_json::from_slice(&answer).unwrap();
        let expected = admission::validate_settings(settings.as_bytes());
        assert_same_text(note(&case), answer, expected);
        for judge in &*JUDGES {
            let judged = judge.validate_settings(settings.as_bytes()).unwrap();
            assert_eq!(judged, response, "{}", note(&case));
        }
    }
}
