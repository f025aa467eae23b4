#!/bin/sh
# Checks the capsule that it stands in with nothing but sha256sum, xmllint and sqlite3: sh verify.sh [ROOT]
#
# ROOT is a checkout of the tree that was audited; files that are not in the capsule are checked there, and without it they
# are named and not checked. Exit status: 0 everything that was checked holds; 1 something does not; 4 a check could not be
# made, because a tool is missing. Nothing of the capsule is run, and nothing is written in it.
set -u
root=""
if [ $# -gt 0 ]; then root="$(cd "$1" && pwd)" || exit 4; fi
cd "$(dirname "$0")" || exit 4
scratch="$(mktemp -d)" || exit 4
trap 'rm -rf "$scratch"' EXIT
wrong=0
undone=0
outside=""

holds() { printf 'holds    %s\n' "$1"; }
fails() { printf 'FAILS    %s\n' "$1"; wrong=1; }
skips() { printf 'skipped  %s\n' "$1"; undone=1; }
has() { command -v "$1" >/dev/null 2>&1; }
check() { # WORDS COMMAND…
  words="$1"; shift
  if "$@" >"$scratch/said" 2>&1; then holds "$words"; else fails "$words"; sed 's/^/         /' "$scratch/said" | head -n 20; fi
}
same_digests() { # LIST: every line of it, and at least one
  [ -s "$1" ] && sha256sum -c "$1" >"$scratch/digests" 2>&1 && return 0
  grep -v ': OK$' "$scratch/digests" 2>/dev/null || echo "the list is empty"
  return 1
}
no_strangers() {
  listed="$(grep -c . SHA256SUMS)"
  found="$(find . ! -type d ! -path ./SHA256SUMS -print0 | tr -dc '\000' | wc -c)"
  [ "$listed" -eq "$found" ] || { echo "SHA256SUMS names $listed files, the folder holds $((found))"; return 1; }
}
ask() { sqlite3 -batch -noheader -list :memory: "$1"; }

# The files are those that were put in.
if has sha256sum; then
  check "the files are those that SHA256SUMS names" same_digests SHA256SUMS
  check "and no others" no_strangers
else
  skips "digests: sha256sum is not installed"
fi

# The reports can be read, and agree.
if has xmllint; then
  check "junit.xml is well-formed" xmllint --nonet --noout junit.xml
  check "report.html is well-formed" xmllint --nonet --noout report.html
else
  skips "junit.xml and report.html: xmllint is not installed"
fi
if ! has sqlite3; then
  skips "dod_report.json: sqlite3 is not installed"
else
  cat >"$scratch/checks.sql" <<'SQL'
CREATE TABLE report AS SELECT CAST(readfile('dod_report.json') AS TEXT) AS told, CAST(readfile('capsule.json') AS TEXT) AS packed;
CREATE TABLE phases AS SELECT key AS name, value FROM report, json_each(told, '$.phases');
CREATE TABLE gates AS SELECT value FROM report, json_each(told, '$.gates');
CREATE TABLE inputs AS SELECT json_extract(value, '$.path') AS path, json_extract(value, '$.role') AS role,
  json_extract(value, '$.sha256') AS sha256 FROM report, json_each(told, '$.inputs');
CREATE TABLE contents AS SELECT json_extract(value, '$.path') AS path, json_extract(value, '$.role') AS role,
  json_extract(value, '$.sha256') AS sha256, json_extract(value, '$.file') AS file FROM report, json_each(packed, '$.inputs');
CREATE TABLE findings AS SELECT json_extract(value, '$.level') AS level, json_extract(value, '$.suppressed') IS NOT NULL AS suppressed
  FROM report, json_each(told, '$.findings');
CREATE TABLE checks(what TEXT, holds INTEGER);

INSERT INTO checks SELECT 'both files are what they should be', json_valid(told) AND json_valid(packed)
  AND json_extract(told, '$.schema_version') = 'auditor.dod_report/1' AND json_extract(packed, '$.format') = 'auditor.capsule/1' FROM report;
INSERT INTO checks SELECT 'the summary counts each ' || l.level || ' of the findings',
  json_extract(told, '$.summary.findings.' || l.level) = (SELECT count(*) FROM findings f WHERE f.level = l.level AND NOT suppressed)
  FROM report, (SELECT 'error' AS level UNION ALL SELECT 'warning' UNION ALL SELECT 'note') l;
INSERT INTO checks SELECT 'the summary counts the suppressed findings',
  json_extract(told, '$.summary.findings.suppressed') = (SELECT count(*) FROM findings WHERE suppressed) FROM report;
INSERT INTO checks SELECT 'the summary counts the phases that are ' || v.verdict,
  json_extract(told, '$.summary.phases.' || v.verdict) = (SELECT count(*) FROM phases WHERE json_extract(value, '$.verdict') = v.verdict)
  FROM report, (SELECT 'PROVEN' AS verdict UNION ALL SELECT 'PARTIAL' UNION ALL SELECT 'DESIGNED') v;
INSERT INTO checks SELECT 'the summary counts the gates that are ' || s.status,
  json_extract(told, '$.summary.gates.' || s.status) = (SELECT count(*) FROM gates WHERE json_extract(value, '$.status') = s.status)
  FROM report, (SELECT 'PASS' AS status UNION ALL SELECT 'MISSING' UNION ALL SELECT 'FAIL' UNION ALL SELECT 'CONFLICT') s;
INSERT INTO checks SELECT 'the exit status is as grave as what was found', json_extract(told, '$.summary.exit_status') >= max(
  CASE WHEN json_array_length(told, '$.unevaluated') > 0 THEN 4 ELSE 0 END,
  (SELECT coalesce(max(CASE json_extract(value, '$.verdict') WHEN 'DESIGNED' THEN 3 WHEN 'PARTIAL' THEN 2 ELSE 0 END), 0)
    FROM phases WHERE NOT json_extract(value, '$.is_fixture')),
  (SELECT coalesce(max(CASE json_extract(value, '$.status') WHEN 'PASS' THEN 0 WHEN 'MISSING' THEN 2 ELSE 1 END), 0) FROM gates)) FROM report;
INSERT INTO checks SELECT name || ' is PROVEN by its chain, its evidence, its prerequisites and its commit',
  json_extract(value, '$.checks.activity_chain.latest_order_ok') AND json_extract(value, '$.checks.evidence.ok')
  AND json_extract(value, '$.checks.gate.ok') AND json_extract(value, '$.meta.commit_sha_reachable')
  FROM phases WHERE json_extract(value, '$.verdict') = 'PROVEN';
INSERT INTO checks SELECT p.name || ': the digest of ' || h.key || ' is the recorded one, and that of an input',
  json_extract(h.value, '$.expected') = json_extract(h.value, '$.actual') AND EXISTS (SELECT 1 FROM inputs i
    WHERE i.sha256 = json_extract(h.value, '$.actual') AND substr(h.key, -length(i.path) - 1) = '/' || i.path)
  FROM phases p, json_each(p.value, '$.checks.evidence.hash_checks') h WHERE json_extract(p.value, '$.verdict') = 'PROVEN';
INSERT INTO checks SELECT json_extract(value, '$.gate_id') || ': sealed and recomputed digest are the same',
  lower(json_extract(value, '$.expected_digest')) = json_extract(value, '$.actual_digest')
  FROM gates WHERE json_extract(value, '$.status') = 'PASS';
INSERT INTO checks SELECT 'the capsule tells of every input of the report, and of no other',
  NOT EXISTS (SELECT path, role, sha256 FROM inputs EXCEPT SELECT path, role, sha256 FROM contents)
  AND NOT EXISTS (SELECT path, role, sha256 FROM contents EXCEPT SELECT path, role, sha256 FROM inputs);

CREATE TABLE feed(line TEXT);
SQL
  # The feed itself, line by line: does it hold the chain of each phase that is called PROVEN?
  ask "SELECT json_extract(value, '\$.file') FROM json_each(CAST(readfile('capsule.json') AS TEXT), '\$.inputs')
    WHERE json_extract(value, '\$.role') = 'feed' AND json_extract(value, '\$.file') IS NOT NULL" >"$scratch/feeds"
  feeds=0
  while IFS= read -r feed; do
    feeds=$((feeds + 1))
    cp -- "$feed" "$scratch/feed$feeds"
    printf '.mode ascii\n.separator "\\037" "\\n"\n.import %s feed\n.mode list\n.separator "|" "\\n"\n' "'$scratch/feed$feeds'" >>"$scratch/checks.sql"
  done <"$scratch/feeds"
  if [ "$feeds" -gt 0 ]; then
    cat >>"$scratch/checks.sql" <<'SQL'
CREATE TABLE events AS SELECT lower(json_extract(line, '$.action')) AS action, json_extract(line, '$.task_id') AS task,
  CASE WHEN coalesce(json_extract(line, '$.phase_id'), '') = '' THEN json_extract(line, '$.phase') ELSE json_extract(line, '$.phase_id') END AS phase
  FROM feed WHERE CASE WHEN json_valid(line) THEN json_type(line) = 'object' ELSE 0 END;
INSERT INTO checks SELECT name || ': the feed holds started, completed and verified',
  (SELECT count(DISTINCT action) FROM events WHERE action IN ('started', 'completed', 'verified') AND (phase = name OR task = name)) = 3
  FROM phases WHERE json_extract(value, '$.verdict') = 'PROVEN';
SQL
  fi
  cat >>"$scratch/checks.sql" <<'SQL'
SELECT (CASE WHEN holds THEN 'holds    ' ELSE 'FAILS    ' END) || replace(what, char(10), ' ') FROM checks ORDER BY rowid;
SELECT 'done';
SQL
  sqlite3 -batch -bail -noheader -list :memory: <"$scratch/checks.sql" >"$scratch/answers" 2>"$scratch/complaints"
  grep -v '^done$' "$scratch/answers"
  if grep -q '^FAILS' "$scratch/answers"; then wrong=1; fi
  if [ "$(tail -n 1 "$scratch/answers")" != "done" ]; then
    fails "dod_report.json could be read to its end"
    sed 's/^/         /' "$scratch/complaints" | head -n 5
  fi

  if has xmllint; then
    declared="$(ask "SELECT json_extract(j, '\$.tests') || ' ' || json_extract(j, '\$.failures') || ' ' || json_extract(j, '\$.errors') || ' ' || json_extract(j, '\$.skipped')
      FROM (SELECT json_extract(CAST(readfile('dod_report.json') AS TEXT), '\$.summary.junit') AS j)")"
    counted="$(xmllint --nonet --xpath 'concat(count(//testcase), " ", count(//testcase/failure), " ", count(//testcase/error), " ", count(//testcase/skipped))' junit.xml)"
    if [ "$declared" = "$counted" ]; then holds "junit.xml holds the tests, failures, errors and skips that the report counts"
    else fails "junit.xml holds '$counted' (tests, failures, errors, skips), the report counts '$declared'"; fi
  fi
  status="$(ask "SELECT json_extract(CAST(readfile('dod_report.json') AS TEXT), '\$.summary.exit_status')")"
  if grep -q "exit status $status<" report.html; then holds "report.html tells the same exit status, $status"
  else fails "report.html tells another exit status than $status"; fi

  # Each file that a verdict rests on has the digest that the report gives it, not only the one of SHA256SUMS.
  list() { # PREFIX CONDITION
    ask "SELECT (CASE WHEN instr(name, char(92)) OR instr(name, char(10)) OR instr(name, char(13)) THEN char(92) ELSE '' END) || sha256 || '  '
      || replace(replace(replace(name, char(92), char(92) || char(92)), char(10), char(92) || 'n'), char(13), char(92) || 'r')
      FROM (SELECT DISTINCT $1 AS name, json_extract(value, '\$.sha256') AS sha256
        FROM json_each(CAST(readfile('capsule.json') AS TEXT), '\$.inputs') WHERE $2)"
  }
  file="json_extract(value, '\$.file')"
  path="json_extract(value, '\$.path')"
  if has sha256sum; then
    list "$file" "$file IS NOT NULL" >"$scratch/inside"
    if [ -s "$scratch/inside" ]; then check "every file in the capsule has the digest that the report gives it" same_digests "$scratch/inside"; fi
    list "$path" "$file IS NULL AND $path NOT LIKE '/%' AND '/' || $path || '/' NOT LIKE '%/../%'" >"$scratch/outside"
    others="$(grep -c . "$scratch/outside")"
    if [ "$others" -gt 0 ] && [ -n "$root" ]; then
      cd "$root" && check "$others files that are not in the capsule have their digests in $root" same_digests "$scratch/outside"
    elif [ "$others" -gt 0 ]; then
      outside="; $others files outside of the capsule were not checked (sh verify.sh ROOT checks them in a checkout)"
    fi
  fi
fi

if [ "$wrong" -ne 0 ]; then echo "this capsule does not hold"; exit 1; fi
if [ "$undone" -ne 0 ]; then echo "what was checked holds; what is named 'skipped' was not checked"; exit 4; fi
echo "everything in the capsule holds$outside"
