#!/usr/bin/env bats
# The package that Artifact Hub reads is the one that kwctl makes of the metadata.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

# A package without its time, and without the sentence by which kwctl leads to itself: its
# words differ between versions, and 1.35 has others than 1.36.
comparable() { grep -v -e '^createdAt: ' -e '^  The policy can be obtained using ' "$1"; }

@test "the committed package is made of the metadata and the questions" {
    run_kwctl scaffold artifacthub --metadata-path "$checkout/metadata.yml" \
        --questions-path "$checkout/questions-ui.yml"
    assert_success
    assert_same "artifacthub-pkg.yml" "$(comparable "$BATS_TEST_TMPDIR/output")" \
        "$(comparable "$checkout/artifacthub-pkg.yml")"
}

@test "metadata of another version makes another package" {
    sed 's/^\(  io.kubewarden.policy.version: \).*/\10.0.9/' "$checkout/metadata.yml" \
        >"$BATS_TEST_TMPDIR/metadata.yml"
    run_kwctl scaffold artifacthub --metadata-path "$BATS_TEST_TMPDIR/metadata.yml" \
        --questions-path "$checkout/questions-ui.yml"
    assert_success
    assert_same "the version" "version: 0.0.9" "$(grep '^version:' "$BATS_TEST_TMPDIR/output")"
}
