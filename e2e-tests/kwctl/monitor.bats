#!/usr/bin/env bats
# The monitor mode: everything is accepted, and the log has what would have been said.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

# What kwctl logs of the answer, as Rust prints it.
logged() {
    sed -e 's/\x1b\[[0-9;]*m//g' "$BATS_TEST_TMPDIR/errors" |
        sed -n 's/.*: policy evaluation (monitor mode) policy_id="mutable-tags" .* response=//p' |
        jq --raw-output .
}

@test "accepts without a message or a warning, and keeps the annotations" {
    request deployment
    judge_by examples/policies/monitor.yaml
    assert_finding_monitored
}

@test "logs the verdict with its message" {
    request deployment
    judge_by examples/policies/monitor.yaml
    logged | grep -F ' allowed: false, '
    assert_names "$(logged)" ' message: Some("' "$place" ghcr.io/acme/shop:main
}

@test "logs no message where nothing is found" {
    request deployment "$(image ghcr.io/acme/shop:1.4.2)"
    judge_by examples/policies/monitor.yaml
    assert_accepted_in_silence
    logged | grep -F ' allowed: true, '
    logged | grep -F ' status: None, '
}

@test "hands on the warnings of what is accepted, without the message" {
    request deployment "$update | .object.spec.replicas = 3"
    judge_by examples/policies/monitor.yaml
    assert_warning_monitored
}

@test "rejects in the mode that protects" {
    request deployment
    edits=('s/mode: monitor/mode: protect/')
    judge_by examples/policies/monitor.yaml
    assert_finding_rejected
}
