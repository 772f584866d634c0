#!/bin/bash
# Counts the instructions of small fixed runs of the pure crates, and fails where one takes over 5 % more than recorded.
#
#   bench/instructions.sh              build the crates' examples (release), count, compare with bench/instructions.txt
#   bench/instructions.sh --accept     the same, and record what was counted
#   EXAMPLES=FOLDER bench/instructions.sh      with examples that are built already
#
# Needs valgrind, Python and the toolchain that bench/instructions.txt names. With another toolchain, C library or kind of
# processor the figures say little: it tells so loudly, compares all the same, and does not fail.
set -eu
TOLERANCE=5 # per cent
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
record=bench/instructions.txt
accept=${1:-}
case $accept in '' | --accept) ;; *) sed -n '2,9s/^# \{0,1\}//p' bench/instructions.sh; exit 2 ;; esac
command -v valgrind >/dev/null || { echo "NOT COUNTED: there is no valgrind: apt-get install valgrind"; exit 2; }

if [ -z "${EXAMPLES:-}" ]; then
  cargo build --release --quiet --examples -p tally -p consent -p opinion -p sortition
  EXAMPLES=${CARGO_TARGET_DIR:-target}/release/examples
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 bench/peers/invent.py "$work"

around() {
  echo "toolchain $(rustc --version), $(rustc --version --verbose | sed -n 's/^host: //p')"
  echo "library $(ldd --version 2>/dev/null | head -n 1)"
  echo "processor $(grep -q avx2 /proc/cpuinfo && echo 'with AVX2' || echo 'without AVX2')"
}

# count NAME EXAMPLE ARGUMENT...: instructions of the whole process, of its own code and of the C library's
count() {
  local name=$1 example=$2
  shift 2
  if ! valgrind --tool=callgrind --callgrind-out-file=/dev/null --log-file="$work/log" "$EXAMPLES/$example" "$@" \
    >/dev/null 2>"$work/err"; then
    echo "NOT COUNTED: $name failed: $(tail -n 1 "$work/err") $(tail -n 1 "$work/log")" >&2
    return 1
  fi
  echo "$name $(sed -n 's/^==[0-9]*== Collected : //p' "$work/log")"
}

counted=$work/counted
{
  around
  for rule in greedy:cost mes:cost mes_add1u:cost:cost mes_add1u:card:cost phragmen; do
    count "tally-${rule//:/-}" count "$work/election.pb" --rule "$rule" --json
  done
  count consent-use-fund consent --roll "$work/roll.csv" --ballots "$work/ballots.csv" --item use-fund --on 2026-06-01
  count opinion-map opinion "$work/conversation"
  for rule in maximin leximin nash; do
    count "sortition-$rule" sortition --categories "$work/pool/categories.csv" --people "$work/pool/respondents.csv" \
      --size 24 --rule "$rule" --seed 1
  done
} >"$counted"

if [ "$accept" = --accept ]; then
  {
    echo "# Instructions of fixed runs, counted and compared by bench/instructions.sh; --accept writes this file anew."
    cat "$counted"
  } >"$record"
  cat "$record"
  exit 0
fi

[ -f "$record" ] || { echo "NOT COMPARED: there is no $record: bench/instructions.sh --accept"; exit 2; }
same=yes
for what in toolchain library processor; do
  was=$(sed -n "s/^$what //p" "$record") is=$(sed -n "s/^$what //p" "$counted")
  if [ "$was" != "$is" ]; then
    same=no
    echo "NOT COMPARABLE: recorded with $what $was, counted with $is. What follows fails nothing."
  fi
done
awk -v tolerance=$TOLERANCE -v same=$same '
  /^#/ || $1 == "toolchain" || $1 == "library" || $1 == "processor" { next }
  NR == FNR { was[$1] = $2; next }
  !($1 in was) { printf "%-28s %14d  not recorded yet\n", $1, $2; worse++; next }
  {
    change = 100 * ($2 - was[$1]) / was[$1]
    word = change > tolerance ? "MORE" : change < -tolerance ? "less: record it with --accept" : "ok"
    printf "%-28s %14d  %+6.2f %%  %s\n", $1, $2, change, word
    if (change > tolerance) worse++; else fine++
    seen[$1] = 1
  }
  END {
    for (name in was) if (!(name in seen)) { printf "%-28s %14s  recorded, and not counted\n", name, "-"; worse++ }
    if (worse) print "Where more is right: bench/instructions.sh --accept, and say in the commit what it buys."
    printf "%d passed, %d failed\n", fine, same == "yes" ? worse : 0
    exit same == "yes" && worse ? 1 : 0
  }' "$record" "$counted"
