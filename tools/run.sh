#!/usr/bin/env bash
# Builds what is needed and runs an app on a board:  tools/run.sh EchoServer --board esp32 --forward tcp:127.0.0.1:0:7
# All arguments go to "iotnet run", Ctrl-C ends the app; with another command first, to that one:  tools/run.sh watch
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

# Debug takes what a build of the solution left.
configuration="${IOTNET_CONFIGURATION:-Release}"
program="$root/artifacts/bin/IoTNet.Cli/${configuration,,}/IoTNet.Cli.dll"
stamp="$root/artifacts/run-${configuration,,}.stamp"

"$root/tools/setup.sh"

# Asking MSBuild takes seconds; the stamp's time tells as much. A folder's own time shows files added and deleted.
newer() {
    (cd "$root" && find src boards tools/iotnet tools/nano-surface Directory.*.* global.json \
        \( -type d -o -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.json' \) \
        -newer "$stamp" -print -quit)
}

if [[ ! -f "$program" || ! -f "$stamp" || -n "$(newer)" ]]; then
    echo "run: building ..." >&2
    mkdir -p "$root/artifacts"
    touch "$stamp.new"
    if ! log="$(cd "$root" && tools/build.sh tools/iotnet/IoTNet.Cli.csproj -c "$configuration" --nologo -v quiet 2>&1)"; then
        printf '%s\n' "$log" >&2
        exit 1
    fi

    mv "$stamp.new" "$stamp"
fi

case "${1:-}" in
    run | net | watch | capture | footprint | boards | apps | -*) ;;
    *) set -- run "$@" ;;
esac

exec dotnet "$program" "$@"
