#!/bin/bash
# The demonstration's log, exported by the binary, is verified by the binary and by an implementation that is not ours;
# and both see a changed byte. LINLI_BIN names the binary, LINLI_VERIFY_PYTHON a Python that has the other one's package.

set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." || exit 1
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
passed=0 failed=0

# check NAME WANTED COMMAND...: its exit code is the wanted one.
check() {
  local name=$1 wanted=$2 code
  shift 2
  "$@" >"$folder/said" 2>&1
  code=$?
  if [ $code -eq "$wanted" ]; then echo "ok      $name"; passed=$((passed + 1))
  else echo "FAILED  $name (exit code $code)"; cat "$folder/said"; failed=$((failed + 1)); fi
}
judge() { "$LINLI_VERIFY_PYTHON" floor/ledger/tests/independent/verify.py "$@" | sed 's/^\([0-9]* passed, [0-9]* failed\)$/  it says: \1/'; }

check "the demonstration loads" 0 "$LINLI_BIN" demo --load-only --data "$folder/data"
check "its log is exported" 0 "$LINLI_BIN" export --out "$folder/export" --data "$folder/data"
check "its key is printed" 0 "$LINLI_BIN" key --data "$folder/data"
cp "$folder/said" "$folder/key"
check "linli verifies it, with the key" 0 "$LINLI_BIN" verify "$folder/export" --key "$folder/key"
check "another implementation verifies it" 0 judge "$folder/export"
bundle=$(find "$folder/export/tile/entries" -type f 2>/dev/null | sort | head -n 1)
if [ -n "$bundle" ]; then
  python3 -c 'import sys; p = sys.argv[1]; b = bytearray(open(p, "rb").read()); b[len(b) // 2] ^= 1; open(p, "wb").write(b)' "$bundle"
  check "linli sees a changed byte" 1 "$LINLI_BIN" verify "$folder/export" --key "$folder/key"
  check "another implementation sees it too" 1 judge "$folder/export"
fi
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
