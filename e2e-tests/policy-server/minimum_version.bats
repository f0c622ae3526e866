#!/usr/bin/env bats
# The version of Kubewarden that the metadata asks for: an older policy-server does not
# start with the policy.

load ../bats/policy_server

setup_file() { prepare_policy_server; }

teardown() { stop_policy_server; }

# Starts policy-server with a module that needs this version; leaves its exit status in
# `status`, and its log in the file `output` of the test's folder.
start_with() {
    sed "s/^\(minimumKubewardenVersion: \).*/\1$1/" "$checkout/metadata.yml" \
        >"$BATS_TEST_TMPDIR/metadata.yml"
    kwctl annotate "$checkout/policy.wasm" --metadata-path "$BATS_TEST_TMPDIR/metadata.yml" \
        --usage-path "$checkout/README.md" --output-path "$BATS_TEST_TMPDIR/annotated.wasm"
    MODULE=$BATS_TEST_TMPDIR/annotated.wasm policy_entry good policy.yaml \
        >"$BATS_TEST_TMPDIR/policies.yml"
    status=0
    start_policy_server "$BATS_TEST_TMPDIR/policies.yml" >"$BATS_TEST_TMPDIR/output" || status=$?
}

@test "a policy that needs a newer Kubewarden keeps policy-server from starting" {
    start_with 99.0.0
    assert_same "the exit status" 1 "$status"
    grep -q '^Error: Policy required Kubewarden version 99.0.0 ' "$BATS_TEST_TMPDIR/output"
}

@test "a policy that needs an older Kubewarden does not" {
    start_with 1.35.0
    assert_same "the exit status" 0 "$status"
}
