#!/bin/bash
# Whole processes: size of the binary, start, memory, the count of a file. Builds nothing.
#
#   bench/process.sh BINARY [FILE.pb]
#
# Prints numbers; asserts none.
set -eu
binary=$(readlink -f "$1")
file=${2:-}
work=$(mktemp -d)
server=
trap 'if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; fi; rm -rf "$work"' EXIT

echo "binary            $(stat -c %s "$binary") bytes"

"$binary" demo --data "$work/demo" --load-only | sed 's/^/demo              /'
started=$(date +%s%N)
"$binary" demo --data "$work/demo" --port 18999 >"$work/log" 2>&1 &
server=$!
until grep -q '^open ' "$work/log" || ! kill -0 "$server" 2>/dev/null; do sleep 0.005; done
echo "start             $((($(date +%s%N) - started) / 1000000)) ms until requests are taken"
for _ in $(seq 200); do curl -s -o /dev/null http://127.0.0.1:18999/; done
echo "memory            $(awk '/VmHWM/ { print $2 }' "/proc/$server/status") kB at most, 200 pages served"
kill -TERM "$server"; wait "$server" || true; server=

if [ -n "$file" ]; then
  for rule in greedy:cost mes:cost mes_add1u:cost:cost; do
    /usr/bin/time -f "tally $rule: %U s user, %S s system, %e s by the clock, %M kB" \
      "$binary" tally "$file" --rule "$rule" --json 2>&1 >/dev/null | grep '^tally'
  done
fi
