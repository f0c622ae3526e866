#!/usr/bin/env bats
# `mutating: false` beside `adjust`: Kubewarden rejects what may not be changed.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

@test "is rejected by kwctl where something would be changed" {
    request deployment
    edits=('s/mutating: true/mutating: false/')
    judge_by examples/policies/if-not-present.yaml
    assert_answer <<EOF
{
  "allowed": false,
  "status": {
    "message": "Request rejected by policy mutable-tags-if-not-present. The policy attempted to mutate the request, but it is currently configured to not allow mutations."
  },
  "warnings": [
    "\"ghcr.io/acme/shop:main\" gets imagePullPolicy IfNotPresent ($place): it $why"
  ],
  "auditAnnotations": {"mode": "lenient", "findings": [$annotation]}
}
EOF
}

@test "is accepted where nothing would be changed" {
    request deployment "$(image ghcr.io/acme/shop:1.4.2)"
    edits=('s/mutating: true/mutating: false/')
    judge_by examples/policies/if-not-present.yaml
    assert_accepted_in_silence
}
