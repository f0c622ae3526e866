#!/usr/bin/env bats
# The policy as a member of a group.

load ../bats/policy_server

setup_file() {
    prepare_policy_server
    {
        policy_entry group examples/policies/group.yaml
        policy_entry lenient examples/policies/group.yaml 's/settings: {}/settings: {mode: lenient}/'
        policy_entry adjusting examples/policies/group.yaml 's/settings: {}/settings: {adjust: if-not-present}/'
    } >"$BATS_FILE_TMPDIR/policies.yml"
    start_policy_server "$BATS_FILE_TMPDIR/policies.yml"
}

teardown_file() { stop_policy_server; }

# Compares the answer with the rejection by both members, the first of which says this.
assert_rejected() {
    assert_answer <<EOF
{
  "allowed": false,
  "status": {
    "message": "an image that is pulled at every start has a tag that can move, and is not from registry.example",
    "details": {
      "causes": [
        {"field": "spec.policies.no_mutable_tags", "message": "$1"},
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

@test "rejects with the group's message, the members' in the causes, and nothing else" {
    request deployment
    ask validate/group
    assert_rejected "mutable-tags (strict mode): $finding: $remedy"
}

@test "accepts what one of the members accepts" {
    request deployment "$(image registry.example/acme/shop:main)"
    ask validate/group
    assert_accepted_in_silence
}

@test "drops the warnings and annotations of a lenient member" {
    request deployment
    ask validate/lenient
    assert_accepted_in_silence
}

@test "counts a member that would change the object as one that rejects" {
    request deployment
    ask validate/adjusting
    assert_rejected 'mutation is not allowed inside of policy group'
}

@test "is asked by the audit scanner as the API server asks" {
    request audited-deployment
    ask audit/group
    assert_rejected "mutable-tags (strict mode): $finding: $remedy"
}
