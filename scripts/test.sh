#!/bin/sh
# Everything that CI runs, in the order in which it is cheapest to fail.
set -eu
cd "$(dirname "$0")/.."

echo "== format"
swift format lint --strict --recursive Package.swift Sources Tests

echo "== build, warnings are errors, imports as declared"
swift build --build-tests --explicit-target-dependency-import-check error

echo "== tests"
# Each run of the hostile suite adds a line; what they come to is the last line of all.
AUDITOR_HOSTILE_TALLY="$PWD/.build/hostile-tally.tsv"
export AUDITOR_HOSTILE_TALLY
rm -f "$AUDITOR_HOSTILE_TALLY"
scripts/record-phase.sh PHASE_1_WALKING_SKELETON -- swift test --skip-build

echo "== imports point one way"
scripts/check-imports.sh

echo "== the rules' own examples"
scripts/prove-rules.sh .build/debug/auditor

echo "== auditor audits itself"
scripts/audit-itself.sh

scripts/hostile-tally.sh "$AUDITOR_HOSTILE_TALLY"
