#!/usr/bin/env bats
# The manifests of examples/policies for which no other file stands: kwctl can run them,
# and they judge as their comments say.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

# The filters that make the request one of a custom resource.
#
#   custom_resource GROUP KIND RESOURCE SPEC
custom_resource() {
    printf '.kind = {group: "%s", version: "v1", kind: "%s"} | .requestKind = .kind
        | .resource = {group: "%s", version: "v1", resource: "%s"} | .requestResource = .resource
        | .object.apiVersion = "%s/v1" | .object.kind = "%s" | .object.spec = %s' \
        "$1" "$2" "$1" "$3" "$1" "$2" "$4"
}

cluster() {
    custom_resource postgresql.cnpg.io Cluster clusters \
        "{instances: 3, imageName: \"$1\", imagePullPolicy: \"Always\"}"
}

prometheus() {
    custom_resource monitoring.coreos.com Prometheus prometheuses \
        "{image: \"quay.io/prometheus/prometheus:main\", imagePullPolicy: \"$1\"}"
}

@test "every manifest is run" {
    for file in "$checkout"/examples/policies/*.yaml; do
        name=examples/policies/${file##*/}
        grep -q "judge_by $name" "$BATS_TEST_DIRNAME"/*.bats || {
            printf '%s is run by no test\n' "$name"
            return 1
        }
    done
}

@test "cloudnative-pg.yaml rejects a Cluster of a major version" {
    request deployment "$(cluster ghcr.io/cloudnative-pg/postgresql:17)"
    judge_by examples/policies/cloudnative-pg.yaml
    assert_finding_rejected "$(finding spec.imageName ghcr.io/cloudnative-pg/postgresql:17 floating-version)"
}

@test "cloudnative-pg.yaml rejects a Cluster of a tag that only looks like a build" {
    request deployment "$(cluster ghcr.io/cloudnative-pg/postgresql:16.2-10)"
    judge_by examples/policies/cloudnative-pg.yaml
    assert_finding_rejected "$(finding spec.imageName ghcr.io/cloudnative-pg/postgresql:16.2-10 declared)"
}

@test "cloudnative-pg.yaml accepts a Cluster of a build" {
    request deployment "$(cluster ghcr.io/cloudnative-pg/postgresql:18.6-202608201414-standard-trixie)"
    judge_by examples/policies/cloudnative-pg.yaml
    assert_accepted_in_silence
}

@test "custom-resources.yaml rejects a Prometheus" {
    request deployment "$(prometheus Always)"
    judge_by examples/policies/custom-resources.yaml
    assert_finding_rejected "$(finding spec.image quay.io/prometheus/prometheus:main channel)"
}

@test "custom-resources.yaml accepts a Prometheus that is not pulled again" {
    request deployment "$(prometheus IfNotPresent)"
    judge_by examples/policies/custom-resources.yaml
    assert_accepted_in_silence
}

@test "declared-tags.yaml rejects a version that is declared to be rebuilt" {
    request deployment "$(image registry.example.com/vendor/app:1.27.3)"
    judge_by examples/policies/declared-tags.yaml
    assert_finding_rejected "$(finding "$place" registry.example.com/vendor/app:1.27.3 declared)"
}

@test "declared-tags.yaml rejects a word of a channel in every registry" {
    request deployment "$(image registry.example.com/shop/web:canary-12)"
    judge_by examples/policies/declared-tags.yaml
    assert_finding_rejected "$(finding "$place" registry.example.com/shop/web:canary-12 declared)"
}

@test "declared-tags.yaml rejects a copy of an image that is rebuilt in place" {
    request deployment "$(image harbor.example.com/dockerhub/nginx:1.27.3)"
    judge_by examples/policies/declared-tags.yaml
    assert_finding_rejected "$(finding "$place" harbor.example.com/dockerhub/nginx:1.27.3 rebuilt)"
}

@test "declared-tags.yaml rejects the same tag of another account" {
    request deployment "$(image 210987654321.dkr.ecr.eu-central-1.amazonaws.com/shop:main)"
    judge_by examples/policies/declared-tags.yaml
    assert_finding_rejected \
        "$(finding "$place" 210987654321.dkr.ecr.eu-central-1.amazonaws.com/shop:main channel)"
}

@test "declared-tags.yaml accepts a tag that its registry does not move" {
    request deployment "$(image 123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:main)"
    judge_by examples/policies/declared-tags.yaml
    assert_accepted_in_silence
}

# A session in which the namespace has these labels.
namespace_with() {
    cat <<EOF
- type: Exchange
  request: |
    !KubernetesGetResource
    api_version: v1
    kind: Namespace
    name: web
    namespace: null
    disable_cache: false
    field_masks:
    - metadata.labels
    - metadata.name
  response:
    type: Success
    payload: '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"web","labels":$1}}'
EOF
}

@test "environments-by-label.yaml warns in a namespace for tests" {
    request deployment
    namespace_with '{"environment":"test"}' >"$BATS_TEST_TMPDIR/session.yaml"
    judge_by examples/policies/environments-by-label.yaml \
        --replay-host-capabilities-interactions "$BATS_TEST_TMPDIR/session.yaml"
    assert_finding_warned lenient test
}

@test "environments-by-label.yaml rejects in a namespace for production" {
    request deployment
    namespace_with '{"environment":"production"}' >"$BATS_TEST_TMPDIR/session.yaml"
    judge_by examples/policies/environments-by-label.yaml \
        --replay-host-capabilities-interactions "$BATS_TEST_TMPDIR/session.yaml"
    assert_finding_rejected
}

@test "namespaced.yaml rejects a version without a digest" {
    request deployment "$(image ghcr.io/acme/shop:1.4.2) |
        .object.spec.template.spec.containers[0].imagePullPolicy = \"IfNotPresent\""
    judge_by examples/policies/namespaced.yaml
    assert_finding_rejected "$(finding "$place" ghcr.io/acme/shop:1.4.2 unpinned IfNotPresent)"
}

@test "namespaced.yaml accepts a digest" {
    request deployment "$(image "ghcr.io/acme/shop:1.4.2@sha256:$(printf '%064d' 7)")"
    judge_by examples/policies/namespaced.yaml
    assert_accepted_in_silence
}

@test "production.yaml rejects" {
    request deployment
    judge_by examples/policies/production.yaml
    assert_finding_rejected "$found" production
}

@test "test.yaml warns" {
    request deployment
    judge_by examples/policies/test.yaml
    assert_finding_warned lenient test
}
