#!/bin/sh
# scripts/run-tests.sh [MODULE…]: all tests, or those of some modules.
set -eu
cd "$(dirname "$0")/.."
if [ "$#" -eq 0 ]; then
  set -- discover -s tests
fi
PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=src:tests exec python3 -m unittest --verbose "$@"
