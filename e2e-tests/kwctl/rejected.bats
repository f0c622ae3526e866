#!/usr/bin/env bats
# What is rejected: every finding with its place, its reason and its remedy.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

@test "rejects by the manifest that is installed, and says that no environment matches" {
    request deployment
    judge_by policy.yaml
    assert_finding_rejected 'strict mode, no environment matches'
}

@test "rejects an AdmissionReview as it does the request in it" {
    request deployment
    jq '{apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", request: .}' \
        "$BATS_TEST_TMPDIR/request.json" >"$BATS_TEST_TMPDIR/review.json"
    run_kwctl run --sigstore-trust-config "$BATS_FILE_TMPDIR/trust-root.json" \
        --request-path "$BATS_TEST_TMPDIR/review.json" "$MODULE"
    assert_success
    cp "$BATS_TEST_TMPDIR/output" "$BATS_TEST_TMPDIR/answer.json"
    assert_finding_rejected 'strict mode'
}

@test "rejects an image without a tag, which is pulled by default" {
    request deployment "$(image ghcr.io/acme/shop) | del(.object.spec.template.spec.containers[0].imagePullPolicy)"
    judge '{}'
    assert_finding_rejected 'strict mode' \
        "$place (container \\\"shop\\\"): \\\"ghcr.io/acme/shop\\\" has no tag, which means latest, and imagePullPolicy Always (the default) pulls it at every start" "$remedy" \
        "{\"path\": \"$place\", \"image\": \"ghcr.io/acme/shop\", \"reason\": \"no-tag\", \"pullPolicy\": \"Always\"}"
}

@test "rejects two images and names both" {
    request deployment '.object.spec.template.spec.initContainers =
        [{"name": "migrate", "image": "ghcr.io/acme/migrate:pr-7", "imagePullPolicy": "Always"}]'
    judge '{}'
    assert_answer <<EOF
{
  "allowed": false,
  "status": {
    "code": 403,
    "message": "mutable-tags (strict mode): $finding: $remedy; spec.template.spec.initContainers[0].image (init container \"migrate\"): \"ghcr.io/acme/migrate:pr-7\" has a tag that names a branch or a pull request, not a build, and imagePullPolicy Always pulls it at every start: $remedy"
  },
  "auditAnnotations": {
    "mode": "strict",
    "findings": [
      $annotation,
      {
        "path": "spec.template.spec.initContainers[0].image",
        "image": "ghcr.io/acme/migrate:pr-7",
        "reason": "branch",
        "pullPolicy": "Always"
      }
    ]
  }
}
EOF
}
