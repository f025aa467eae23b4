#!/bin/sh
# Writes the page of the example workspace and opens it in a headless Chromium. SCREENSHOTS=FOLDER keeps what was seen.
set -eu
cd "$(dirname "$0")/.."
auditor="${AUDITOR:-.build/debug/auditor}"
[ -x "$auditor" ] || { echo "page-check: there is no $auditor; run 'swift build' first" >&2; exit 1; }
workspace="$(examples/make-workspace.sh)"
trap 'rm -rf "$(dirname "$workspace")"' EXIT
page="$(dirname "$workspace")/example.html"
"$auditor" report "$workspace" --out "$page" || [ $? -eq 3 ]
if [ -n "${SCREENSHOTS:-}" ]; then set -- --screenshots "$SCREENSHOTS" "$page"; else set -- "$page"; fi
scripts/page-check.py "$@"
