#!/usr/bin/env bats
# The lenient mode accepts, and says in a warning what the strict one rejects.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

@test "warns in the lenient mode" {
    request deployment
    judge '{"mode": "lenient"}'
    assert_finding_warned lenient
}

@test "rejects in the strict mode" {
    request deployment
    judge '{"mode": "strict"}'
    assert_finding_rejected
}

@test "says nothing in the lenient mode where nothing is found" {
    request deployment "$(image ghcr.io/acme/shop:1.4.2)"
    judge '{"mode": "lenient"}'
    assert_accepted_in_silence
}

@test "warns in a namespace of the lenient environment" {
    request deployment '.namespace = "e2e-upgrade" | .object.metadata.namespace = "e2e-upgrade"'
    judge_by policy.yaml
    assert_finding_warned lenient test
}

@test "rejects in a namespace beside it" {
    request deployment '.namespace = "e2e" | .object.metadata.namespace = "e2e"'
    judge_by policy.yaml
    assert_finding_rejected
}
