#!/usr/bin/env bats
# Every manifest of examples/policies is one that kwctl can run, and judges as it says.

load ../bats/kwctl

setup_file() { prepare_kwctl; }

# What a manifest makes of requests/deployment.json. A manifest that is not listed fails.
expected() {
    case $1 in
        pin) printf 'true mutable-tags (lenient mode): ' ;;
        if-not-present) printf 'true mutable-tags (lenient mode): ' ;;
        monitor) printf 'true' ;;
        test) printf 'true mutable-tags (lenient mode, environment "test"): ' ;;
        production) printf 'false mutable-tags (strict mode, environment "production"): ' ;;
        cloudnative-pg) printf 'false mutable-tags (strict mode, no environment matches): ' ;;
        custom-resources | declared-tags | drift | namespaced) printf 'false mutable-tags (strict mode): ' ;;
        environments-by-label) printf 'false mutable-tags (strict mode, the environment is unknown' ;;
        group) printf 'false an image that is pulled at every start' ;;
        *) printf 'something that examples.bats says' ;;
    esac
}
