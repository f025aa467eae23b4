#!/bin/sh
# scripts/sanitize.sh [address|thread|proof] [FILTER]: tests under a sanitizer, in a build folder of their own, with low
# priority (docs/sanitizers.md). The thread sanitizer looks at what several threads do: the walk, work in order, hashing, ledgers
# and bundles that several write. `proof` alone shows that it sees what a Mutex orders and what none does.
set -eu
cd "$(dirname "$0")/.."
which="${1:-both}"
case "$which" in address | thread | both | proof) ;; *) sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 64 ;; esac

run() { # SANITIZER FILTER [OPTION]…
  sanitizer="$1"; filter="$2"; shift 2
  echo "== $sanitizer sanitizer: $filter"
  mkdir -p .build
  status=0
  nice -n 10 swift test --sanitize="$sanitizer" --scratch-path ".build/$sanitizer" --filter "$filter" "$@" \
    > ".build/sanitize-$sanitizer.log" 2>&1 || status=$?
  grep -E '^(SUMMARY|==[0-9]+==ERROR|WARNING: ThreadSanitizer)' ".build/sanitize-$sanitizer.log" | sort | uniq -c || :
  grep -E 'Test run with|error:' ".build/sanitize-$sanitizer.log" | tail -n 20
  # No test run at all is no pass either.
  grep -qE 'Test run with [1-9][0-9]* tests? .*passed' ".build/sanitize-$sanitizer.log" && [ "$status" -eq 0 ] \
    || { echo "$sanitizer sanitizer: exit $status; .build/sanitize-$sanitizer.log has it all" >&2; exit 1; }
}

# The sanitizer has to be silent about what a Mutex guards and to tell what nothing guards; else the run says nothing.
proof() {
  folder="$PWD/.build/sanitize-proof"
  mkdir -p "$folder"
  clang -O1 -c scripts/sanitize/seen-mutex.c -o "$folder/seen-mutex.o"
  swiftc -sanitize=thread scripts/sanitize/locked.swift -o "$folder/locked-plain"
  for program in locked racing; do
    swiftc -sanitize=thread -Xlinker "$folder/seen-mutex.o" "scripts/sanitize/$program.swift" -o "$folder/$program"
  done
  plain=0; locked=0; racing=0
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    "$folder/locked-plain" > "$folder/said" 2>&1 || plain=$((plain + 1))
    "$folder/locked" > "$folder/said" 2>&1 || locked=$((locked + 1))
    "$folder/racing" > "$folder/said" 2>&1 || racing=$((racing + 1))
  done
  echo "thread sanitizer, 20 runs each: a Mutex is taken for a race in $plain as it comes, in $locked with seen-mutex.c;"
  echo "a race beside a Mutex is told in $racing"
  [ "$locked" -eq 0 ] && [ "$racing" -eq 20 ] || { echo "seen-mutex.c does not fit this toolchain" >&2; exit 1; }
}

case "$which" in
  thread | both | proof) proof ;;
esac
case "$which" in
  thread | both)
    run thread "${2:-IndexedWork|Together|InOrder|FileDigest|TreeScan|Gate|Bundle|Ledger|Feed|ChildProcess|Sweep}" \
      -Xlinker "$PWD/.build/sanitize-proof/seen-mutex.o" ;;
esac
case "$which" in
  address | both) run address "${2:-FormatsTests|ScanningTests|RulesTests|AuditorTests|ReportsTests}" ;;
esac
