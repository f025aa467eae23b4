#!/bin/sh
# deploy/parallel/sweep.sh PLAN ROWS [JOBS]: runs every shard of a plan with GNU parallel and joins the rows. Run it again
# after an interruption: shards that are finished are skipped by the job log, the others go on where they were.
# Where the machines share a file system: PARALLEL='--sshlogin host1,host2 --workdir .' deploy/parallel/sweep.sh …
set -eu
plan="$1"
rows="$2"
jobs="${3:-0}"
auditor="${AUDITOR:-auditor}"
shards="$(sed -n 's/^  "shards": \([0-9]*\),$/\1/p' "$plan")"
mkdir -p "$rows"

# What a shard could not have is in its rows, and told by the merge.
seq "$shards" | parallel --jobs "$jobs" --joblog "$rows/joblog" --resume-failed --line-buffer \
  "$auditor" sweep run --plan "$plan" --shard "{}/$shards" --out "$rows" --resume --jobs 1 || true
exec "$auditor" sweep merge --plan "$plan" "$rows" --out "$rows/sweep.jsonl"
