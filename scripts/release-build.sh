#!/bin/sh
# The release binary, stripped of where it was built.
set -eu
cd "$(dirname "$0")/.."
exec "${SWIFT:-swift}" build -c release --static-swift-stdlib --product auditor \
  -Xswiftc -file-prefix-map -Xswiftc "$PWD=." -Xcc "-ffile-prefix-map=$PWD=." -Xswiftc -no-serialize-debugging-options \
  -Xswiftc -gnone -Xlinker --build-id=sha1 -Xlinker --strip-debug
