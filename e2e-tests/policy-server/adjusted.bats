#!/usr/bin/env bats
# What the policy changes where it may, and that it is rejected where it may not.

load ../bats/policy_server

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
    assert_answer <<EOF
{
  "allowed": true,
  "patchType": "JSONPatch",
  "patch": [
    {
      "op": "replace",
      "path": "/spec/template/spec/containers/0/imagePullPolicy",
      "value": "IfNotPresent"
    }
  ],
  "status": {
    "message": "mutable-tags (lenient mode): $finding: $remedy (a warning only, since imagePullPolicy is to become IfNotPresent)"
  },
  "warnings": ["\"ghcr.io/acme/shop:main\" gets imagePullPolicy IfNotPresent ($place): it $why"],
  "auditAnnotations": {"mode": "lenient", "findings": [$annotation]}
}
EOF
}

@test "is rejected where the policy may not change anything" {
    request deployment
    ask validate/not-mutating
    assert_answer <<EOF
{
  "allowed": false,
  "status": {
    "message": "Request rejected by policy not-mutating. The policy attempted to mutate the request, but it is currently configured to not allow mutations."
  },
  "warnings": ["\"ghcr.io/acme/shop:main\" gets imagePullPolicy IfNotPresent ($place): it $why"],
  "auditAnnotations": {"mode": "lenient", "findings": [$annotation]}
}
EOF
}

@test "is accepted there where nothing would be changed" {
    request deployment "$(image ghcr.io/acme/shop:1.4.2)"
    ask validate/not-mutating
    assert_accepted_in_silence
}

@test "puts the pull policy back, in silence, where the old manifest is applied again" {
    request deployment "$update | .oldObject.spec.template.spec.containers[0].imagePullPolicy = \"IfNotPresent\""
    ask validate/if-not-present
    assert_answer <<EOF
{
  "allowed": true,
  "patchType": "JSONPatch",
  "patch": [
    {
      "op": "replace",
      "path": "/spec/template/spec/containers/0/imagePullPolicy",
      "value": "IfNotPresent"
    }
  ]
}
EOF
}
