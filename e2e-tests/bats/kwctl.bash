# kwctl, as on a machine that nobody has used: without a store, an account, a cluster, or
# a network.

load ../bats/isolation
load ../bats/manifests
load ../bats/requests
load ../bats/answers

# For setup_file.
prepare_kwctl() {
    prepare_module || return
    isolate
    # Without a trust root, kwctl would fetch Sigstore's, which nothing here needs.
    printf '{}\n' >"$BATS_FILE_TMPDIR/trust-root.json"
}

# Runs kwctl; leaves its exit status in `status`, and what it prints in the files
# `output` and `errors` of the test's folder.
run_kwctl() {
    status=0
    kwctl "$@" >"$BATS_TEST_TMPDIR/output" 2>"$BATS_TEST_TMPDIR/errors" </dev/null || status=$?
}

# Fails a test whose kwctl did.
assert_success() {
    [ "$status" -ne 0 ] || return 0
    printf 'kwctl ends with %s:\n' "$status"
    cat "$BATS_TEST_TMPDIR/errors"
    return 1
}

# Compares the error with which kwctl ended; it ends with 1.
assert_failure() {
    assert_same "kwctl's exit status" 1 "$status" || return
    assert_same "what kwctl printed" "" "$(cat "$BATS_TEST_TMPDIR/output")" || return
    assert_same "kwctl's error" "Error: $1" \
        "$(sed -n '/^Error: /,$ p' "$BATS_TEST_TMPDIR/errors" | sed '/^$/,$ d')"
}

# Fails a test whose kwctl did not refuse settings for these fields.
#
#   assert_settings_refused PATH...
assert_settings_refused() {
    assert_same "kwctl's exit status" 1 "$status" || return
    assert_same "what kwctl printed" "" "$(cat "$BATS_TEST_TMPDIR/output")" || return
    assert_fields_refused "$(grep '^Error: Provided settings are not valid: ' "$BATS_TEST_TMPDIR/errors")" "$@"
}

# Asks the module about the request of the test.
#
#   judge SETTINGS [ARGUMENT...]
judge() {
    local settings=$1
    shift
    ask_kwctl "$MODULE" --settings-json "$settings" "$@"
}

# Asks a manifest of the project about the request of the test; `edits` is what `manifest`
# takes.
#
#   judge_by MANIFEST [ARGUMENT...]
judge_by() {
    local file=$1
    shift
    manifest "$file" "${edits[@]}" >"$BATS_TEST_TMPDIR/policy.yaml" || return
    ask_kwctl "$BATS_TEST_TMPDIR/policy.yaml" "$@"
}
edits=()

ask_kwctl() {
    local policy=$1
    shift
    run_kwctl run --sigstore-trust-config "$BATS_FILE_TMPDIR/trust-root.json" \
        --request-path "$BATS_TEST_TMPDIR/request.json" "$@" "$policy"
    [ "$status" -ne 0 ] || cp "$BATS_TEST_TMPDIR/output" "$BATS_TEST_TMPDIR/answer.json"
}

# What kwctl says of the parts of a session for which nothing asked.
left_over() { grep 'have not been replayed' "$BATS_TEST_TMPDIR/errors"; }
