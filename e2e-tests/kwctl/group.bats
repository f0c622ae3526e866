#!/usr/bin/env bats
# The policy as a member of a group: what of its answers a group keeps.

load ../bats/kwctl
load ../bats/group

setup_file() { prepare_kwctl; }

@test "rejects with the group's message, the members' in the causes, and nothing else" {
    request deployment
    judge_by examples/policies/group.yaml
    assert_group_rejected "$moving" no_mutable_tags
    assert_names "$(cause no_mutable_tags)" "$place" "$moving"
}

@test "accepts what is pinned, wherever it is from" {
    request deployment "$(image "$pinned")"
    judge_by examples/policies/group.yaml
    assert_accepted_in_silence
}

@test "accepts a version from the registry that is named" {
    request deployment "$(image registry.example/acme/shop:1.4.2)"
    judge_by examples/policies/group.yaml
    assert_accepted_in_silence
}

@test "rejects the same version from another registry" {
    request deployment "$(image ghcr.io/acme/shop:1.4.2)"
    judge_by examples/policies/group.yaml
    assert_group_rejected ghcr.io/acme/shop:1.4.2 own_registry
    assert_names "$(cause own_registry)" "$place" ghcr.io/acme/shop:1.4.2
}

@test "drops the warnings and annotations of a lenient member" {
    request deployment "$(image registry.example/acme/shop:main)"
    edits=('s/settings: {}/settings: {mode: lenient}/')
    judge_by examples/policies/group.yaml
    assert_accepted_in_silence
}

@test "counts a member that would change the object as one that rejects" {
    request deployment
    edits=('s/settings: {}/settings: {adjust: if-not-present}/')
    judge_by examples/policies/group.yaml
    assert_group_rejected "$moving" no_mutable_tags
    assert_same "the cause" "mutation is not allowed inside of policy group" "$(cause no_mutable_tags)"
}
