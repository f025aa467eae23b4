#!/bin/sh
# scripts/reproduce.sh: builds the release binary twice, from clean clones of HEAD in two folders, and compares the bytes. Takes
# two release builds; runs with low priority.
set -eu
cd "$(dirname "$0")/.."
here="$PWD"
work="$(mktemp -d "${TMPDIR:-/tmp}/auditor-reproduce-XXXXXX")"
trap 'rm -rf "$work"' EXIT
for place in one another/deeper; do
  mkdir -p "$work/$place"
  git clone -q "$here" "$work/$place/auditor"
  (cd "$work/$place/auditor" && git checkout -q "$(git -C "$here" rev-parse HEAD)" \
    && nice -n 10 scripts/release-build.sh > "$work/$place/build.log" 2>&1) || { tail -20 "$work/$place/build.log"; exit 1; }
  sha256sum "$work/$place/auditor/.build/release/auditor" | cut -d ' ' -f 1 > "$work/$place/digest"
done
first="$(cat "$work/one/digest")"
second="$(cat "$work/another/deeper/digest")"
echo "one:            $first"
echo "another/deeper: $second"
if [ "$first" != "$second" ]; then
  # Which objects differ says where to look.
  for object in $(cd "$work/one/auditor" && find .build/release/ -name '*.o' -path '*.build/*' | sort); do
    cmp -s "$work/one/auditor/$object" "$work/another/deeper/auditor/$object" || echo "differs: $object"
  done | head -n 20
  cmp -l "$work/one/auditor/.build/release/auditor" "$work/another/deeper/auditor/.build/release/auditor" | wc -l \
    | sed 's/^ */bytes that differ: /'
  echo "the release binary depends on where it was built" >&2
  exit 1
fi
echo "the same bytes"
