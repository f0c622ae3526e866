#!/usr/bin/env bats
# Objects that cannot be read are never waved through.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

without_containers='del(.object.spec.template.spec.containers)'
image_as_number='.object.spec.template.spec.containers[0].image = 7'

@test "rejects a Deployment without containers, with another code" {
    request deployment "$without_containers"
    judge '{}'
    assert_answer <<'EOF'
{
  "allowed": false,
  "status": {
    "code": 400,
    "message": "mutable-tags (strict mode): the request cannot be judged: spec.template.spec.containers is missing"
  },
  "auditAnnotations": {"mode": "strict", "findings": []}
}
EOF
}

@test "warns of it in the lenient mode" {
    request deployment "$without_containers"
    judge '{"mode": "lenient"}'
    assert_answer <<'EOF'
{
  "allowed": true,
  "status": {
    "message": "mutable-tags (lenient mode): the request cannot be judged: spec.template.spec.containers is missing"
  },
  "warnings": ["the request cannot be judged: spec.template.spec.containers is missing"],
  "auditAnnotations": {"mode": "lenient", "findings": []}
}
EOF
}

@test "accepts a Deployment whose containers are none" {
    request deployment '.object.spec.template.spec.containers = []'
    judge '{}'
    assert_accepted_in_silence
}

@test "rejects an image that is a number, and does not quote it" {
    request deployment "$image_as_number"
    judge '{}'
    assert_answer <<'EOF'
{
  "allowed": false,
  "status": {
    "code": 400,
    "message": "mutable-tags (strict mode): the request cannot be judged: spec.template.spec.containers[0].image must be a string"
  },
  "auditAnnotations": {"mode": "strict", "findings": []}
}
EOF
}
