#!/bin/bash
# Runs a sweep for real, in every way that deploy/ offers and this machine can: 300 repositories in 1, 4 and 7 shards as plain
# processes, through GNU parallel and as Slurm arrays have to give the same bytes; a shard that is killed and run again
# changes nothing; a shard that is missing fails the merge by its name. Then validates the CI files, and commits through
# the real pre-commit. Needs root (Slurm) and, the first time, the network; installs what is missing.
#
#   AUDITOR=path/to/auditor scripts/sweep-check.sh [sweep|ci]…
#
# 'slurm' is what it runs of itself beside a cluster.
set -euo pipefail
cd "$(dirname "$0")/.."
project="$PWD"
AUDITOR="$(realpath "${AUDITOR:-.build/debug/auditor}")"
export AUDITOR SOURCE_DATE_EPOCH=1767225600
parts="${*:-sweep ci}"

say() { echo "== $*"; }
fail() { echo "sweep-check: $*" >&2; exit 1; }

missing=()
for pair in parallel:parallel sbatch:slurm-wlm munged:munge shellcheck:shellcheck python3:python3-venv; do
  command -v "${pair%:*}" >/dev/null || missing+=("${pair#*:}")
done
if [ "${#missing[@]}" -gt 0 ]; then
  say "installing ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

if [ -n "${SWEEP_CHECK_WORK:-}" ]; then
  work="$SWEEP_CHECK_WORK"
else
  work="$(mktemp -d /tmp/auditor-sweep-check-XXXXXX)"
  trap 'rm -rf "$work"' EXIT
  # The daemons of Slurm are of another user.
  chmod 0711 "$work"
fi

# Merges the rows of a way and shard count, and answers the digest of what came out.
merged() { # WAY SHARDS
  local status=0
  "$AUDITOR" sweep merge --quiet --plan "$work/plan$2.json" "$work/$1-$2" --out "$work/$1-$2.jsonl" >/dev/null || status=$?
  # The broken configuration has no verdict.
  [ "$status" -eq 4 ] || fail "$1, $2 shards: merge answered $status"
  echo "$1, $2 shards: $(sha256sum < "$work/$1-$2.jsonl" | cut -c1-16)"
  cmp "$work/plain-1.jsonl" "$work/$1-$2.jsonl" || fail "$1, $2 shards: other bytes than one plain process"
}

plain() { # SHARDS
  local shard
  for shard in $(seq "$1"); do
    "$AUDITOR" sweep run --quiet --plan "$work/plan$1.json" --shard "$shard/$1" --out "$work/plain-$1"
  done
}

slurm() {
  local shards array
  for shards in 1 4 7; do
    # Where an array begins and how it counts is not for the sweep to care.
    array="10-$((10 + 3 * (shards - 1))):3"
    sbatch --quiet --wait --array="$array" --output="$work/slurm-%A_%a.log" \
      --export="ALL,PLAN=$work/plan$shards.json,ROWS=$work/slurm-$shards" deploy/slurm/sweep.sbatch ||
      { cat "$work"/slurm-*.log >&2; return 1; }
    merged slurm "$shards"
  done
  say "Slurm: a task that is cancelled midway and submitted again"
  local job
  job="$(sbatch --parsable --array=1-4 --output="$work/slurm-%A_%a.log" \
    --export="ALL,PLAN=$work/plan4.json,ROWS=$work/cancelled-4" deploy/slurm/sweep.sbatch)"
  until compgen -G "$work/cancelled-4/shard-00002-of-00004.*" >/dev/null; do sleep 0.02; done
  scancel --signal=KILL --full "${job}_2" || true
  sbatch --quiet --wait --dependency="afterany:$job" --array=2 --output="$work/slurm-%A_%a.log" \
    --export="ALL,PLAN=$work/plan4.json,ROWS=$work/cancelled-4,BASE=1" deploy/slurm/sweep.sbatch
  merged cancelled 4
  sbatch --quiet --wait --output="$work/slurm-merge.log" \
    --export="ALL,PLAN=$work/plan4.json,ROWS=$work/slurm-4,OUT=$work/by-job.jsonl" deploy/slurm/merge.sbatch &&
    fail "the merge job hid the gravest row"
  cmp "$work/plain-1.jsonl" "$work/by-job.jsonl"
}

