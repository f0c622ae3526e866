# What is answered, compared whole: a field that is not expected fails a test as one that
# is missing does.

# Compares two texts and prints the difference.
#
#   assert_same TITLE EXPECTED FOUND
assert_same() {
    [ "$2" != "$3" ] || return 0
    printf '%s is not what was expected:\n' "$1"
    diff --unified --label expected --label found \
        <(printf '%s\n' "$2") <(printf '%s\n' "$3")
    return 1
}

# Compares JSON, whatever the order of the keys.
assert_same_json() {
    local expected found
    expected=$(jq --sort-keys . <<<"$2") || return
    found=$(jq --sort-keys . <<<"$3") || return
    assert_same "$1" "$expected" "$found"
}

# Compares the answer with the JSON on standard input, in which the patch and the
# findings stand as they are decoded, what is null is left out, and the causes are in the
# order of their fields. Its uid has to be that of the request.
assert_answer() {
    local expected found uid
    if ! [ -f "$BATS_TEST_TMPDIR/answer.json" ]; then
        printf 'there is no answer:\n'
        tail -n 5 "$BATS_TEST_TMPDIR/errors"
        return 1
    fi
    uid=$(jq .uid "$BATS_TEST_TMPDIR/request.json") || return
    expected=$(jq ".uid = $uid") || return
    found=$(jq '
        with_entries(select(.value != null))
        | if has("patch") then .patch |= (@base64d | fromjson) else . end
        | if .auditAnnotations.findings then .auditAnnotations.findings |= fromjson else . end
        | if .status.details.causes then
              .status.details.causes |= (map(with_entries(select(.value != null))) | sort_by(.field))
          else . end' "$BATS_TEST_TMPDIR/answer.json") || return
    assert_same_json "the answer" "$expected" "$found"
}

# Compares the answer with one that accepts and says nothing.
assert_accepted_in_silence() { assert_answer <<<'{"allowed": true}'; }

# Compares the answer with a rejection of one finding, without more words that of
# requests/deployment.json. MODE is what the message says of it, as
# `strict mode, no environment matches`.
#
#   assert_finding_rejected MODE [FINDING [REMEDY [ANNOTATION]]]
assert_finding_rejected() {
    assert_answer <<EOF
{
  "allowed": false,
  "status": {"code": 403, "message": "mutable-tags ($1): ${2:-$finding}: ${3:-$remedy}"},
  "auditAnnotations": {$(annotated_mode "$1"), "findings": [${4:-$annotation}]}
}
EOF
}

# Compares the answer with one that warns of a finding in the same way. ASIDE is why it is
# only warned of in the strict mode, and empty in the lenient one.
#
#   assert_finding_warned MODE [ASIDE [FINDING [WARNING]]]
assert_finding_warned() {
    assert_answer <<EOF
{
  "allowed": true,
  "status": {
    "message": "mutable-tags ($1): ${3:-$finding}: $remedy${2:+ (a warning only, since $2)}"
  },
  "warnings": ["${4:-$warning}"],
  "auditAnnotations": {$(annotated_mode "$1"), "findings": [$annotation]}
}
EOF
}

# Compares the answer with what the monitor mode leaves of one: the annotations, and the
# warning of what is accepted.
#
#   assert_finding_monitored [WARNING]
assert_finding_monitored() {
    local warnings=
    [ $# -eq 0 ] || warnings="\"warnings\": [\"$1\"],"
    assert_answer <<EOF
{
  "allowed": true,
  $warnings
  "auditAnnotations": {"mode": "strict", "findings": [$annotation]}
}
EOF
}

# What the annotations have of a mode.
annotated_mode() {
    printf '"mode": "%s"' "${1%% *}"
    [[ ! $1 =~ ', environment \"'(.*)'\"' ]] || printf ', "environment": "%s"' "${BASH_REMATCH[1]}"
}
