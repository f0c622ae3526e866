#!/usr/bin/env bats
# What the annotated module tells of itself.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

# The value of an annotation in `kwctl inspect --output yaml`.
annotation_of() { sed -n "s/^  $1: //p" "$BATS_TEST_TMPDIR/output"; }

# The value of an annotation in metadata.yml.
metadata_of() { sed -n "s/^  $1: //p" "$checkout/metadata.yml"; }

# The lines of a key that stands at the beginning of a line, of this file.
block() { sed -n "/^$1:/,/^[^ -]/ p" "$2" | sed '1 d; $ d'; }

@test "names the policy, its version and where it comes from" {
    run_kwctl inspect --output yaml "$MODULE"
    assert_success
    assert_same "the title" mutable-tags "$(annotation_of io.kubewarden.policy.title)"
    assert_same "the version" "$(metadata_of io.kubewarden.policy.version)" \
        "$(annotation_of io.kubewarden.policy.version)"
    assert_same "the address" "$(metadata_of io.kubewarden.policy.ociUrl)" \
        "$(annotation_of io.kubewarden.policy.ociUrl)"
    assert_same "the severity" medium "$(annotation_of io.kubewarden.policy.severity)"
    assert_same "what it changes" "mutating: false" "$(grep '^mutating:' "$BATS_TEST_TMPDIR/output")"
    assert_same "the scanner" "backgroundAudit: true" "$(grep '^backgroundAudit:' "$BATS_TEST_TMPDIR/output")"
}

@test "has the rules of the core kinds" {
    run_kwctl inspect --output yaml "$MODULE"
    assert_success
    assert_same "the rules" "$(cat "$BATS_TEST_DIRNAME/rules.yml")" "$(block rules "$BATS_TEST_TMPDIR/output")"
}

@test "asks for namespaces, Pods and registries, and for nothing else" {
    run_kwctl inspect --output yaml "$MODULE"
    assert_success
    assert_same "the resources" "- apiVersion: v1
  kind: Namespace
- apiVersion: v1
  kind: Pod" "$(block contextAwareResources "$BATS_TEST_TMPDIR/output")"
    assert_same "the host capabilities" "- kubernetes/get_resource
- kubernetes/list_resources_by_namespace
- oci/v1/manifest_digest
- oci/v1/oci_manifest" "$(block hostCapabilities "$BATS_TEST_TMPDIR/output")"
}

@test "needs the Kubewarden that the metadata names" {
    run_kwctl inspect --output yaml "$MODULE"
    assert_success
    assert_same "the version" "$(grep '^minimumKubewardenVersion: ' "$checkout/metadata.yml")" \
        "$(grep '^minimumKubewardenVersion: ' "$BATS_TEST_TMPDIR/output")"
}

@test "has the README, word for word, as its usage" {
    run_kwctl inspect --output yaml "$MODULE"
    assert_success
    assert_same "the usage" "$(cat "$checkout/README.md")" \
        "$(sed -n '/^  io.kubewarden.policy.usage: |/,/^  [^ ]/ p' "$BATS_TEST_TMPDIR/output" |
            sed -e '1 d; $ d' -e 's/^    //')"
}

@test "shows people the title, the version and the README" {
    run_kwctl inspect "$MODULE"
    assert_success
    grep -q '^title:  *mutable-tags *$' "$BATS_TEST_TMPDIR/output"
    assert_same "the version" "$(metadata_of io.kubewarden.policy.version)" \
        "$(awk '$1 == "io.kubewarden.policy.version" { print $2 }' "$BATS_TEST_TMPDIR/output")"
    grep -q '^mutable-tags$' "$BATS_TEST_TMPDIR/output"
    grep -q '^Which tags can move$' "$BATS_TEST_TMPDIR/output"
}

@test "a module without metadata tells nothing" {
    cp "$checkout/policy.wasm" "$BATS_TEST_TMPDIR/policy.wasm"
    run_kwctl inspect "$BATS_TEST_TMPDIR/policy.wasm"
    assert_failure "No Kubewarden metadata found inside of 'file://${BATS_TEST_TMPDIR// /%20}/policy.wasm'.
Policies can be annotated with the \`kwctl annotate\` command."
}
