#!/usr/bin/env bats
# Settings that are not valid: policy-server does not start, or, where it goes on after
# errors, answers with what is wrong.

load ../bats/policy_server

setup_file() {
    prepare_policy_server
    {
        policy_entry good policy.yaml
        policy_entry bad policy.yaml 's/mode: strict/mode: severe/' 's/mode: lenient/mode: relaxed/'
    } >"$BATS_FILE_TMPDIR/policies.yml"
}

teardown() {
    stop_policy_server
}

wrong=(mode 'environments[0].mode')

@test "keep policy-server from starting, which says all that is wrong" {
    status=0
    start_policy_server "$BATS_FILE_TMPDIR/policies.yml" >"$BATS_TEST_TMPDIR/output" || status=$?
    assert_same "the exit status" 1 "$status"
    assert_fields_refused "$(grep '^Error: ' "$BATS_TEST_TMPDIR/output")" "${wrong[@]}"
}

@test "reject every request where policy-server goes on after errors" {
    start_policy_server "$BATS_FILE_TMPDIR/policies.yml" --continue-on-errors
    request deployment "$(image ghcr.io/acme/shop:1.4.2)"
    ask validate/bad
    assert_answer <<<'{"allowed": false, "status": {"code": 500, "message": true}}'
    assert_fields_refused "$(message)" "${wrong[@]}"
    ask validate/good
    assert_accepted_in_silence
}
