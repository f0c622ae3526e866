#!/usr/bin/env bats
# What is accepted without a word, each beside what differs in one field and is not.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

@test "accepts a tag that can move and is not pulled again" {
    request deployment '.object.spec.template.spec.containers[0].imagePullPolicy = "IfNotPresent"'
    judge '{}'
    assert_accepted_in_silence
}

@test "rejects it where it is pulled at every start" {
    request deployment
    judge '{}'
    assert_finding_rejected
}

@test "accepts a version" {
    request deployment "$(image ghcr.io/acme/shop:1.4.2)"
    judge '{}'
    assert_accepted_in_silence
}

@test "accepts a tag with a digest" {
    request deployment "$(image "ghcr.io/acme/shop:main@sha256:$(printf '%064d' 7)")"
    judge '{}'
    assert_accepted_in_silence
}

@test "accepts what the settings call immutable" {
    request deployment
    judge '{"tags": {"immutable": ["ghcr.io/acme/shop"]}}'
    assert_accepted_in_silence
}

@test "rejects it where the settings call another image immutable" {
    request deployment
    judge '{"tags": {"immutable": ["ghcr.io/acme/shop2"]}}'
    assert_finding_rejected
}

@test "accepts an object that goes" {
    request deployment '.operation = "DELETE" | .oldObject = .object | .object = null'
    judge '{}'
    assert_accepted_in_silence
}

@test "accepts a change of the replicas alone" {
    request deployment '.operation = "UPDATE" | .subResource = "scale"'
    judge '{}'
    assert_accepted_in_silence
}

@test "accepts by the manifest that is installed" {
    request deployment "$(image ghcr.io/acme/shop:1.4.2)"
    judge_by policy.yaml
    assert_accepted_in_silence
}
