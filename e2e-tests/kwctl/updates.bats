#!/usr/bin/env bats
# An update is judged by what it will pull.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

@test "warns of what an update leaves alone" {
    request deployment "$update | .object.spec.replicas = 3"
    judge '{}'
    assert_finding_warned strict
}

@test "rejects an update that rolls the same tag out again" {
    request deployment "$update | $restart"
    judge '{}'
    assert_finding_rejected
}

@test "rejects an update to a tag that can move" {
    request deployment "$update | .oldObject.spec.template.spec.containers[0].image = \"ghcr.io/acme/shop:1.4.2\""
    judge '{}'
    assert_finding_rejected
}

@test "accepts an update to a version" {
    request deployment "$update | $(image ghcr.io/acme/shop:1.4.2)"
    judge '{}'
    assert_accepted_in_silence
}

@test "rejects what an update leaves alone where the settings say so" {
    request deployment "$update | .object.spec.replicas = 3"
    judge '{"unchanged": "enforce"}'
    assert_finding_rejected
}
