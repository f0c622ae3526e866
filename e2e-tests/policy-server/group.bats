#!/usr/bin/env bats
# The policy as a member of a group.

load ../bats/policy_server
load ../bats/group

setup_file() {
    prepare_policy_server
    {
        policy_entry group examples/policies/group.yaml
        policy_entry lenient examples/policies/group.yaml 's/settings: {}/settings: {mode: lenient}/'
        policy_entry adjusting examples/policies/group.yaml 's/settings: {}/settings: {adjust: if-not-present}/'
    } >"$BATS_FILE_TMPDIR/policies.yml"
    start_policy_server "$BATS_FILE_TMPDIR/policies.yml"
}

teardown_file() { stop_policy_server; }

@test "rejects with the group's message, the members' in the causes, and nothing else" {
    request deployment
    ask validate/group
    assert_group_rejected "$moving" no_mutable_tags
    assert_names "$(cause no_mutable_tags)" "$place" "$moving"
}

@test "accepts what is pinned, wherever it is from" {
    request deployment "$(image "$pinned")"
    ask validate/group
    assert_accepted_in_silence
}

@test "accepts a version from the registry that is named" {
    request deployment "$(image registry.example/acme/shop:1.4.2)"
    ask validate/group
    assert_accepted_in_silence
}

@test "rejects the same version from another registry" {
    request deployment "$(image ghcr.io/acme/shop:1.4.2)"
    ask validate/group
    assert_group_rejected ghcr.io/acme/shop:1.4.2 own_registry
    assert_names "$(cause own_registry)" "$place" ghcr.io/acme/shop:1.4.2
}

@test "drops the warnings and annotations of a lenient member" {
    request deployment "$(image registry.example/acme/shop:main)"
    ask validate/lenient
    assert_accepted_in_silence
}

@test "counts a member that would change the object as one that rejects" {
    request deployment
    ask validate/adjusting
    assert_group_rejected "$moving" no_mutable_tags
    assert_same "the cause" "mutation is not allowed inside of policy group" "$(cause no_mutable_tags)"
}

@test "is asked by the audit scanner as the API server asks" {
    request audited-deployment
    ask audit/group
    assert_group_rejected "$moving" no_mutable_tags
    assert_names "$(cause no_mutable_tags)" "$place" "$moving"
}
