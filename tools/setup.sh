#!/usr/bin/env bash
# Installs what the tests and the tools use and this machine lacks; does nothing when all is there.
# tools/run.sh and tools/test.sh call it first. Works without root or apt too: then it says what to install and goes on.
set -euo pipefail

# The one list: command or file | Debian package | what needs it. A package is missing when its command or file is.
NEEDED="$(cat <<'END'
nc.openbsd | netcat-openbsd | tests/Interop: netcat as the echo client (-q, -u, -6)
python3    | python3        | tests/Interop: socket clients in another language
curl       | curl           | tests/Interop: a telnet:// client of the chat
node       | nodejs         | tests/Interop: Node's net and dgram; tools/bench: its server beside ours
/usr/lib/*/liblwip.so.0 | liblwip0 | boards/emulator: the network stack of the emulated boards
/usr/lib/*/libslirp.so.0 | libslirp0 | boards/emulator: the gateway between emulated boards and this machine
tcpdump    | tcpdump        | tests/Emulator/Captures: reads our captures as another program does
/usr/sbin/dnsmasq | dnsmasq-base | tests/Dns: a real name server on a loopback port
dig        | bind9-dnsutils | tests/Dns: another program's view of that server
ip         | iproute2        | tests/Emulator/Gateway: the address of a TAP device within a network namespace
/usr/lib/python3/dist-packages/zmq/__init__.py | python3-zmq | tests/Messaging: libzmq as the peer
/usr/lib/python3/dist-packages/websockets/__init__.py | python3-websockets | tests/WebSocket: python's client and server
chromium   | chromium       | tests/WebSocket, tests/SocketIO: a browser, headless, on a board's own page
npm        | npm            | tests/node: the peers that come from npm
openssl    | openssl        | tests/Tls: another implementation of TLS, both ways
END
)"
readonly NEEDED

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

say() { printf 'setup: %s\n' "$*" >&2; }

check_sdk() {
    local wanted version found=''
    wanted="$(sed -n 's/.*"version": *"\([0-9.]*\)".*/\1/p' "$root/global.json")"
    if ! command -v dotnet >/dev/null; then
        say ".NET SDK $wanted or later is needed, and there is no 'dotnet' on the PATH: install it from https://dot.net"
        return 1
    fi

    # global.json rolls forward within one major.minor, never back.
    while read -r version _; do
        if [[ "${version%.*}" == "${wanted%.*}" ]] && ((10#${version##*.} >= 10#${wanted##*.})); then
            found="$version"
        fi
    done < <(dotnet --list-sdks | sed 's/-[^ ]*//')
    if [[ -z "$found" ]]; then
        say ".NET SDK $wanted or a later ${wanted%.*}.x is needed (global.json); installed: $(dotnet --list-sdks |
            cut -d' ' -f1 | paste -sd' ' | sed 's/^$/none/'). Get it from https://dot.net"
        return 1
    fi
}

# Whether a command, or a file by its pattern, is there.
is_there() {
    if [[ "$1" == /* ]]; then compgen -G "$1"; else command -v "$1"; fi >/dev/null
}

# Prints the missing packages, one a line.
missing_packages() {
    local name package
    while IFS='|' read -r name package _; do
        name="${name// /}"
        if [[ -n "$name" ]] && ! is_there "$name"; then
            printf '%s\n' "${package// /}"
        fi
    done <<<"$NEEDED"
}

# Runs apt-get quietly; its output is shown only when it fails.
apt() {
    local log
    log="$(mktemp)"
    if ! DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get -qq -o DPkg::Lock::Timeout=120 "$@" </dev/null >"$log" 2>&1; then
        sed 's/^/setup:   /' "$log" >&2
        rm -f "$log"
        return 1
    fi

    rm -f "$log"
}

install_packages() {
    as_root=()
    if ! command -v apt-get >/dev/null; then
        say "no apt-get here; install by other means: $* (tests that need them are skipped)"
        return
    elif [[ "$(id -u)" != 0 ]]; then
        if ! sudo -n true 2>/dev/null; then
            say "not root; run: sudo apt-get install $* (tests that need them are skipped)"
            return
        fi

        as_root=(sudo -n)
    fi

    # The lists may be absent (fresh image) or older than the archive: fetched only when the first try fails.
    say "installing $* ..."
    if apt install --no-install-recommends "$@" 2>/dev/null ||
        { say "fetching the package lists ..." && apt update && apt install --no-install-recommends "$@"; }; then
        say "installed $*"
    else
        say "could not install $*; going on (tests that need them are skipped)"
    fi
}

# The peers from npm, as tests/node/package-lock.json has them; their native parts are within the packages. Once there, they
# need no network.
install_node_packages() {
    local log node="$root/tests/node"
    if ! command -v npm >/dev/null || cmp -s "$node/package-lock.json" "$node/node_modules/installed-lock.json"; then
        return
    fi

    say "installing the packages of tests/node ..."
    log="$(mktemp)"
    if npm ci --prefix "$node" --ignore-scripts --no-audit --no-fund --loglevel error </dev/null >"$log" 2>&1; then
        cp "$node/package-lock.json" "$node/node_modules/installed-lock.json"
        say "installed the packages of tests/node"
    else
        sed 's/^/setup:   /' "$log" >&2
        say "could not install the packages of tests/node; going on (tests that need them are skipped)"
    fi

    rm -f "$log"
}

check_sdk
mapfile -t missing < <(missing_packages)
if ((${#missing[@]} > 0)); then
    install_packages "${missing[@]}"
fi

install_node_packages
