#!/usr/bin/env bash
# Set-up, build, nano-surface check, footprint check and all tests. The last line is "N passed, N failed, N skipped"; the exit code is 0
# only when everything built, nothing was refused, no budget is broken, at least one test ran and none failed.
set -euo pipefail

usage() {
    cat <<'END'
usage: tools/test.sh [--filter EXPRESSION]

  --filter EXPRESSION   only the tests that match, as in "dotnet test --filter"
  --help                this text

examples:
  tools/test.sh
  tools/test.sh --filter ClassName~Receive
  tools/test.sh --filter FullyQualifiedName~Interop

Results go to artifacts/TestResults (one .trx for each test assembly).
END
}

filter=''
while (($# > 0)); do
    case "$1" in
        --filter)
            filter="${2:-}"
            [[ -n "$filter" ]] || { echo "test: --filter needs an expression, for example ClassName~Receive" >&2; exit 2; }
            shift 2
            ;;
        --help | -h)
            usage
            exit 0
            ;;
        *)
            echo "test: unknown argument '$1'" >&2
            usage >&2
            exit 2
            ;;
    esac
done

cd "$(dirname "${BASH_SOURCE[0]}")/.."
results="$PWD/artifacts/TestResults"
passed=0 failed=0 skipped=0 broken=0 running=''
trap 'if [[ -n "$running" ]]; then kill "$running" || true; wait "$running" || true; fi; exit 130' INT TERM

# No build node or build server may stay behind.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

say() { printf '== %s (%d s)\n' "$*" "$SECONDS"; }

# The closing line, whatever happened before.
finish() {
    if ((passed + failed == 0)); then
        echo "test: no test ran" >&2
        broken=1
    fi

    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    exit $((failed > 0 || broken))
}

# Adds up a .trx: the logger's own "notExecuted" stays 0 for skipped tests, so what neither passed nor failed was skipped.
count() {
    local total pass fail
    read -r total pass fail < <(awk '
        function attribute(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
        /<Counters / { t += attribute("total"); p += attribute("passed"); f += attribute("failed") + attribute("error") + attribute("timeout") + attribute("aborted") }
        END { print t + 0, p + 0, f + 0 }' "$1")
    passed=$((passed + pass)) failed=$((failed + fail)) skipped=$((skipped + total - pass - fail))
}

# Runs one test assembly. One that hangs is ended, with all that it started.
run_tests() {
    local name="$1" trx="$results/$1.trx" code=0
    local arguments=(--nologo --logger "trx;LogFileName=$name.trx" --logger 'console;verbosity=minimal' --results-directory "$results")
    if [[ -n "$filter" ]]; then
        arguments+=(--filter "$filter")
    fi

    # In the background, so that Ctrl-C reaches this script, which then ends timeout and with it the whole group.
    timeout --kill-after=20 480 dotnet test "artifacts/bin/$name/debug/$name.dll" "${arguments[@]}" </dev/null &
    running=$!
    wait "$running" || code=$?
    running=''
    if ((code == 124 || code == 137)); then
        echo "test: $name did not end within 480 s and was stopped" >&2
    fi

    if [[ -f "$trx" ]]; then
        count "$trx"
    fi

    # A crash of the test host leaves no failed test behind. (A filter that matches nothing is no failure.)
    if ((code != 0)); then
        broken=1
    fi
}

tools/setup.sh
rm -rf "$results"

say "build IoTNet.sln"
if ! tools/build.sh IoTNet.sln --nologo -v minimal -tl:off; then
    echo "test: the build failed" >&2
    broken=1
    finish
fi

say "nano-surface: does the nano code fit nanoFramework?"
for symbols in '' '--define IOTNET_POSIX_NAMES'; do
    # shellcheck disable=SC2086 # no symbol, no argument
    if ! dotnet run --project tools/nano-surface --no-build -- check $symbols </dev/null; then
        echo "test: nano-surface refused the nano code (check $symbols)" >&2
        broken=1
    fi
done

say "footprint: does it keep to tools/footprint-budgets.json?"
if ! dotnet artifacts/bin/IoTNet.Cli/debug/IoTNet.Cli.dll footprint --check </dev/null; then
    echo "test: a budget is broken ('iotnet footprint' shows all figures)" >&2
    broken=1
fi

# Test assemblies are the projects under tests/ that use the test SDK; one after the other, as some of them use both CPUs.
while read -r project; do
    if grep -q Microsoft.NET.Test.Sdk "$project"; then
        say "$(basename "$project" .csproj)"
        run_tests "$(basename "$project" .csproj)"
    fi
done < <(grep -o '"tests[^"]*\.csproj"' IoTNet.sln | sed 's/"//g; s#\\#/#g' | sort)

say "done"
finish
