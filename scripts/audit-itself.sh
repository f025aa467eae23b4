#!/bin/sh
# auditor audits this repository. Its phase must come out PROVEN (exit status 0), wherever the commit that the document
# names is there; in a clone without it (a shallow one, an export) no phase can be proven, and PARTIAL (2) is the only
# right answer.
set -eu
cd "$(dirname "$0")/.."

expected=0
for document in dod/DOD__*.md; do
  commit="$(sed -n 's/^- \*\*Commit SHA\*\*: \([0-9a-f]*\)$/\1/p' "$document")"
  if ! git cat-file -e "$commit^{commit}" 2>/dev/null; then
    echo "note: this clone lacks commit $commit, which $document names; its phase cannot be proven here" >&2
    expected=2
  fi
done
status=0
printed="$(mktemp)"
trap 'rm -f "$printed"' EXIT
.build/debug/auditor audit . --jobs 2 > "$printed" || status=$?
cat "$printed"
if [ "$status" -ne "$expected" ]; then
  echo "the audit of this repository answered $status, expected $expected" >&2
  exit 1
fi
[ "$expected" -eq 0 ] || exit 0

# What the README shows of this; an ellipsis stands for what moves with every line of text.
sed -n '/^== auditor audits itself$/,/^```$/p' README.md | sed '1d;$d;/^\[…\]$/d' > "$printed.shown"
trap 'rm -f "$printed" "$printed.shown"' EXIT
[ -s "$printed.shown" ] || { echo "the README does not show how auditor audits itself" >&2; exit 1; }
while IFS= read -r line; do
  case "$line" in
    *…) grep -qF -- "${line%…}" "$printed" ;;
    *) grep -qxF -- "$line" "$printed" ;;
  esac || { echo "the README shows a line that is not printed: $line" >&2; exit 1; }
done < "$printed.shown"
