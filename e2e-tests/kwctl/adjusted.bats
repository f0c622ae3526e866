#!/usr/bin/env bats
# What the policy changes where `adjust` and the manifest let it: the patch, whole.

load ../bats/kwctl
load ../bats/adjusted

setup_file() { prepare_kwctl; }

digest=sha256:9a0b1c2d3e4f5061728394a5b6c7d8e9f00112233445566778899aabbccddeef
pinned=$checkout/examples/lookups/pinned.yaml

@test "sets the pull policy" {
    request deployment
    judge_by examples/policies/if-not-present.yaml
    assert_pull_policy_set
}

@test "changes nothing where nothing is found" {
    request deployment "$(image ghcr.io/acme/shop:1.4.2)"
    judge_by examples/policies/if-not-present.yaml
    assert_accepted_in_silence
}

@test "changes nothing where the settings do not say so" {
    request deployment
    edits=('/adjust:/ d')
    judge_by examples/policies/if-not-present.yaml
    assert_finding_warned lenient
}

@test "adds the pull policy where it is the default" {
    request deployment "$(image ghcr.io/acme/shop) | del(.object.spec.template.spec.containers[0].imagePullPolicy)"
    judge '{"adjust": "if-not-present"}'
    assert_same_json "the patch" "[
      {\"op\": \"add\", \"path\": \"/spec/template/spec/containers/0/imagePullPolicy\", \"value\": \"IfNotPresent\"}
    ]" "$(jq '.patch | @base64d | fromjson' "$BATS_TEST_TMPDIR/answer.json")"
}

@test "pins the digest that the registry serves" {
    request deployment
    judge_by examples/policies/pin.yaml --replay-host-capabilities-interactions "$pinned"
    assert_adjusted "$(image_patch "ghcr.io/acme/shop:main@$digest")"
    assert_names "$(message)" "$digest"
}

@test "pins nothing of a registry that is not listed, and asks nobody" {
    request deployment "$(image quay.io/acme/shop:main)"
    sed 's/ghcr.io/quay.io/' "$pinned" >"$BATS_TEST_TMPDIR/session.yaml"
    judge_by examples/policies/pin.yaml \
        --replay-host-capabilities-interactions "$BATS_TEST_TMPDIR/session.yaml"
    assert_finding_warned lenient '' "$(finding "$place" quay.io/acme/shop:main channel)"
    left_over
}

@test "puts the digest back where the old manifest is applied again, and asks nobody" {
    request deployment "$update | .oldObject.spec.template.spec.containers[0].image += \"@$digest\""
    judge_by examples/policies/pin.yaml
    assert_put_back "$(image_patch "ghcr.io/acme/shop:main@$digest")"
}

@test "puts the pull policy back where the old manifest is applied again" {
    request deployment "$update | .oldObject.spec.template.spec.containers[0].imagePullPolicy = \"IfNotPresent\""
    judge_by examples/policies/if-not-present.yaml
    assert_put_back "$pull_policy_patch"
}
