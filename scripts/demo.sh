#!/bin/sh
# Builds a release binary and audits the example workspace with it. The workspace is copied out of this checkout and made
# a git repository of its own, since its documents name commits.
set -eu
cd "$(dirname "$0")/.."

echo "building a release binary (a few minutes the first time)…" >&2
scripts/release-build.sh >&2
auditor="$(scripts/release-build.sh --show-bin-path)/auditor"

workspace="$(examples/make-workspace.sh)"
trap 'rm -rf "$(dirname "$workspace")"' EXIT
echo "\$ auditor audit examples/workspace" >&2
status=0
"$auditor" audit "$workspace" || status=$?
mkdir -p examples/workspace/reports
cp "$workspace"/reports/dod_report.latest.json "$workspace"/reports/junit.xml examples/workspace/reports/
echo "exit status $status; the reports were copied to examples/workspace/reports/" >&2
# The workspace holds planted violations: anything but the documented outcome is a failure of the demonstration.
[ "$status" -eq 3 ]
