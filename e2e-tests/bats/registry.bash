# A registry for a file of tests: Debian's docker-registry, empty, by plain HTTP.

load ../bats/ports

# For setup_file. Exports REGISTRY, the host and port of its images, and SOURCES, the file
# in which Kubewarden's programs read that it has no TLS.
start_registry() {
    local folder=$BATS_FILE_TMPDIR/registry port
    mkdir -p "$folder"
    export SOURCES=$folder/sources.yml
    # Somebody else may take a port between its choice and its use.
    for _ in 1 2 3 4 5; do
        port=$(free_port)
        export REGISTRY=127.0.0.1:$port
        printf 'insecure_sources: ["%s"]\n' "$REGISTRY" >"$SOURCES"
        cat >"$folder/config.yml" <<EOF
version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: "$folder/store"}}
http: {addr: "$REGISTRY"}
EOF
        docker-registry serve "$folder/config.yml" >"$folder/log" 2>&1 </dev/null 3>&- &
        export REGISTRY_PROCESS=$!
        ! wait_for "$REGISTRY_PROCESS" listens "$port" || return 0
        end "$REGISTRY_PROCESS"
    done
    printf 'docker-registry does not start:\n'
    cat "$folder/log"
    return 1
}

# For teardown_file.
stop_registry() { [ -z "${REGISTRY_PROCESS:-}" ] || end "$REGISTRY_PROCESS"; }

# Pushes an image with a layer of this content, and prints the digest of its manifest.
#
#   push_image acme/shop:main "the first build"
push_image() {
    local repository=${1%:*} tag=${1##*:} config layer manifest
    config=$(push_blob "$repository" '{"architecture":"amd64","os":"linux"}') || return
    layer=$(push_blob "$repository" "$2") || return
    manifest=$(jq --null-input --compact-output --argjson config "$config" --argjson layer "$layer" '{
        schemaVersion: 2,
        mediaType: "application/vnd.oci.image.manifest.v1+json",
        config: ($config + {mediaType: "application/vnd.oci.image.config.v1+json"}),
        layers: [$layer + {mediaType: "application/vnd.oci.image.layer.v1.tar"}]
    }')
    curl --silent --show-error --fail --request PUT \
        --header 'Content-Type: application/vnd.oci.image.manifest.v1+json' \
        --data-binary "$manifest" "http://$REGISTRY/v2/$repository/manifests/$tag" || return
    digest_of "$manifest"
}

# Pushes a blob and prints what a manifest says of it.
push_blob() {
    local digest upload
    digest=$(digest_of "$2")
    upload=$(header_of location --request POST "http://$REGISTRY/v2/$1/blobs/uploads/") || return
    curl --silent --show-error --fail --request PUT --data-binary "$2" \
        --header 'Content-Type: application/octet-stream' "$upload&digest=$digest" || return
    printf '{"digest": "%s", "size": %s}\n' "$digest" "$(printf %s "$2" | wc -c)"
}

# Prints a header of an answer, which curl by itself can only since 7.84.
#
#   header_of NAME ARGUMENT-OF-CURL...
header_of() {
    local name=$1 headers
    shift
    headers=$(curl --silent --show-error --fail --output /dev/null --dump-header - "$@") || return
    sed -n "s/^$name: *//Ip" <<<"${headers//$'\r'/}"
}

digest_of() { printf 'sha256:%s\n' "$(printf %s "$1" | sha256sum | cut -d ' ' -f 1)"; }
