//! Admission reviews, as the API server sends and reads them.

use std::error::Error;
use std::fmt;

use serde::Deserialize;
use serde_json::{Value, json};

/// The decision on a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Allowed,
    Rejected,
}

/// Wraps a request in a review, and replaces its uid.
#[must_use]
pub fn review(request: &Value, uid: &str) -> Value {
    let mut request = request.clone();
    if let Some(fields) = request.as_object_mut() {
        fields.insert("uid".to_owned(), json!(uid));
    }
    json!({
        "apiVersion": "admission.k8s.io/v1",
        "kind": "AdmissionReview",
        "request": request,
    })
}

/// Reads the decision on the request with this uid.
pub fn decision(answer: &[u8], uid: &str) -> Result<Decision, ReviewError> {
    let answer: Answer = serde_json::from_slice(answer).map_err(ReviewError::Unreadable)?;
    let Response {
        uid: answered,
        allowed,
        status,
    } = answer.response;
    if answered != uid {
        return Err(ReviewError::OfAnother(answered));
    }
    // A policy that traps or exceeds its time limit looks like a rejection, except for the code.
    match (allowed, status.and_then(|status| status.code)) {
        (true, _) => Ok(Decision::Allowed),
        (false, Some(code)) if code >= 500 => Err(ReviewError::Failure(code)),
        (false, _) => Ok(Decision::Rejected),
    }
}

#[derive(Deserialize)]
struct Answer {
    response: Response,
}

#[derive(Deserialize)]
struct Response {
    uid: String,
    allowed: bool,
    status: Option<Status>,
}

#[derive(Deserialize)]
struct Status {
    code: Option<u16>,
}

/// The answer has no decision on the request.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReviewError {
    /// The answer is not a review with a response.
    Unreadable(serde_json::Error),
    /// The answer is for another request, which has this uid.
    OfAnother(String),
    /// The policy could not be run, according to this code.
    Failure(u16),
}

impl fmt::Display for ReviewError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(formatter, "no answer to a review: {error}"),
            Self::OfAnother(uid) => write!(formatter, "the answer to the request {uid:?}"),
            Self::Failure(code) => write!(formatter, "the policy failed, with the code {code}"),
        }
    }
}

impl Error for ReviewError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unreadable(error) => Some(error),
            Self::OfAnother(_) | Self::Failure(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Decision, decision, review};
    use serde_json::{Value, json};

    fn decided(response: &Value) -> Result<Decision, String> {
        let answer = json!({"kind": "AdmissionReview", "response": response}).to_string();
        decision(answer.as_bytes(), "1").map_err(|error| error.to_string())
    }

    #[test]
    fn a_review_replaces_the_uid_of_its_request() {
        let review = review(&json!({"uid": "0", "operation": "CREATE"}), "1");
        let request = json!({"uid": "1", "operation": "CREATE"});
        assert_eq!(review.get("request"), Some(&request));
    }

    #[test]
    fn an_answer_allows_or_rejects() {
        let allowed = json!({"uid": "1", "allowed": true, "warnings": null});
        assert_eq!(decided(&allowed), Ok(Decision::Allowed));
        let rejected = json!({"uid": "1", "allowed": false, "status": {"code": 403}});
        assert_eq!(decided(&rejected), Ok(Decision::Rejected));
        let without_status = json!({"uid": "1", "allowed": false});
        assert_eq!(decided(&without_status), Ok(Decision::Rejected));
    }

    #[test]
    fn refuses_the_answer_to_another_request() {
        let other = json!({"uid": "2", "allowed": true});
        assert_eq!(
            decided(&other),
            Err(r#"the answer to the request "2""#.to_owned())
        );
    }

    #[test]
    fn a_failed_policy_is_not_a_rejection() {
        let failed = json!({"uid": "1", "allowed": false, "status": {"code": 500}});
        assert_eq!(
            decided(&failed),
            Err("the policy failed, with the code 500".to_owned())
        );
    }

    #[test]
    fn refuses_an_answer_without_a_response() {
        let error = decision(b"busy", "1").unwrap_err().to_string();
        assert!(error.starts_with("no answer to a review: "), "{error}");
        let error = decided(&json!({"uid": "1"})).unwrap_err();
        assert!(error.contains("missing field `allowed`"), "{error}");
    }
}
