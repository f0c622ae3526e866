# Ports of this machine for the servers of a test.

# Prints a port on which nothing listens, below those that the kernel gives away.
free_port() {
    local port
    while :; do
        port=$((10000 + (RANDOM * 32768 + RANDOM) % 20000))
        listens "$port" || break
    done
    printf '%s\n' "$port"
}

listens() { (exec 4<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Waits for a program that was started until a command succeeds; fails when the program
# ends, or hangs for ten minutes.
#
#   wait_for PROCESS COMMAND [ARGUMENT...]
wait_for() {
    local process=$1
    shift
    for _ in {1..12000}; do
        # In this order: what answers may be another program's, where this one has ended.
        if "$@"; then
            kill -0 "$process" 2>/dev/null
            return
        fi
        kill -0 "$process" 2>/dev/null || return
        sleep 0.05
    done
    return 1
}

# Ends a program and waits until it is gone.
end() {
    kill "$1" 2>/dev/null || return 0
    for _ in {1..100}; do
        kill -0 "$1" 2>/dev/null || return 0
        sleep 0.05
    done
    kill -9 "$1"
}
