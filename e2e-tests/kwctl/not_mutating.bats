#!/usr/bin/env bats
# `mutating: false` beside `adjust`: Kubewarden rejects what may not be changed.

load ../bats/kwctl
load ../bats/adjusted

setup_file() { prepare_kwctl; }

@test "is rejected by kwctl where something would be changed" {
    request deployment
    edits=('s/mutating: true/mutating: false/')
    judge_by examples/policies/if-not-present.yaml
    assert_change_refused mutable-tags-if-not-present
}

@test "is accepted where nothing would be changed" {
    request deployment "$(image ghcr.io/acme/shop:1.4.2)"
    edits=('s/mutating: true/mutating: false/')
    judge_by examples/policies/if-not-present.yaml
    assert_accepted_in_silence
}
