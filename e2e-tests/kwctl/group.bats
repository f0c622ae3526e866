#!/usr/bin/env bats
# The policy as a member of a group: what of its answers a group keeps.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

says='an image that is pulled at every start has a tag that can move, and is not from registry.example'

@test "rejects with the group's message and the members' in the causes" {
    request deployment
    judge_by examples/policies/group.yaml
    assert_answer <<EOF
{
  "allowed": false,
  "status": {
    "message": "$says",
    "details": {
      "causes": [
        {
          "field": "spec.policies.no_mutable_tags",
          "message": "mutable-tags (strict mode): $finding: $remedy"
        },
        {
          "field": "spec.policies.own_registry",
          "message": "mutable-tags (strict mode): $finding: $remedy"
        }
      ]
    }
  }
}
EOF
}

@test "accepts what one of the members accepts, in silence" {
    request deployment "$(image registry.example/acme/shop:main)"
    judge_by examples/policies/group.yaml
    assert_accepted_in_silence
}

@test "accepts a version from anywhere" {
    request deployment "$(image ghcr.io/acme/shop:1.4.2)"
    judge_by examples/policies/group.yaml
    assert_accepted_in_silence
}

@test "drops the warnings and annotations of a lenient member" {
    request deployment
    edits=('s/settings: {}/settings: {mode: lenient}/')
    judge_by examples/policies/group.yaml
    assert_accepted_in_silence
}

@test "counts a member that would change the object as one that rejects" {
    request deployment
    edits=('s/settings: {}/settings: {adjust: if-not-present}/')
    judge_by examples/policies/group.yaml
    assert_answer <<EOF
{
  "allowed": false,
  "status": {
    "message": "$says",
    "details": {
      "causes": [
        {
          "field": "spec.policies.no_mutable_tags",
          "message": "mutation is not allowed inside of policy group"
        },
        {
          "field": "spec.policies.own_registry",
          "message": "mutable-tags (strict mode): $finding: $remedy"
        }
      ]
    }
  }
}
EOF
}
