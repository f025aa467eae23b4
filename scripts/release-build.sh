#!/bin/sh
# scripts/release-build.sh [OPTION-OF-SWIFT-BUILD]…: the release binary, as it is shipped: it knows its commit, and neither
# where it was built nor when. Outside of a git checkout it says that it does not know its commit.
set -eu
cd "$(dirname "$0")/.."
# A copy of the sources inside of another repository is not that repository's commit.
if [ -z "${AUDITOR_COMMIT+set}" ] && [ -e .git ] && AUDITOR_COMMIT="$(git rev-parse --verify -q HEAD 2>/dev/null)"; then
  [ -z "$(git status --porcelain 2>/dev/null)" ] || AUDITOR_COMMIT="$AUDITOR_COMMIT-modified"
fi
export AUDITOR_COMMIT
exec "${SWIFT:-swift}" build -c release --static-swift-stdlib --product auditor \
  -Xswiftc -file-prefix-map -Xswiftc "$PWD=." -Xcc "-ffile-prefix-map=$PWD=." -Xswiftc -no-serialize-debugging-options \
  -Xswiftc -gnone -Xlinker --build-id=sha1 -Xlinker --strip-debug "$@"
