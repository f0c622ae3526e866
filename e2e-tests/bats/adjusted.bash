# The answers of policies that change what they find: the patch, whole.

pull_policy_patch='[{
  "op": "replace", "path": "/spec/template/spec/containers/0/imagePullPolicy", "value": "IfNotPresent"
}]'

# Prints the patch that writes an image.
image_patch() {
    printf '[{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "%s"}]' "$1"
}

# Compares the answer with one that changes the object and warns of what was found.
#
#   assert_adjusted PATCH [FINDING]
assert_adjusted() {
    local finding=${2:-$found}
    assert_answer <<EOF || return
{
  "allowed": true,
  "patchType": "JSONPatch",
  "patch": $1,
  "status": {"message": true},
  "warnings": 2,
  "auditAnnotations": {"mode": "lenient", "findings": [$finding]}
}
EOF
    assert_finding_named "$finding"
}

# Compares the answer with one that sets the pull policy.
assert_pull_policy_set() { assert_adjusted "$pull_policy_patch"; }

# Compares the answer with one that puts back, in silence, what the policy gave before.
assert_put_back() { assert_answer <<<"{\"allowed\": true, \"patchType\": \"JSONPatch\", \"patch\": $1}"; }

# Compares the answer with that of Kubewarden to a policy of this name which would set the
# pull policy and may change nothing.
assert_change_refused() {
    assert_answer <<EOF || return
{
  "allowed": false,
  "status": {"message": true},
  "warnings": 2,
  "auditAnnotations": {"mode": "lenient", "findings": [$found]}
}
EOF
    assert_message "Request rejected by policy $1. The policy attempted to mutate the request, but it is currently configured to not allow mutations."
}
