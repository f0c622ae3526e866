#!/usr/bin/env bats
# Requests as the audit scanner makes them of objects that are there: without a user and
# an old object, and with the resource named by the kind.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

@test "rejects a Deployment that was there before the policy" {
    request audited-deployment
    judge_by policy.yaml
    assert_finding_rejected
}

@test "accepts one that is pinned" {
    request audited-deployment "$(image "ghcr.io/acme/shop:main@sha256:$(printf '%064d' 7)")"
    judge_by policy.yaml
    assert_accepted_in_silence
}

# What the Deployment's controller made of it.
replica_set='.kind.kind = "ReplicaSet" | .requestKind = .kind | .resource.resource = "ReplicaSet"
    | .name = "shop-7d4b9c" | .object.kind = "ReplicaSet" | .object.metadata.name = .name
    | .object.metadata.ownerReferences = [{
        apiVersion: "apps/v1", kind: "Deployment", name: "shop",
        uid: "5b0e7f92-1d3c-4e68-8a1f-6c2d9e4b7035", controller: true}]'

@test "reports an object with an owner once, with the owner" {
    request audited-deployment "$replica_set"
    judge_by policy.yaml
    assert_finding_warned strict
}

@test "rejects an object whose owner does not control it" {
    request audited-deployment "$replica_set | .object.metadata.ownerReferences[0].controller = false"
    judge_by policy.yaml
    assert_finding_rejected
}

@test "keeps the message of a lenient environment, which is all that is reported" {
    request audited-deployment '.namespace = "ci" | .object.metadata.namespace = "ci"'
    judge_by policy.yaml
    assert_finding_warned lenient test
}
