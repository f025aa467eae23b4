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
# Without the first option each object holds a digest of itself that depends on the folder. The optimizer now and then decides by
# the order of addresses, which setarch -R keeps from being random where the system lets it (docs/decisions/0008).
set -- -Xswiftc -Xfrontend -Xswiftc -disable-incremental-llvm-codegen "$@"
same_addresses=""
if setarch -R true 2>/dev/null; then same_addresses="setarch -R"; fi
# shellcheck disable=SC2086 # two words, or none
exec $same_addresses "${SWIFT:-swift}" build -c release --static-swift-stdlib --product auditor \
  -Xswiftc -file-prefix-map -Xswiftc "$PWD=." -Xcc "-ffile-prefix-map=$PWD=." \
  -Xswiftc -Xfrontend -Xswiftc -no-serialize-debugging-options \
  -Xswiftc -gnone -Xlinker --build-id=sha1 -Xlinker --strip-debug "$@"
