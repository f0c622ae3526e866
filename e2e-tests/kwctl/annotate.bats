#!/usr/bin/env bats
# The metadata that is written into the module.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

annotate() {
    run_kwctl annotate "$checkout/policy.wasm" --metadata-path "$1" \
        --usage-path "$checkout/README.md" --output-path "$BATS_TEST_TMPDIR/annotated.wasm"
}

@test "writes the metadata and has nothing to say" {
    annotate "$checkout/metadata.yml"
    assert_success
    assert_same "what kwctl printed" "" "$(cat "$BATS_TEST_TMPDIR/output" "$BATS_TEST_TMPDIR/errors")"
    cmp "$BATS_TEST_TMPDIR/annotated.wasm" "$MODULE"
}

@test "kwctl does not run a policy that needs a newer Kubewarden" {
    sed 's/^\(minimumKubewardenVersion: \).*/\199.0.0/' "$checkout/metadata.yml" \
        >"$BATS_TEST_TMPDIR/metadata.yml"
    annotate "$BATS_TEST_TMPDIR/metadata.yml"
    assert_success
    request deployment
    MODULE=$BATS_TEST_TMPDIR/annotated.wasm judge '{}'
    assert_same "kwctl's exit status" 1 "$status"
    grep -q 'Policy required Kubewarden version 99.0.0 or greater' "$BATS_TEST_TMPDIR/errors"
}

@test "refuses the metadata without rules" {
    sed 's/^rules:/others:/' "$checkout/metadata.yml" >"$BATS_TEST_TMPDIR/metadata.yml"
    annotate "$BATS_TEST_TMPDIR/metadata.yml"
    sed -i 's/ at line .*//' "$BATS_TEST_TMPDIR/errors"
    assert_failure "Error unmarshalling metadata missing field \`rules\`"
    assert_same "the module" "" "$(find "$BATS_TEST_TMPDIR" -name annotated.wasm)"
}
