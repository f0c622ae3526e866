#!/usr/bin/env bats
# Pinning, end to end: a registry, policy-server that asks it, and the patch.

load ../bats/policy_server
load ../bats/adjusted
load ../bats/registry

setup_file() {
    prepare_policy_server
    start_registry
    {
        policy_entry pin examples/policies/pin.yaml "s/\"registry.example\"/\"$REGISTRY\"/"
        policy_entry pin-unlisted examples/policies/pin.yaml
        policy_entry pin-ungranted examples/policies/pin.yaml "s/\"registry.example\"/\"$REGISTRY\"/" |
            sed '/^  hostCapabilities:/ d'
    } >"$BATS_FILE_TMPDIR/policies.yml"
    start_policy_server "$BATS_FILE_TMPDIR/policies.yml" --sources-path "$SOURCES"
}

teardown_file() {
    stop_policy_server
    stop_registry
}

# The image of a test, under a name of its own, since policy-server keeps digests.
setup() { shop=$REGISTRY/acme/shop-$BATS_TEST_NUMBER; }

push() { push_image "acme/shop-$BATS_TEST_NUMBER:main" "$1"; }

# Compares the answer with one that pins the image to this digest.
assert_pinned() {
    assert_adjusted "$(image_patch "$shop:main@$1")" "$(finding "$place" "$shop:main" channel)" || return
    assert_names "$(message)" "$1"
}

# Compares the answer with one that cannot pin, and names each of these.
assert_not_pinned() {
    assert_finding_warned lenient '' "$(finding "$place" "$shop:main" channel)" || return
    assert_names "$(message)" "$@"
}

@test "pins the digest that the registry serves" {
    digest=$(push "a build")
    request deployment "$(image "$shop:main")"
    ask validate/pin
    assert_pinned "$digest"
}

@test "says nothing of what is pinned" {
    digest=$(push "a build")
    request deployment "$(image "$shop:main@$digest")"
    ask validate/pin
    assert_accepted_in_silence
}

@test "keeps the digest where the old manifest is applied again and the tag has moved" {
    digest=$(push "a build")
    push "another build" >"$BATS_TEST_TMPDIR/digest"
    request deployment "$update | $(image "$shop:main") |
        .oldObject.spec.template.spec.containers[0].image = \"$shop:main@$digest\""
    ask validate/pin
    assert_put_back "$(image_patch "$shop:main@$digest")"
}

@test "pins the new digest where the tag has moved and nothing ran" {
    push "a build" >"$BATS_TEST_TMPDIR/digest"
    digest=$(push "another build")
    request deployment "$(image "$shop:main")"
    ask validate/pin
    assert_pinned "$digest"
}

@test "does not pin what the registry does not have" {
    request deployment "$(image "$shop:main")"
    ask validate/pin
    assert_not_pinned "OCI API error: manifest unknown"
}

@test "asks no registry that is not listed" {
    push "a build" >"$BATS_TEST_TMPDIR/digest"
    request deployment "$(image "$shop:main")"
    ask validate/pin-unlisted
    assert_not_pinned "$REGISTRY"
}

@test "says that it may not ask where that is not granted" {
    push "a build" >"$BATS_TEST_TMPDIR/digest"
    request deployment "$(image "$shop:main")"
    ask validate/pin-ungranted
    assert_not_pinned "Policy has not been granted access to the 'oci/v1/manifest_digest' host capability"
}
