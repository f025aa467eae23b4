#!/bin/sh
# Writes the page of the example workspace, and an overview of it beside a broken copy, and opens both in a headless Chromium.
# SCREENSHOTS=FOLDER keeps what was seen.
set -eu
cd "$(dirname "$0")/.."
auditor="${AUDITOR:-.build/debug/auditor}"
[ -x "$auditor" ] || { echo "page-check: there is no $auditor; run 'swift build' first" >&2; exit 1; }
workspace="$(examples/make-workspace.sh)"
trap 'rm -rf "$(dirname "$workspace")"' EXIT
page="$(dirname "$workspace")/example.html"
"$auditor" report "$workspace" --out "$page" || [ $? -eq 3 ]

# Two nights: a repository is fine and then broken, another one is as ever.
folder="$(dirname "$workspace")"
mkdir "$folder/many"
cp -a "$workspace" "$folder/many/as-ever"
cp -a "$workspace" "$folder/many/a-service-whose-name-is-longer-than-most"
for night in 1 2; do
  SOURCE_DATE_EPOCH="$((1767225600 + night * 86400))" "$auditor" sweep --quiet --below "$folder/many" --out "$folder/night$night" \
    --ledger "$folder/audits.sqlite" > /dev/null || [ $? -le 4 ]
  echo 'scan: [' > "$folder/many/a-service-whose-name-is-longer-than-most/auditor.yaml"
  printf 'ROOT = "/%s/alice/work"\n' Users > "$folder/many/as-ever/src/new.py"
done
overview="$folder/overview.html"
SOURCE_DATE_EPOCH=1767398400 "$auditor" trend --org --ledger "$folder/audits.sqlite" --format html > "$overview" || [ $? -le 4 ]

if [ -n "${SCREENSHOTS:-}" ]; then set -- --screenshots "$SCREENSHOTS" "$page" "$overview"; else set -- "$page" "$overview"; fi
scripts/page-check.py "$@"
