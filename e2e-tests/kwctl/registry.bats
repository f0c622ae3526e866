#!/usr/bin/env bats
# The module in a registry: pushed, named by its digest, pulled back and run from there.

load ../bats/kwctl
load ../bats/registry

setup_file() {
    prepare_kwctl
    start_registry
}

teardown_file() { stop_registry; }

setup() { address=registry://$REGISTRY/policies/mutable-tags:v0.1.0; }

push() { run_kwctl push --sources-path "$SOURCES" --output json "$1" "$address"; }

pull() {
    run_kwctl pull --sources-path "$SOURCES" \
        --sigstore-trust-config "$BATS_FILE_TMPDIR/trust-root.json" \
        --output-path "$BATS_TEST_TMPDIR/pulled.wasm" "$1"
}

# The digest that the registry serves for the tag.
served() {
    header_of docker-content-digest --head \
        --header 'Accept: application/vnd.oci.image.manifest.v1+json' \
        "http://$REGISTRY/v2/policies/mutable-tags/manifests/v0.1.0"
}

@test "is pushed with its metadata, and pulled back as it was" {
    push "$MODULE"
    assert_success
    assert_same_json "what kwctl pushed" \
        "{\"immutable_ref\": \"$REGISTRY/policies/mutable-tags@$(served)\"}" \
        "$(cat "$BATS_TEST_TMPDIR/output")"
    pull "$address"
    assert_success
    cmp "$BATS_TEST_TMPDIR/pulled.wasm" "$MODULE"
}

@test "has the digest that the registry serves" {
    push "$MODULE"
    assert_success
    run_kwctl digest --sources-path "$SOURCES" "$address"
    assert_success
    assert_same "the digest" "$address@$(served)" "$(cat "$BATS_TEST_TMPDIR/output")"
}

@test "says in the registry what it is" {
    push "$MODULE"
    assert_success
    curl --silent --show-error --fail --header 'Accept: application/vnd.oci.image.manifest.v1+json' \
        "http://$REGISTRY/v2/policies/mutable-tags/manifests/v0.1.0" >"$BATS_TEST_TMPDIR/manifest.json"
    assert_same "the title" mutable-tags \
        "$(jq -r '.annotations["io.kubewarden.policy.title"]' "$BATS_TEST_TMPDIR/manifest.json")"
    assert_same "the only annotation that is left out, having lines" null \
        "$(jq -r '.annotations["io.kubewarden.policy.usage"]' "$BATS_TEST_TMPDIR/manifest.json")"
}

@test "is run from the registry" {
    push "$MODULE"
    assert_success
    request deployment
    ask_kwctl "$address" --sources-path "$SOURCES"
    assert_finding_rejected
}

@test "a module without metadata is not pushed" {
    push "$checkout/policy.wasm"
    assert_failure "Cannot push a policy that is not annotated. Use \`annotate\` command or \`push --force\`"
}

@test "a tag that nobody pushed is not pulled" {
    pull "registry://$REGISTRY/policies/mutable-tags:v0.0.9"
    assert_failure "Fail to interact with OCI registry: Registry error: url http://$REGISTRY/v2/policies/mutable-tags/manifests/v0.0.9, envelope: OCI API errors: [OCI API error: manifest unknown]"
}
