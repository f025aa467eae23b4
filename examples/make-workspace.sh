#!/bin/sh
# examples/make-workspace.sh: copies the example workspace into a temporary folder and makes it a git repository there.
# Prints the path of the copy; whoever asked for it removes the folder that holds it.
#
# The documents of the workspace name the commit that they are about, so commit names must come out the same everywhere:
# the people, times, modes and settings are fixed, and nothing of the user's own git configuration is seen. A document
# cannot name the commit that it is part of; so the code is committed first, and the documents with everything else second.
set -eu
source="$(cd "$(dirname "$0")/workspace" && pwd)"
enclosure="$(cd "$(mktemp -d "${TMPDIR:-/tmp}/auditor-example.XXXXXX")" && pwd -P)"
workspace="$enclosure/workspace"

repository() { # GIT-ARGUMENT…
  env -i PATH="$PATH" HOME="$enclosure" LC_ALL=C \
    GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null GIT_CEILING_DIRECTORIES="$enclosure" \
    GIT_AUTHOR_NAME="Ada Till" GIT_AUTHOR_EMAIL="ada@till.example" GIT_AUTHOR_DATE="$date" \
    GIT_COMMITTER_NAME="Ada Till" GIT_COMMITTER_EMAIL="ada@till.example" GIT_COMMITTER_DATE="$date" \
    git -C "$workspace" -c init.defaultBranch=main -c core.hooksPath=/dev/null -c commit.gpgsign=false \
    -c core.autocrlf=false -c core.fileMode=true "$@"
}

cp -R "$source" "$workspace"
rm -rf "$workspace/reports"
find "$workspace" -type d -exec chmod 755 {} +
find "$workspace" -type f -exec chmod 644 {} +
chmod 755 "$workspace"/scripts/*.sh

date="1772442000 +0000" # 2026-03-02 09:00 UTC
repository init --quiet --template= --object-format=sha1
repository add -- .gitignore src tests scripts
repository commit --quiet --message "Keep the books: journal, balances, settlement"
code="$(repository rev-parse HEAD)"

date="1773136800 +0000" # 2026-03-10 10:00 UTC
repository add --all
repository commit --quiet --message "Say what is done, and seal the week's evidence"

for document in "$workspace"/docs/dod/DOD__*.md; do
  if ! grep -q "^- \*\*Commit SHA\*\*: $code\$" "$document"; then
    echo "make-workspace: the code is commit $code; docs/dod/$(basename "$document") names another one" >&2
    rm -rf "$enclosure"
    exit 1
  fi
done
echo "$workspace"
