#!/usr/bin/env bats
# The lenient mode accepts, and says in a warning what the strict one rejects.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

@test "warns in the lenient mode" {
    request deployment
    judge '{"mode": "lenient"}'
    assert_answer <<EOF
{
  "allowed": true,
  "status": {"message": "mutable-tags (lenient mode): $finding: $remedy"},
  "warnings": ["$warning"],
  "auditAnnotations": {"mode": "lenient", "findings": [$annotation]}
}
EOF
}

@test "rejects in the strict mode" {
    request deployment
    judge '{"mode": "strict"}'
    assert_answer <<EOF
{
  "allowed": false,
  "status": {"code": 403, "message": "mutable-tags (strict mode): $finding: $remedy"},
  "auditAnnotations": {"mode": "strict", "findings": [$annotation]}
}
EOF
}

@test "says nothing in the lenient mode where nothing is found" {
    request deployment "$(image ghcr.io/acme/shop:1.4.2)"
    judge '{"mode": "lenient"}'
    assert_accepted_in_silence
}

@test "warns in a namespace of the lenient environment" {
    request deployment '.namespace = "e2e-upgrade" | .object.metadata.namespace = "e2e-upgrade"'
    judge_by policy.yaml
    assert_answer <<EOF
{
  "allowed": true,
  "status": {"message": "mutable-tags (lenient mode, environment \"test\"): $finding: $remedy"},
  "warnings": ["$warning"],
  "auditAnnotations": {"mode": "lenient", "environment": "test", "findings": [$annotation]}
}
EOF
}

@test "rejects in a namespace beside it" {
    request deployment '.namespace = "e2e" | .object.metadata.namespace = "e2e"'
    judge_by policy.yaml
    assert_answer <<EOF
{
  "allowed": false,
  "status": {
    "code": 403,
    "message": "mutable-tags (strict mode, no environment matches): $finding: $remedy"
  },
  "auditAnnotations": {"mode": "strict", "findings": [$annotation]}
}
EOF
}
