#!/usr/bin/env bats
# Objects that cannot be read are never waved through.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

without_containers='del(.object.spec.template.spec.containers)'
image_as_number='.object.spec.template.spec.containers[0].image = 4711'

@test "rejects a Deployment without containers, with another code" {
    request deployment "$without_containers"
    judge '{}'
    assert_unreadable_rejected spec.template.spec.containers
}

@test "warns of it in the lenient mode" {
    request deployment "$without_containers"
    judge '{"mode": "lenient"}'
    assert_unreadable_warned spec.template.spec.containers
}

@test "accepts a Deployment whose containers are none" {
    request deployment '.object.spec.template.spec.containers = []'
    judge '{}'
    assert_accepted_in_silence
}

@test "rejects an image that is a number, and does not quote it" {
    request deployment "$image_as_number"
    judge '{}'
    assert_unreadable_rejected 'spec.template.spec.containers[0].image'
    assert_same "what is quoted" "" "$(grep -o 4711 "$BATS_TEST_TMPDIR/answer.json")"
}
