# The answers of examples/policies/group.yaml, of which a group keeps the message, and
# among the causes those of the members that rejected.

# Compares the answer with a rejection of an image: by the member that wants digests, and by
# another.
#
#   assert_group_rejected IMAGE MEMBER
assert_group_rejected() {
    assert_answer <<EOF || return
{
  "allowed": false,
  "status": {
    "message": true,
    "details": {"causes": ["spec.policies.$2", "spec.policies.pinned"]}
  }
}
EOF
    assert_message "pin every image, or use registry.example alone and no tag that can move" || return
    assert_names "$(cause pinned)" "$place" "$1"
}

# Prints the message of a member that rejected.
cause() {
    jq --raw-output --arg field "spec.policies.$1" \
        '.status.details.causes[] | select(.field == $field).message' "$BATS_TEST_TMPDIR/answer.json"
}

moving=ghcr.io/acme/shop:main
pinned=$moving@sha256:9a0b1c2d3e4f5061728394a5b6c7d8e9f00112233445566778899aabbccddeef
