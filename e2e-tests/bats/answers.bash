# What is answered, compared whole but for the policy's words, which are asserted in
# tests/cases alone: a field that is not expected fails a test as one that is missing does.

# Prints a finding as the annotations have it.
#
#   finding PATH IMAGE REASON [PULL-POLICY]
finding() {
    printf '{"path": "%s", "image": "%s", "reason": "%s", "pullPolicy": "%s"}' \
        "$1" "$2" "$3" "${4:-Always}"
}

# What is found in requests/deployment.json: its only container has a tag that can move and
# is always pulled.
place='spec.template.spec.containers[0].image'
found=$(finding "$place" ghcr.io/acme/shop:main channel)

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
# findings stand as they are decoded, and what is null is left out. Of a message stands
# there that there is one, of the warnings how many there are, and of the causes their
# fields. Its uid has to be that of the request.
assert_answer() {
    local expected answer uid
    if ! [ -f "$BATS_TEST_TMPDIR/answer.json" ]; then
        printf 'there is no answer:\n'
        tail -n 5 "$BATS_TEST_TMPDIR/errors"
        return 1
    fi
    uid=$(jq .uid "$BATS_TEST_TMPDIR/request.json") || return
    expected=$(jq ".uid = $uid") || return
    answer=$(jq '
        with_entries(select(.value != null))
        | if has("patch") then .patch |= (@base64d | fromjson) else . end
        | if .auditAnnotations.findings then .auditAnnotations.findings |= fromjson else . end
        | if .status.message then .status.message = true else . end
        | if has("warnings") then .warnings |= length else . end
        | if .status.details.causes then .status.details.causes |= (map(.field) | sort) else . end
        ' "$BATS_TEST_TMPDIR/answer.json") || return
    assert_same_json "the answer" "$expected" "$answer"
}

message() { jq --raw-output .status.message "$BATS_TEST_TMPDIR/answer.json"; }

# Compares a message that is not the policy's own.
assert_message() { assert_same "the message" "$1" "$(message)"; }

# Fails where a text does not name each of these.
#
#   assert_names TEXT NAME...
assert_names() {
    local text=$1 name
    shift
    for name; do
        [[ $text != *"$name"* ]] || continue
        printf '%s is not named:\n%s\n' "$name" "$text"
        return 1
    done
}

# Fails where the message does not name the place and the image of a finding.
assert_finding_named() {
    local path image
    path=$(jq --raw-output .path <<<"$1") || return
    image=$(jq --raw-output .image <<<"$1") || return
    assert_names "$(message)" "$path" "$image"
}

# Compares the fields of settings with which the problems in a text begin, behind
# Kubewarden's own words.
#
#   assert_fields_refused TEXT PATH...
assert_fields_refused() {
    local text=$1
    shift
    assert_same "what is refused" "$(printf '%s\n' "$@")" \
        "$(sed -e 's/.*settings are \(not valid\|invalid\): //' -e 's/; /\n/g' <<<"$text" | cut -d ' ' -f 1)"
}

# Compares the answer with one that accepts and says nothing.
assert_accepted_in_silence() { assert_answer <<<'{"allowed": true}'; }

# Compares the answer with a rejection of one finding, without more that of
# requests/deployment.json.
#
#   assert_finding_rejected [FINDING [ENVIRONMENT]]
assert_finding_rejected() {
    local finding=${1:-$found}
    assert_answer <<EOF || return
{
  "allowed": false,
  "status": {"code": 403, "message": true},
  "auditAnnotations": {"mode": "strict", $(annotated_environment "${2:-}") "findings": [$finding]}
}
EOF
    assert_finding_named "$finding"
}

# Compares the answer with one that warns of a finding in the same way.
#
#   assert_finding_warned MODE [ENVIRONMENT [FINDING]]
assert_finding_warned() {
    local finding=${3:-$found}
    assert_answer <<EOF || return
{
  "allowed": true,
  "status": {"message": true},
  "warnings": 2,
  "auditAnnotations": {"mode": "$1", $(annotated_environment "${2:-}") "findings": [$finding]}
}
EOF
    assert_finding_named "$finding"
}

annotated_environment() { [ -z "$1" ] || printf '"environment": "%s",' "$1"; }

# Compares the answer with what the monitor mode leaves of a rejection: the annotations.
assert_finding_monitored() {
    assert_answer <<EOF
{"allowed": true, "auditAnnotations": {"mode": "strict", "findings": [$found]}}
EOF
}

# Compares the answer with what it leaves of an acceptance: the warning too.
assert_warning_monitored() {
    assert_answer <<EOF
{"allowed": true, "warnings": 2, "auditAnnotations": {"mode": "strict", "findings": [$found]}}
EOF
}

# Compares the answer with a rejection of a field that cannot be read.
#
#   assert_unreadable_rejected PATH
assert_unreadable_rejected() {
    assert_answer <<'EOF' || return
{
  "allowed": false,
  "status": {"code": 400, "message": true},
  "auditAnnotations": {"mode": "strict", "findings": []}
}
EOF
    assert_names "$(message)" "$1"
}

# Compares the answer with one of the lenient mode that warns of it.
#
#   assert_unreadable_warned PATH [ENVIRONMENT]
assert_unreadable_warned() {
    assert_answer <<EOF || return
{
  "allowed": true,
  "status": {"message": true},
  "warnings": 2,
  "auditAnnotations": {"mode": "lenient", $(annotated_environment "${2:-}") "findings": []}
}
EOF
    assert_names "$(message)" "$1"
}
