# What a program of Kubewarden may find: nothing that belongs to whoever runs the tests.

# Exports an environment in which nothing of the caller's counts.
isolate() {
    export HOME=$BATS_FILE_TMPDIR/home
    export XDG_CONFIG_HOME=$HOME/config XDG_CACHE_HOME=$HOME/cache XDG_DATA_HOME=$HOME/data
    export KUBECONFIG=$HOME/no-cluster NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
    unset NO_COLOR RUST_BACKTRACE RUST_LOG DOCKER_CONFIG
    unset KUBERNETES_SERVICE_HOST KUBERNETES_SERVICE_PORT
    mkdir -p "$HOME"
}
