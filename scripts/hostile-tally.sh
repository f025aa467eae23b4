#!/bin/sh
# scripts/hostile-tally.sh FILE: adds up what the hostile suite (Tests/Hostile) wrote while it ran, a line a command: case,
# commands, crashes, hangs, lost findings, stray writes, other broken promises. Nothing recorded is no pass.
set -eu
file="${1:?the file that AUDITOR_HOSTILE_TALLY named}"
[ -s "$file" ] || { echo "hostile: nothing was recorded in $file" >&2; exit 1; }
awk -F '\t' '
  { if (!($1 in seen)) { seen[$1] = 1; cases++ } runs += $2; for (i = 3; i <= 7; i++) broken[i] += $i }
  END {
    printf "hostile: %d cases (%d runs), %d crashes, %d hangs, %d lost findings, %d writes outside the reports folder", \
      cases, runs, broken[3], broken[4], broken[5], broken[6]
    if (broken[7] > 0) printf ", %d other broken promises", broken[7]
    print ""
    exit broken[3] + broken[4] + broken[5] + broken[6] + broken[7] > 0
  }' "$file"
