#!/bin/sh
# Usage: fuzz/run.sh TARGET SECONDS [LIBFUZZER-OPTION]...
#
# Builds the fuzz targets (release, with libFuzzer and the address sanitizer) and runs one of them, from the seeds and
# what earlier runs found. 0 seconds: the seeds once, no fuzzing. A crash is kept in .build/fuzz-crashes/TARGET/; to see
# it again: `fuzz/run.sh TARGET 0 FILE`. FUZZ_BUILD=no takes the program as it is.
set -eu

if [ $# -lt 2 ]; then
  sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
  exit 64
fi
target=$1
seconds=$2
shift 2
cd "$(dirname "$0")/.."

# Of several --sanitize options the Swift compiler heeds the last alone, the C compiler all: hence both forms. ld.gold
# warns about every symbol of the sanitizer; the output matters only when the build fails.
if [ "${FUZZ_BUILD:-yes}" != no ]; then
  mkdir -p .build
  AUDITOR_FUZZ=1 swift build --configuration release --product auditor-fuzz --sanitize fuzzer --sanitize address \
    -Xswiftc -sanitize=fuzzer,address -Xswiftc -enable-testing --scratch-path .build/fuzz --jobs "${FUZZ_JOBS:-2}" \
    >.build/fuzz-build.log 2>&1 || {
    grep -v 'Cannot export local symbol' .build/fuzz-build.log >&2
    exit 4
  }
fi

corpus=.build/fuzz-corpus/$target
crashes=.build/fuzz-crashes/$target
mkdir -p "$corpus" "$crashes"
if [ -f "fuzz/dictionaries/$target.dict" ]; then
  set -- "-dict=fuzz/dictionaries/$target.dict" "$@"
fi
if [ "$seconds" = 0 ]; then
  set -- -runs=0 "$@"
else
  # New inputs go to the first folder.
  set -- "-max_total_time=$seconds" "$@" "$corpus"
fi
if [ -d "fuzz/seeds/$target" ]; then
  set -- "$@" "fuzz/seeds/$target"
fi

# Swift's own backtracer would stop the process before libFuzzer has kept the input.
export SWIFT_BACKTRACE=enable=no
export AUDITOR_FUZZ_TARGET="$target"
export ASAN_OPTIONS="${ASAN_OPTIONS:-allocator_may_return_null=1}"
exec .build/fuzz/release/auditor-fuzz -timeout=10 -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 \
  "-artifact_prefix=$crashes/" "$@"
