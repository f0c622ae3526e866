#!/usr/bin/env bats
# The manifest that kwctl makes of the metadata.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

scaffold() {
    run_kwctl scaffold manifest --sigstore-trust-config "$BATS_FILE_TMPDIR/trust-root.json" \
        --type "$@" "$MODULE"
    assert_success
}

# The manifest of a kind, without what is granted to it.
expected() {
    cat <<EOF
apiVersion: policies.kubewarden.io/v1
kind: $1
metadata:
  annotations:
    io.kubewarden.policy.category: Secure supply chain
    io.kubewarden.policy.severity: medium
  name: mutable-tags
spec:
  module: file://${MODULE// /%20}
  settings: {}
  rules:
$(sed 's/^/  /' "$BATS_TEST_DIRNAME/rules.yml")
  mutating: false
EOF
}

assert_manifest() {
    assert_same "the manifest" "$1" "$(cat "$BATS_TEST_TMPDIR/output")"
}

# Compares the warnings and errors on standard error, without time, colour and origin.
assert_warnings() {
    assert_same "what kwctl warned of" "$1" "$(
        sed -e 's/\x1b\[[0-9;]*m//g' "$BATS_TEST_TMPDIR/errors" |
            sed -n 's/^[^ ]* *\(WARN\|ERROR\) *[^ ]*: //p'
    )"
}

@test "a policy of the cluster is granted nothing without being told" {
    scaffold ClusterAdmissionPolicy
    assert_manifest "$(expected ClusterAdmissionPolicy)"
    assert_warnings "Policy requires access to Kubernetes resources at evaluation time. For safety reasons, the \`contextAwareResources\` attribute has been left empty.
Carefully review which types of Kubernetes resources the policy needs via the \`inspect\` command an populate the \`contextAwareResources\` accordingly.
Otherwise, invoke the \`scaffold\` command using the \`--allow-context-aware\` flag."
}

@test "a policy of the cluster is granted namespaces and Pods" {
    scaffold ClusterAdmissionPolicy --allow-context-aware
    assert_manifest "$(expected ClusterAdmissionPolicy)
  contextAwareResources:
  - apiVersion: v1
    kind: Namespace
  - apiVersion: v1
    kind: Pod"
    assert_warnings "Policy has been granted access to the Kubernetes resources mentioned by its metadata.
Carefully review the contents of the \`contextAwareResources\` attribute for abuses."
}

@test "a policy of a namespace is granted nothing" {
    scaffold AdmissionPolicy
    assert_manifest "$(expected AdmissionPolicy)"
    assert_warnings ""
}

@test "a policy of a namespace is granted nothing by being told" {
    scaffold AdmissionPolicy --allow-context-aware
    assert_manifest "$(expected AdmissionPolicy)"
    assert_warnings ""
}

@test "the manifest judges as the module does" {
    request deployment
    scaffold ClusterAdmissionPolicy
    cp "$BATS_TEST_TMPDIR/output" "$BATS_TEST_TMPDIR/policy.yaml"
    ask_kwctl "$BATS_TEST_TMPDIR/policy.yaml"
    assert_finding_rejected
}

@test "settings that are not JSON make no manifest" {
    run_kwctl scaffold manifest --sigstore-trust-config "$BATS_FILE_TMPDIR/trust-root.json" \
        --type ClusterAdmissionPolicy --settings-json '{"mode": ' "$MODULE"
    assert_same "kwctl's exit status" 1 "$status"
    assert_same "what kwctl printed" "" "$(cat "$BATS_TEST_TMPDIR/output")"
}
