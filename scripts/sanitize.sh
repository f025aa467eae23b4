#!/bin/sh
# scripts/sanitize.sh [address|thread]: tests under a sanitizer, in a build folder of their own, with low priority. The thread
# sanitizer looks at what several threads do: the walk, work in order, hashing, ledgers and bundles that several write.
set -eu
cd "$(dirname "$0")/.."
run() { # SANITIZER FILTER
  echo "== $1 sanitizer: $2"
  nice -n 19 swift test --sanitize="$1" --scratch-path ".build/$1" --filter "$2"
}
case "${1:-both}" in
  address | both) run address 'FormatsTests|ScanningTests|RulesTests|AuditorTests|ReportsTests' ;;
esac
case "${1:-both}" in
  thread | both) run thread 'IndexedWork|Together|InOrder|FileDigest|TreeScan|Gate|Bundle|Ledger|Feed|ChildProcess|Sweep' ;;
esac
