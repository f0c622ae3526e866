#!/usr/bin/env bats
# What policy-server rejects, with the message and the code that the API server shows.

load ../bats/policy_server

setup_file() {
    prepare_policy_server
    {
        policy_entry policy policy.yaml
        policy_entry namespaced examples/policies/namespaced.yaml
        policy_entry production examples/policies/production.yaml
    } >"$BATS_FILE_TMPDIR/policies.yml"
    start_policy_server "$BATS_FILE_TMPDIR/policies.yml"
}

teardown_file() { stop_policy_server; }

@test "rejects a tag that can move and is pulled at every start" {
    request deployment
    ask validate/policy
    assert_finding_rejected
}

@test "rejects an update that rolls the same tag out again" {
    request deployment "$update | $restart"
    ask validate/policy
    assert_finding_rejected
}

@test "warns of what an update leaves alone" {
    request deployment "$update | .object.metadata.annotations = {restarted: \"now\"}"
    ask validate/policy
    assert_finding_warned strict
}

@test "names the environment of a policy that is for one" {
    request deployment
    ask validate/production
    assert_finding_rejected "$found" production
}

@test "rejects a version by a policy that asks for digests" {
    request deployment "$(image ghcr.io/acme/shop:1.4.2)"
    ask validate/namespaced
    assert_finding_rejected "$(finding "$place" ghcr.io/acme/shop:1.4.2 unpinned)"
}

@test "answers a policy that is not there with an error" {
    request deployment
    assert_same "the status" 404 "$(
        curl --silent --output /dev/null --write-out '%{http_code}' \
            --header 'Content-Type: application/json' \
            --data "{\"request\": $(cat "$BATS_TEST_TMPDIR/request.json")}" \
            "http://127.0.0.1:$POLICY_SERVER_PORT/validate/other"
    )"
}