sweep_for_real() {
  say "300 repositories"
  scripts/make-repositories.sh "$work/repositories" 300
  for shards in 1 4 7; do
    "$AUDITOR" sweep plan --quiet --below "$work/repositories" --shards "$shards" --out "$work/plan$shards.json"
  done

  say "plain processes"
  for shards in 1 4 7; do plain "$shards"; merged plain "$shards"; done

  say "GNU parallel"
  for shards in 1 4 7; do
    status=0
    deploy/parallel/sweep.sh "$work/plan$shards.json" "$work/parallel-$shards" 2 >/dev/null 2>&1 || status=$?
    [ "$status" -eq 4 ] || fail "parallel, $shards shards: answered $status"
    merged parallel "$shards"
  done
  say "GNU parallel: stopped midway and run again"
  deploy/parallel/sweep.sh "$work/plan7.json" "$work/stopped-7" 2 >/dev/null 2>&1 &
  running=$!
  until compgen -G "$work/stopped-7/shard-00003-of-00007.*" >/dev/null; do sleep 0.02; done
  pkill -KILL -P "$(pgrep -P "$running" parallel || pgrep -P "$running" perl)" || true
  kill -KILL "$running" 2>/dev/null || true
  wait "$running" 2>/dev/null || true
  deploy/parallel/sweep.sh "$work/plan7.json" "$work/stopped-7" 2 >/dev/null 2>&1 || true
  merged stopped 7

  say "a shard that is killed midway and run again"
  for rows in 1 40 120; do
    "$AUDITOR" sweep run --quiet --plan "$work/plan1.json" --shard 1/1 --out "$work/killed-1" --resume &
    running=$!
    until [ "$(cat "$work"/killed-1/*.part 2>/dev/null | wc -l)" -ge "$rows" ]; do sleep 0.01; done
    kill -KILL "$running" 2>/dev/null || true
    wait "$running" 2>/dev/null || true
  done
  "$AUDITOR" sweep run --plan "$work/plan1.json" --shard 1/1 --out "$work/killed-1" --resume
  merged killed 1

  say "a shard that is missing"
  rm "$work/plain-7/shard-00005-of-00007.jsonl"
  status=0
  "$AUDITOR" sweep merge --plan "$work/plan7.json" "$work/plain-7" --out "$work/none.jsonl" 2> "$work/said" || status=$?
  cat "$work/said"
  [ "$status" -eq 4 ] || fail "a missing shard answered $status"
  grep -q 'shard-00005-of-00007.jsonl is missing' "$work/said" || fail "the missing shard is not named"
  [ ! -e "$work/none.jsonl" ] || fail "something was merged all the same"

  say "Slurm"
  SWEEP_CHECK_WORK="$work" scripts/slurm-here.sh "$work/slurm" scripts/sweep-check.sh slurm
}

ci_files() {
  say "scripts"
  shellcheck --severity=warning deploy/slurm/*.sbatch deploy/parallel/*.sh scripts/*.sh

  say "CI files"
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet check-jsonschema pre-commit kubernetes-validate
  local check="$work/venv/bin/check-jsonschema"
  # What 'auditor init' writes, too.
  for service in github gitlab; do
    mkdir "$work/$service"
    "$AUDITOR" init --quiet --ci "$service" "$work/$service" >/dev/null
  done
  "$check" --builtin-schema vendor.github-workflows .github/workflows/*.yml "$work"/github/.github/workflows/auditor.yml
  "$check" --builtin-schema vendor.github-actions deploy/github/action.yml
  "$check" --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci deploy/gitlab/*.yml "$work/gitlab/.gitlab-ci.yml"
  "$work/venv/bin/kubernetes-validate" --strict deploy/kubernetes/*.yaml
  # The script of the action, by itself.
  "$work/venv/bin/python" - deploy/github/action.yml > "$work/action.sh" <<'PYTHON'
import sys
text = open(sys.argv[1]).read()
block = text[text.index("      run: |\n") + len("      run: |\n"):]
print("#!/bin/bash")
print("".join(line[8:] if line.strip() else line for line in block.splitlines(True)))
PYTHON
  shellcheck --severity=warning "$work/action.sh"

  say "pre-commit"
  "$work/venv/bin/pre-commit" validate-manifest .pre-commit-hooks.yaml
  mkdir -p "$work/bin" "$work/commit"
  ln -s "$AUDITOR" "$work/bin/auditor"
  cd "$work/commit"
  git init -q
  git config user.name Check
  git config user.email check@example.org
  # The hooks as this checkout has them, committed or not.
  git init -q "$work/hooks"
  cp "$project/.pre-commit-hooks.yaml" "$work/hooks/"
  git -C "$work/hooks" add -A
  git -C "$work/hooks" -c user.name=Check -c user.email=check@example.org commit -q -m Hooks
  cat > .pre-commit-config.yaml <<CONFIG
repos:
  - repo: $work/hooks
    rev: $(git -C "$work/hooks" rev-parse HEAD)
    hooks: [{id: auditor}, {id: auditor-files}]
CONFIG
  export PATH="$work/bin:$work/venv/bin:$PATH"
  pre-commit install >/dev/null
  local finding='ROOT = "/Users/alice/work"' # auditor:ignore hard-path -- planted for the hook to find
  echo 'area = 3 * 4' > good.py
  git add -A
  git commit -q -m "A clean file" || fail "the hook refused a clean commit"
  echo "$finding" > bad.py
  git add bad.py
  if git commit -q -m "A bad file" > "$work/refused" 2>&1; then fail "the hook let a finding pass"; fi
  cat "$work/refused"
  grep -q hard-path "$work/refused" || fail "the hook does not say what it found"
  # What is staged counts, not what lies in the work tree.
  echo 'ROOT = 1' > bad.py
  git add bad.py
  echo "$finding" > bad.py
  git commit -q -m "A good file, with bad changes that are not staged" || fail "the hook looked beside the index"
  cd "$project"
}

for part in $parts; do
  case "$part" in
    sweep) sweep_for_real ;;
    ci) ci_files ;;
    slurm) slurm; exit ;;
    *) fail "'$part' is none of sweep, ci" ;;
  esac
done
say "everything held"
