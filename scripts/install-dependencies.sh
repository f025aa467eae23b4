#!/bin/sh
# Installs where they are missing (Debian and its kin): the C libraries that auditor links, strace for the tests of the
# root's boundary, and what judges the formats besides auditor itself (xmllint, Python's jsonschema).
set -eu

missing=""
pkg-config --exists libxml-2.0 2>/dev/null || missing="$missing libxml2-dev"
pkg-config --exists sqlite3 2>/dev/null || missing="$missing libsqlite3-dev"
command -v pkg-config >/dev/null 2>&1 || missing="$missing pkg-config"
command -v strace >/dev/null 2>&1 || missing="$missing strace"
command -v xmllint >/dev/null 2>&1 || missing="$missing libxml2-utils"
# Debian's own Python: the tests search no other.
/usr/bin/python3 -c "import jsonschema" >/dev/null 2>&1 || missing="$missing python3-jsonschema"
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
  as_root="sudo"
fi
echo "installing:$missing" >&2
# shellcheck disable=SC2086 # the list is meant to be split
if ! $as_root apt-get install -y --no-install-recommends $missing >/dev/null 2>&1; then
  $as_root apt-get update -qq
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >/dev/null
fi
