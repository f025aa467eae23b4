#!/bin/sh
# A million findings in each format of 'auditor scan': as many as there are, valid, and in no more than 64 MiB of memory. AUDITOR names the binary.
set -eu
cd "$(dirname "$0")/.."
auditor="${AUDITOR:-.build/release/auditor}"
[ -x "$auditor" ] || { echo "formats-check: there is no $auditor; run 'make build' first" >&2; exit 1; }
exec python3 scripts/formats-check.py "$auditor" "${FINDINGS:-1000000}"
