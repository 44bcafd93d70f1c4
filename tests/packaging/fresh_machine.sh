#!/usr/bin/env bash
# Tries the two commands on a new Debian 12 with nothing in it but git, make and a Rust toolchain.
# Root only: the new system is made by debootstrap and entered in namespaces of its own.
# usage: fresh_machine.sh [served] [window] [test]     (default: served window)
#   served   `make run` without a display: cold and warm time to the address, the sample's check
#   window   `make run` with a display, cold and warm time to the window
#   test     `make test`
# FRESH_BASE is where the bootstrapped system is kept between calls.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
base=${FRESH_BASE:-/var/tmp/djdesk-fresh/base}
root=$(dirname "$base")/root
[ $# -gt 0 ] || set -- served window

if [ -z "${FRESH_INSIDE:-}" ]; then
    command -v debootstrap >/dev/null || apt-get install -y -qq debootstrap
    if [ ! -e "$base/etc/debian_version" ]; then
        mkdir -p "$base"
        debootstrap --variant=minbase --include=ca-certificates bookworm "$base" >/dev/null
    fi
    # Mounts and processes end with these namespaces, whatever happens inside.
    FRESH_INSIDE=1 exec unshare --mount --pid --fork --kill-child --mount-proc "$0" "$@"
fi

# Not by chroot, in which the kernel refuses the user namespaces of the sandbox.
ENTER='cd "$1" && mkdir -p .outside && pivot_root . .outside && umount -l .outside && cd / && shift && exec "$@"'

inside() {
    unshare --mount sh -c "$ENTER" sh "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 TERM=dumb "${DISPLAYED[@]}" \
        PATH=/root/.cargo/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt PIP_CERT=/etc/ssl/certs/ca-certificates.crt \
        NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt RUSTUP_HOME=/opt/rustup \
        bash -c "$1"
}
DISPLAYED=()

new_machine() {
    umount -R "$root" 2>/dev/null || true
    rm -rf "$root"
    mkdir -p "$root"
    cp -a "$base/." "$root"
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs tmp "$root/tmp"
    # The certificates that this machine trusts and the way it finds names: part of its network.
    cp -L /etc/resolv.conf "$root/etc/resolv.conf"
    cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
    mkdir -p "$root/opt/rustup" "$root/root/.cargo/bin"
    mount --bind "${RUSTUP_HOME:-$HOME/.rustup}" "$root/opt/rustup"
    mount --bind "$(dirname "$(command -v cargo)")" "$root/root/.cargo/bin"
    inside "apt-get update -qq && apt-get install -y -qq --no-install-recommends git make" >/dev/null 2>&1
    git clone -q --no-local "$here" "$root/root/djdesk"
}

seconds() { awk -v a="$1" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f s", b - a }'; }

wait_for() { # what, limit in seconds, command
    local end=$((SECONDS + $2))
    until eval "$3"; do
        kill -0 "$started" 2>/dev/null && [ $SECONDS -lt $end ] ||
            { echo "fresh machine: $1 never came"; tail -n 20 "$log"; exit 1; }
        sleep 0.1
    done
}

stop() {
    kill -INT -- -"$started" 2>/dev/null || true
    wait "$started" 2>/dev/null || true
}

make_run() { # what to call it, what to wait for, its command
    log=$root/root/$1.log
    local begin
    begin=$(date +%s.%N)
    set -m
    inside "cd /root/djdesk && exec make run" >"$log" 2>&1 </dev/null &
    started=$!
    set +m
    wait_for "$2" 1200 "$3"
    echo "fresh machine: make run, $1: $2 after $(seconds "$begin")"
}

served() {
    new_machine
    local address='grep -q "served at http" "$log"'
    make_run served-cold "the address" "$address"
    cp "$here/tests/packaging/fresh_sample.py" "$root/root/"
    inside "python3 /root/fresh_sample.py $(grep -o 'http://[^ ]*' "$log" | head -n1)"
    stop
    make_run served-warm "the address" "$address"
    stop
}

window() {
    new_machine
    mkdir -p "$root/tmp/.X11-unix" /tmp/.X11-unix
    mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
    local number=97
    Xvfb ":$number" -screen 0 1280x900x24 -nolisten tcp >/dev/null 2>&1 &
    local server=$!
    DISPLAYED=("DISPLAY=:$number")
    local shown="DISPLAY=:$number xdotool search --onlyvisible --name DJDesk >/dev/null 2>&1"
    for temper in cold warm; do
        make_run "window-$temper" "the window" "$shown"
        stop
    done
    DISPLAYED=()
    kill "$server"
}

all_tests() {
    new_machine
    local begin
    begin=$(date +%s.%N)
    if inside "cd /root/djdesk && CI=true bash .ci/run" >"$root/root/test.log" 2>&1 </dev/null; then
        echo "fresh machine: make test: passed after $(seconds "$begin")"
    else
        echo "fresh machine: make test: failed after $(seconds "$begin")"
        tail -n 60 "$root/root/test.log"
        exit 1
    fi
}

for part in "$@"; do
    case "$part" in
        served | window) "$part" ;;
        test) all_tests ;;
        *) echo "fresh_machine.sh: unknown part $part" >&2; exit 2 ;;
    esac
done
