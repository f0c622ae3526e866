#!/usr/bin/env bats
# What is rejected: every finding with its place and its reason.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

@test "rejects by the manifest that is installed" {
    request deployment
    judge_by policy.yaml
    assert_finding_rejected
}

@test "rejects an AdmissionReview as it does the request in it" {
    request deployment
    jq '{apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", request: .}' \
        "$BATS_TEST_TMPDIR/request.json" >"$BATS_TEST_TMPDIR/review.json"
    run_kwctl run --sigstore-trust-config "$BATS_FILE_TMPDIR/trust-root.json" \
        --request-path "$BATS_TEST_TMPDIR/review.json" "$MODULE"
    assert_success
    cp "$BATS_TEST_TMPDIR/output" "$BATS_TEST_TMPDIR/answer.json"
    assert_finding_rejected
}

@test "rejects an image without a tag, which is pulled by default" {
    request deployment "$(image ghcr.io/acme/shop) | del(.object.spec.template.spec.containers[0].imagePullPolicy)"
    judge '{}'
    assert_finding_rejected "$(finding "$place" ghcr.io/acme/shop no-tag)"
}

@test "rejects two images and names both" {
    request deployment '.object.spec.template.spec.initContainers =
        [{"name": "migrate", "image": "ghcr.io/acme/migrate:pr-7", "imagePullPolicy": "Always"}]'
    judge '{}'
    assert_answer <<EOF
{
  "allowed": false,
  "status": {"code": 403, "message": true},
  "auditAnnotations": {
    "mode": "strict",
    "findings": [
      $found,
      $(finding 'spec.template.spec.initContainers[0].image' ghcr.io/acme/migrate:pr-7 branch)
    ]
  }
}
EOF
    assert_names "$(message)" "$place" ghcr.io/acme/shop:main \
        'spec.template.spec.initContainers[0].image' ghcr.io/acme/migrate:pr-7
}
