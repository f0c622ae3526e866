# policy-server with the policies of a file of tests, without a cluster or a network.

load ../bats/isolation
load ../bats/manifests
load ../bats/requests
load ../bats/answers
load ../bats/ports

# For setup_file.
prepare_policy_server() {
    prepare_module || return
    isolate
    export POLICY_SERVER_FOLDER=$BATS_FILE_TMPDIR/policy-server
    mkdir -p "$POLICY_SERVER_FOLDER/modules"
    # Without a trust root, policy-server would fetch Sigstore's.
    printf '{}\n' >"$POLICY_SERVER_FOLDER/trust-root.json"
}

# For setup_file: starts policy-server with the policies in this file, which is made of
# what `policy_entry` prints, and waits until it is ready.
#
#   start_policy_server FILE [ARGUMENT...]
start_policy_server() {
    local readiness policies=$1
    shift
    # Somebody else may take a port between its choice and its use.
    for _ in 1 2 3 4 5; do
        export POLICY_SERVER_PORT
        POLICY_SERVER_PORT=$(free_port)
        readiness=$(free_port)
        run_policy_server "$policies" "$POLICY_SERVER_PORT" "$readiness" "$@" &
        export POLICY_SERVER_PROCESS=$!
        ! wait_for "$POLICY_SERVER_PROCESS" is_ready "$readiness" || return 0
        end "$POLICY_SERVER_PROCESS"
        grep -q 'Address already in use' "$POLICY_SERVER_FOLDER/log" || break
    done
    printf 'policy-server does not start:\n'
    cat "$POLICY_SERVER_FOLDER/log"
    return 1
}

is_ready() { curl --silent --fail --output /dev/null "http://127.0.0.1:$1/readiness"; }

# Becomes policy-server.
#
#   run_policy_server FILE PORT READINESS-PORT [ARGUMENT...]
run_policy_server() {
    local policies=$1 port=$2 readiness=$3
    shift 3
    exec policy-server --policies "$policies" \
        --policies-download-dir "$POLICY_SERVER_FOLDER/modules" \
        --sigstore-trust-config "$POLICY_SERVER_FOLDER/trust-root.json" \
        --sigstore-cache-dir "$POLICY_SERVER_FOLDER/sigstore" \
        --ignore-kubernetes-connection-failure --log-fmt json \
        --policy-timeout 600 --addr 127.0.0.1 --port "$port" --readiness-probe-port "$readiness" \
        "$@" >"$POLICY_SERVER_FOLDER/log" 2>&1 </dev/null 3>&-
}

# For teardown_file.
stop_policy_server() { [ -z "${POLICY_SERVER_PROCESS:-}" ] || end "$POLICY_SERVER_PROCESS"; }

# Asks a policy about the request of the test, as the API server does (validate) or as the
# audit scanner does (audit).
#
#   ask validate/policy
ask() {
    local review=$BATS_TEST_TMPDIR/review.json
    jq '{apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", request: .}' \
        "$BATS_TEST_TMPDIR/request.json" |
        curl --silent --show-error --fail --max-time 600 --header 'Content-Type: application/json' \
            --data-binary @- --output "$review" "http://127.0.0.1:$POLICY_SERVER_PORT/$1" || {
        printf 'policy-server does not answer. Its log ends with:\n'
        tail -n 5 "$POLICY_SERVER_FOLDER/log"
        return 1
    }
    jq .response "$review" >"$BATS_TEST_TMPDIR/answer.json"
    assert_same_json "the envelope" \
        '{"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview"}' \
        "$(jq 'del(.response)' "$review")"
}
