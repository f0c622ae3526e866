#!/usr/bin/env bats
# What policy-server accepts without a word.

load ../bats/policy_server

setup_file() {
    prepare_policy_server
    policy_entry policy policy.yaml >"$BATS_FILE_TMPDIR/policies.yml"
    start_policy_server "$BATS_FILE_TMPDIR/policies.yml"
}

teardown_file() { stop_policy_server; }

@test "accepts a version" {
    request deployment "$(image ghcr.io/acme/shop:1.4.2)"
    ask validate/policy
    assert_accepted_in_silence
}

@test "accepts a tag that can move and is not pulled again" {
    request deployment '.object.spec.template.spec.containers[0].imagePullPolicy = "IfNotPresent"'
    ask validate/policy
    assert_accepted_in_silence
}

@test "accepts a tag with a digest" {
    request deployment "$(image "ghcr.io/acme/shop:main@sha256:$(printf '%064d' 7)")"
    ask validate/policy
    assert_accepted_in_silence
}

@test "rejects the tag without it" {
    request deployment
    ask validate/policy
    assert_finding_rejected
}

@test "accepts an object that goes" {
    request deployment '.operation = "DELETE" | .oldObject = .object | .object = null'
    ask validate/policy
    assert_accepted_in_silence
}
