#!/bin/sh
# Seals the day: balances beside the journal they come from, and one digest over both.
set -eu
day="$1"
gate="artifacts/gates/daily_close"
mkdir -p "$gate"
cp "var/$day.jsonl" "$gate/journal.jsonl"
PYTHONPATH=src python3 -c 'import json, sys; from ledger.balances import balances; print(json.dumps(balances(sys.argv[1])))' \
  "$gate/journal.jsonl" > "$gate/balances.json"
cat "$gate/balances.json" "$gate/journal.jsonl" | sha256sum | sed 's/ .*//; s/^/sha256 = /' > "$gate/_passed.flag"
