#!/bin/sh
# scripts/check-test-log.sh FEED RUN-ID: reads the test log of a run again. It holds when it has the digest that the run's
# `completed` event recorded, and says that at least one test ran and that none failed.
set -eu
feed="$1"
run_id="$2"

refuse() {
  echo "check-test-log: $*" >&2
  exit 1
}

event="$(grep "\"action\": \"completed\", \"run_id\": \"$run_id\"" "$feed")" || refuse "$feed: run $run_id has not completed"
claim="$(printf '%s\n' "$event" | sed -n 's/.*"hashes": {"\([^"]*\)": "\([0-9a-f]\{64\}\)"}.*/\2  \1/p')"
[ -n "$claim" ] || refuse "$feed: run $run_id names no log with a digest"
printf '%s\n' "$claim" | sha256sum --check --strict --quiet || refuse "the log is not what the run recorded"

log="${claim#*  }"
grep -qE 'Test run with [1-9][0-9]* tests? .*passed after' "$log" || refuse "$log: no test run that passed"
if grep -nE 'Test run with .* failed after|^✘' "$log"; then
  refuse "$log: a test failed"
fi
