#!/usr/bin/env bats
# What the policy changes where it may, and that it is rejected where it may not.

load ../bats/policy_server
load ../bats/adjusted

setup_file() {
    prepare_policy_server
    {
        policy_entry if-not-present examples/policies/if-not-present.yaml
        policy_entry not-mutating examples/policies/if-not-present.yaml 's/mutating: true/mutating: false/'
    } >"$BATS_FILE_TMPDIR/policies.yml"
    start_policy_server "$BATS_FILE_TMPDIR/policies.yml"
}

teardown_file() { stop_policy_server; }

@test "sets the pull policy, and says so" {
    request deployment
    ask validate/if-not-present
    assert_pull_policy_set
}

@test "is rejected where the policy may not change anything" {
    request deployment
    ask validate/not-mutating
    assert_change_refused not-mutating
}

@test "is accepted there where nothing would be changed" {
    request deployment "$(image ghcr.io/acme/shop:1.4.2)"
    ask validate/not-mutating
    assert_accepted_in_silence
}

@test "puts the pull policy back, in silence, where the old manifest is applied again" {
    request deployment "$update | .oldObject.spec.template.spec.containers[0].imagePullPolicy = \"IfNotPresent\""
    ask validate/if-not-present
    assert_put_back "$pull_policy_patch"
}
