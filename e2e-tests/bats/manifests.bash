# The policy's module and manifests, so that a test can load them: with the module that
# was built instead of the published one, and nothing else changed.

checkout=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)

# Copies the annotated module to where its address needs no escapes, wherever the
# checkout is, and exports its path as MODULE.
prepare_module() {
    local built=$checkout/annotated-policy.wasm
    if ! [ -f "$built" ]; then
        printf '%s\n' "there is no annotated-policy.wasm: make annotated-policy.wasm"
        return 1
    fi
    export MODULE=$BATS_FILE_TMPDIR/annotated-policy.wasm
    cp "$built" "$MODULE"
}

# Prints a manifest of the project with the built module, and with what the edits (of
# sed) say. The member of the example's group that is somebody else's policy becomes
# ours, with settings that mean the same, since nothing is fetched here.
#
#   manifest policy.yaml 's/mode: strict/mode: lenient/'
manifest() {
    local file=$checkout/$1 edit edits=()
    shift
    for edit; do edits+=(-e "$edit"); done
    sed -e "s|^\( *module: \).*|\1file://$MODULE|" \
        -e 's|^        registries:$|        tags: {consider: any}\n        pullPolicies: [Always, IfNotPresent, Never]\n        exemptions:|' \
        -e 's|^          allow: \["registry.example"\]$|          - {images: ["registry.example/**"], reason: it is ours}|' \
        "${edits[@]}" "$file"
}

# Prints a manifest as an entry of the file that policy-server reads, as Kubewarden's
# controller writes it. Both indent what belongs to a policy by two spaces. Only
# policies of the whole cluster may look things up.
#
#   policy_entry NAME MANIFEST [EDIT...]
policy_entry() {
    printf '%s:\n' "$1"
    shift
    manifest "$@" | awk '
        /^kind: ClusterAdmissionPolicy$/ { print "  hostCapabilities: [\"*\"]" }
        /^[^ ]/ { inside = /^spec:/; next }
        inside && /^  [a-z]/ {
            sub(/^  mode:/, "  policyMode:")
            sub(/^  mutating:/, "  allowedToMutate:")
            taken = /^  (module|policyMode|allowedToMutate|settings|contextAwareResources|policies|expression|message):/
        }
        inside && taken'
}
