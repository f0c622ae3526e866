#!/usr/bin/env bats
# What policy-server accepts with a warning, which the API server shows.

load ../bats/policy_server

setup_file() {
    prepare_policy_server
    {
        policy_entry policy policy.yaml
        policy_entry test examples/policies/test.yaml
        policy_entry environments-by-label examples/policies/environments-by-label.yaml
    } >"$BATS_FILE_TMPDIR/policies.yml"
    start_policy_server "$BATS_FILE_TMPDIR/policies.yml"
}

teardown_file() { stop_policy_server; }

@test "warns in a namespace of the lenient environment" {
    request deployment '.namespace = "e2e-upgrade" | .object.metadata.namespace = "e2e-upgrade"'
    ask validate/policy
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
    ask validate/policy
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

@test "warns by a policy that is for tests" {
    request deployment
    ask validate/test
    assert_answer <<EOF
{
  "allowed": true,
  "status": {"message": "mutable-tags (lenient mode, environment \"test\"): $finding: $remedy"},
  "warnings": ["$warning"],
  "auditAnnotations": {"mode": "lenient", "environment": "test", "findings": [$annotation]}
}
EOF
}

@test "is strict, and says why, where the namespace's labels cannot be had" {
    request deployment
    ask validate/environments-by-label
    assert_answer <<EOF
{
  "allowed": false,
  "status": {
    "code": 403,
    "message": "mutable-tags (strict mode, the environment is unknown without the namespace's labels (the host says \"Callback evaluation failure: kube::Client was not initialized properly\")): $finding: $remedy"
  },
  "auditAnnotations": {"mode": "strict", "findings": [$annotation]}
}
EOF
}
