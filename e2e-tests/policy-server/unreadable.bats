#!/usr/bin/env bats
# Objects that cannot be read are rejected with another code.

load ../bats/policy_server

setup_file() {
    prepare_policy_server
    policy_entry policy policy.yaml >"$BATS_FILE_TMPDIR/policies.yml"
    start_policy_server "$BATS_FILE_TMPDIR/policies.yml"
}

teardown_file() { stop_policy_server; }

without_containers='del(.object.spec.template.spec.containers)'

@test "rejects a Deployment without containers" {
    request deployment "$without_containers"
    ask validate/policy
    assert_unreadable_rejected spec.template.spec.containers
}

@test "warns of it in a namespace of the lenient environment" {
    request deployment "$without_containers | .namespace = \"ci\" | .object.metadata.namespace = \"ci\""
    ask validate/policy
    assert_unreadable_warned spec.template.spec.containers test
}

@test "does not quote what stands where an image belongs" {
    request deployment '.object.spec.template.spec.containers[0].image = {secret: "hunter2"}'
    ask validate/policy
    assert_unreadable_rejected 'spec.template.spec.containers[0].image'
    assert_same "what is quoted" "" "$(grep -o hunter2 "$BATS_TEST_TMPDIR/answer.json")"
}
