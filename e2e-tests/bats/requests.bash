# What is asked: a request of e2e-tests/requests, changed by a filter of jq.

# Writes the request of the test.
#
#   request deployment '.namespace = "e2e-1"'
request() {
    jq "${2:-.}" "$checkout/e2e-tests/requests/$1.json" >"$BATS_TEST_TMPDIR/request.json"
}

# The filter that writes an image into the Deployment's container.
image() { printf '.object.spec.template.spec.containers[0].image = "%s"' "$1"; }

# The filter that makes the request an update of the object as it is, which the filters
# behind it change.
update='.operation = "UPDATE" | .oldObject = .object | .options.kind = "UpdateOptions"'

# The filter behind `update` that starts the Pods anew, as `kubectl rollout restart` does.
restart='.object.spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"] = "2026-01-31T12:00:00Z"'
