#!/usr/bin/env bats
# The monitor mode: everything is accepted, and the log has what would have been said.

load ../bats/policy_server

setup_file() {
    prepare_policy_server
    {
        policy_entry monitor examples/policies/monitor.yaml
        policy_entry protect examples/policies/monitor.yaml 's/mode: monitor/mode: protect/'
    } >"$BATS_FILE_TMPDIR/policies.yml"
    start_policy_server "$BATS_FILE_TMPDIR/policies.yml"
}

teardown_file() { stop_policy_server; }

# What policy-server logs of the answer to the test's request, as Rust prints it.
logged() {
    jq --raw-input --raw-output --arg uid "$1" '
        fromjson? | select(.fields.message == "policy evaluation (monitor mode)")
        | select(.fields.policy_id == "monitor") | .fields.response
        | select(contains("uid: \"" + $uid + "\""))' "$POLICY_SERVER_FOLDER/log"
}

@test "accepts without a message or a warning, and keeps the annotations" {
    request deployment
    ask validate/monitor
    assert_finding_monitored
}

@test "logs the verdict with its message" {
    request deployment '.uid = "rejected"'
    ask validate/monitor
    logged rejected | grep -F ' allowed: false, '
    assert_names "$(logged rejected)" ' message: Some("' "$place" ghcr.io/acme/shop:main
}

@test "logs no message where nothing is found" {
    request deployment ".uid = \"accepted\" | $(image ghcr.io/acme/shop:1.4.2)"
    ask validate/monitor
    assert_accepted_in_silence
    logged accepted | grep -F ' allowed: true, '
    logged accepted | grep -F ' status: None, '
}

@test "hands on the warnings of what is accepted, without the message" {
    request deployment "$update | .object.spec.replicas = 3"
    ask validate/monitor
    assert_warning_monitored
}

@test "rejects in the mode that protects" {
    request deployment
    ask validate/protect
    assert_finding_rejected
}
