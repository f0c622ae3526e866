#!/usr/bin/env bats
# What registries and Pods tell, replayed from the sessions of examples/lookups.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

setup() { request deployment "$update | $restart"; }

replay() { printf '%s\n' "$checkout/examples/lookups/$1.yaml"; }

settings='{"drift": {"check": true, "allowVerified": true}, "registries": ["ghcr.io"]}'
served=sha256:9a0b1c2d3e4f5061728394a5b6c7d8e9f00112233445566778899aabbccddeef
running=sha256:1d5f0b2a8f3d4a5e1c0b9e8d7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a

# Compares the answer with a rejection that tells both digests.
assert_moved() {
    assert_finding_rejected || return
    assert_names "$(message)" "$served" "$running"
}

# Compares the answer with one that accepts what is verified.
assert_verified() {
    assert_finding_warned strict || return
    assert_names "$(message)" "$running"
}

@test "rejects where the tag has moved, with both digests" {
    judge "$settings" --allow-context-aware --replay-host-capabilities-interactions "$(replay moved)"
    assert_moved
}

@test "accepts where the tag still points to the running image" {
    judge "$settings" --allow-context-aware --replay-host-capabilities-interactions "$(replay verified)"
    assert_verified
}

@test "rejects what is verified where that is not let pass" {
    judge '{"drift": {"check": true}, "registries": ["ghcr.io"]}' --allow-context-aware \
        --replay-host-capabilities-interactions "$(replay verified)"
    assert_finding_rejected
    assert_names "$(message)" "$running"
}

@test "says that it may not look where nothing is granted" {
    judge "$settings" --replay-host-capabilities-interactions "$(replay moved)"
    assert_finding_rejected
    assert_names "$(message)" 'Policy has not been granted access to Kubernetes v1/Pod resources'
}

@test "is granted by a manifest what that lists" {
    judge_by examples/policies/drift.yaml --replay-host-capabilities-interactions "$(replay moved)"
    assert_moved
}

@test "drift.yaml accepts an update that pulls the same again" {
    judge_by examples/policies/drift.yaml --replay-host-capabilities-interactions "$(replay verified)"
    assert_verified
}

@test "is refused a host capability that is not allowed" {
    judge "$settings" --allow-context-aware --allowed-host-capabilities 'kubernetes/*' \
        --replay-host-capabilities-interactions "$(replay moved)"
    assert_finding_rejected
    assert_names "$(message)" "Policy has not been granted access to the 'oci/v1/manifest_digest' host capability"
}

@test "asks everything that a session holds" {
    for session in moved verified; do
        judge "$settings" --allow-context-aware --replay-host-capabilities-interactions "$(replay "$session")"
        assert_success
        assert_same "what was not asked" "" "$(left_over)"
    done
}

@test "asks nothing where the settings do not say so, and a session is left over" {
    for session in moved verified; do
        judge '{}' --allow-context-aware --replay-host-capabilities-interactions "$(replay "$session")"
        assert_success
        left_over
    done
}
