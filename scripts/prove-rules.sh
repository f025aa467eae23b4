#!/bin/sh
# scripts/prove-rules.sh AUDITOR: runs the examples of the shipped rules as evidence of PHASE_2_RULES, recorded by `auditor run`.
set -eu
cd "$(dirname "$0")/.."
log=".auditor/evidence/PHASE_2_RULES/$(cat /proc/sys/kernel/random/uuid).log"
mkdir -p "$(dirname "$log")"
"$1" run --phase PHASE_2_RULES --input 'rules/*.yaml' --output "$log" -- sh -c '"$1" rules test rules > "$2"' sh "$1" "$log"
tail -n 1 "$log"
