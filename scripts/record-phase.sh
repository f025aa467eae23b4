#!/bin/sh
# scripts/record-phase.sh PHASE -- COMMAND…: runs the test suite for a phase and appends to the activity feed what took
# place: `started` before it runs, `completed` with its log and the log's digest once it has passed, `verified` once
# check-test-log.sh has read the log again. Nothing is written ahead: a run that fails or is killed leaves a `started`
# without its end, which takes an earlier proof back.
set -eu
if [ "$#" -lt 3 ] || [ "$2" != "--" ]; then
  echo "usage: $0 PHASE -- COMMAND…" >&2
  exit 64
fi
phase="$1"
shift 2
case "$phase" in
  *[!A-Z0-9_]*) echo "$0: '$phase' is no phase id (A-Z, 0-9, _)" >&2; exit 64 ;;
esac
cd "$(dirname "$0")/.."

feed="${LUKA_ACTIVITY_FEED_JSONL:-.auditor/feed.jsonl}"
run_id="$(cat /proc/sys/kernel/random/uuid)"
log=".auditor/evidence/$phase/$run_id.log"
commit="$(git rev-parse HEAD)"
command="$(printf '%s' "$*" | tr -d '[:cntrl:]' | sed 's/[\\"]/\\&/g')"
mkdir -p "$(dirname "$feed")" "$(dirname "$log")"

event() { # ACTION [MORE-FIELDS]
  now="$(date -u '+%s%3N %Y-%m-%dT%H:%M:%S.%3NZ')"
  modes='"tool": "scripts/record-phase.sh", "emit_mode": "tool_wrapped", "verifier_mode": "tool_wrapped"'
  # One write a line: a run that is killed leaves no half of one.
  printf '{"ts_utc": "%s", "ts_epoch_ms": %s, "phase_id": "%s", "action": "%s", "run_id": "%s", "commit_sha": "%s", %s%s}\n' \
    "${now#* }" "${now% *}" "$phase" "$1" "$run_id" "$commit" "$modes" "${2:-}" >> "$feed"
}

event started ", \"command\": \"$command\""
{ status=0; "$@" 2>&1 || status=$?; echo "$status" > "$log.status"; } | tee "$log"
status="$(cat "$log.status")"
rm "$log.status"
if [ "$status" -ne 0 ]; then
  event failed ", \"exit_status\": $status"
  exit "$status"
fi
event completed ", \"evidence\": [\"$log\"], \"hashes\": {\"$log\": \"$(sha256sum "$log" | cut -d ' ' -f 1)\"}"

scripts/check-test-log.sh "$feed" "$run_id"
event verified ", \"evidence\": [\"$log\"]"
