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
    assert_finding_warned lenient test
}

@test "rejects in a namespace beside it" {
    request deployment '.namespace = "e2e" | .object.metadata.namespace = "e2e"'
    ask validate/policy
    assert_finding_rejected
}

@test "warns by a policy that is for tests" {
    request deployment
    ask validate/test
    assert_finding_warned lenient test
}

@test "is strict, and says why, where the namespace's labels cannot be had" {
    request deployment
    ask validate/environments-by-label
    assert_finding_rejected
    assert_names "$(message)" 'kube::Client was not initialized properly'
}
