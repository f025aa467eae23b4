#!/bin/sh
# scripts/make-repositories.sh FOLDER COUNT: makes small repositories to sweep over, always the same ones: groups of
# services with sources, some with findings, phases, gates and contracts, some without, one whose configuration is broken.
set -eu
folder="$1"
count="$2"

index=0
while [ "$index" -lt "$count" ]; do
  place="$folder/team$((index % 7))/service$index"
  mkdir -p "$place/src" "$place/tests"
  echo "scan: {exclude: [\"vendor/**\"]}" > "$place/auditor.yaml"
  module=0
  while [ "$module" -le $((index % 13)) ]; do
    line=0
    while [ "$line" -lt $((5 + index % 40)) ]; do
      printf 'def step_%d_%d(amount, rate):\n    """One step of the work."""\n    return amount * rate + %d\n\n' \
        "$module" "$line" "$((index * line))"
      line=$((line + 1))
    done > "$place/src/module$module.py"
    module=$((module + 1))
  done
  case $((index % 6)) in
    1) echo 'ROOT = "/Users/alice/work"' > "$place/src/paths.py" ;; # auditor:ignore hard-path -- planted for the sweep to find
    2) echo '# TODO: nicer names' > "$place/src/later.py" ;;
    3)
      mkdir -p "$place/docs/dod"
      printf '# Done\n\n- **Phase / Task ID**: PHASE_%d\n' "$index" > "$place/docs/dod/DOD__PHASE_$index.md"
      echo 'dod: {docs: docs/dod, feed: feed.jsonl}' >> "$place/auditor.yaml"
      echo '{"ts":"2026-01-01T10:00:00Z","phase_id":"PHASE_'"$index"'","action":"started"}' > "$place/feed.jsonl"
      ;;
    4) echo '{"type": "object"}' > "$place/order.schema.json" ;;
  esac
  [ "$index" -ne 11 ] || echo 'scan: [' > "$place/auditor.yaml"
  index=$((index + 1))
done
