#!/usr/bin/env bats
# An update is judged by what it will pull.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

restart='.object.spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"] = "2026-01-31T12:00:00Z"'

@test "warns of what an update leaves alone" {
    request deployment "$update | .object.spec.replicas = 3"
    judge '{}'
    assert_answer <<EOF
{
  "allowed": true,
  "status": {
    "message": "mutable-tags (strict mode): $finding: $remedy (a warning only, since this update leaves it as it was)"
  },
  "warnings": ["$warning"],
  "auditAnnotations": {"mode": "strict", "findings": [$annotation]}
}
EOF
}

@test "rejects an update that rolls the same tag out again" {
    request deployment "$update | $restart"
    judge '{}'
    assert_answer <<EOF
{
  "allowed": false,
  "status": {
    "code": 403,
    "message": "mutable-tags (strict mode): $rolled_out_again, which may no longer be what runs: $remedy"
  },
  "auditAnnotations": {"mode": "strict", "findings": [$annotation]}
}
EOF
}

@test "rejects an update to a tag that can move" {
    request deployment "$update | .oldObject.spec.template.spec.containers[0].image = \"ghcr.io/acme/shop:1.4.2\""
    judge '{}'
    assert_answer <<EOF
{
  "allowed": false,
  "status": {"code": 403, "message": "mutable-tags (strict mode): $finding: $remedy"},
  "auditAnnotations": {"mode": "strict", "findings": [$annotation]}
}
EOF
}

@test "accepts an update to a version" {
    request deployment "$update | $(image ghcr.io/acme/shop:1.4.2)"
    judge '{}'
    assert_accepted_in_silence
}

@test "rejects what an update leaves alone where the settings say so" {
    request deployment "$update | .object.spec.replicas = 3"
    judge '{"unchanged": "enforce"}'
    assert_answer <<EOF
{
  "allowed": false,
  "status": {
    "code": 403,
    "message": "mutable-tags (strict mode): $finding: $remedy"
  },
  "auditAnnotations": {"mode": "strict", "findings": [$annotation]}
}
EOF
}
