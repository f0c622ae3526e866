# The answers of policies that change what they find: the patch, whole.

pull_policy_patch='[{
  "op": "replace", "path": "/spec/template/spec/containers/0/imagePullPolicy", "value": "IfNotPresent"
}]'
gets_if_not_present="\\\"ghcr.io/acme/shop:main\\\" gets imagePullPolicy IfNotPresent ($place): it $why"

# Prints the patch that writes an image.
image_patch() {
    printf '[{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "%s"}]' "$1"
}

# Compares the answer with one that changes the object and says why.
#
#   assert_adjusted PATCH ASIDE WARNING
assert_adjusted() {
    assert_answer <<EOF
{
  "allowed": true,
  "patchType": "JSONPatch",
  "patch": $1,
  "status": {
    "message": "mutable-tags (lenient mode): $finding: $remedy (a warning only, since $2)"
  },
  "warnings": ["$3"],
  "auditAnnotations": {"mode": "lenient", "findings": [$annotation]}
}
EOF
}

# Compares the answer with one that sets the pull policy.
assert_pull_policy_set() {
    assert_adjusted "$pull_policy_patch" 'imagePullPolicy is to become IfNotPresent' "$gets_if_not_present"
}

# Compares the answer with one that puts back, in silence, what the policy gave before.
assert_put_back() { assert_answer <<<"{\"allowed\": true, \"patchType\": \"JSONPatch\", \"patch\": $1}"; }

# Compares the answer with that of Kubewarden to a policy of this name which would set the
# pull policy and may change nothing.
assert_change_refused() {
    assert_answer <<EOF
{
  "allowed": false,
  "status": {
    "message": "Request rejected by policy $1. The policy attempted to mutate the request, but it is currently configured to not allow mutations."
  },
  "warnings": ["$gets_if_not_present"],
  "auditAnnotations": {"mode": "lenient", "findings": [$annotation]}
}
EOF
}
