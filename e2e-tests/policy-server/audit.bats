#!/usr/bin/env bats
# The endpoint of the audit scanner, asked as that asks: without a user and an old object,
# and with the resource named by the kind.

load ../bats/policy_server

setup_file() {
    prepare_policy_server
    {
        policy_entry policy policy.yaml
        policy_entry monitor examples/policies/monitor.yaml
    } >"$BATS_FILE_TMPDIR/policies.yml"
    start_policy_server "$BATS_FILE_TMPDIR/policies.yml"
}

teardown_file() { stop_policy_server; }

@test "rejects a Deployment that was there before the policy" {
    request audited-deployment
    ask audit/policy
    assert_finding_rejected
}

@test "accepts one that is pinned" {
    request audited-deployment "$(image "ghcr.io/acme/shop:main@sha256:$(printf '%064d' 7)")"
    ask audit/policy
    assert_accepted_in_silence
}

@test "takes a review that does not say what it is, as the scanner's" {
    request audited-deployment
    assert_same "the verdict" false "$(
        curl --silent --show-error --fail --header 'Content-Type: application/json' \
            --data "{\"request\": $(cat "$BATS_TEST_TMPDIR/request.json")}" \
            "http://127.0.0.1:$POLICY_SERVER_PORT/audit/policy" | jq .response.allowed
    )"
}

@test "reports the verdict of a policy that only monitors" {
    request audited-deployment
    ask audit/monitor
    assert_finding_rejected
}

@test "keeps the message of a lenient environment, which is all that is reported" {
    request audited-deployment '.namespace = "ci" | .object.metadata.namespace = "ci"'
    ask audit/policy
    assert_finding_warned lenient test
}

@test "reports an object with an owner once, with the owner" {
    request audited-deployment '.kind.kind = "ReplicaSet" | .requestKind = .kind
        | .resource.resource = "ReplicaSet" | .object.kind = "ReplicaSet"
        | .object.metadata.ownerReferences = [{
            apiVersion: "apps/v1", kind: "Deployment", name: "shop",
            uid: "5b0e7f92-1d3c-4e68-8a1f-6c2d9e4b7035", controller: true}]'
    ask audit/policy
    assert_finding_warned strict
}
