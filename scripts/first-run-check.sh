#!/bin/sh
# AUDITOR=path/to/auditor scripts/first-run-check.sh: follows docs/getting-started.md on a Debian in which nothing is but git and
# the binary with its libraries. Fails when a line that the page shows is not printed any more. The first time it needs the
# network (debootstrap, or docker where its daemon runs); root. CLEAN_ROOT names such a Debian that is there already.
set -eu
cd "$(dirname "$0")/.."
auditor="$(realpath "${AUDITOR:-.build/release/auditor}")"
root="${CLEAN_ROOT:-}"

if [ -z "$root" ]; then
  root="$(mktemp -d /tmp/auditor-clean-XXXXXX)"
  trap 'rm -rf "$root"' EXIT
  if docker info >/dev/null 2>&1; then
    docker build -q -t auditor-first-run - >/dev/null <<DOCKER
FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*
DOCKER
    container="$(docker create auditor-first-run)"
    docker export "$container" | tar x -C "$root"
    docker rm "$container" >/dev/null
  else
    command -v debootstrap >/dev/null || apt-get install -y -qq --no-install-recommends debootstrap >/dev/null
    debootstrap --variant=minbase --include=git bookworm "$root" http://deb.debian.org/debian >/dev/null
  fi
fi

# The binary, and the libraries that it needs beside those of the system.
install -D "$auditor" "$root/usr/local/bin/auditor"
ldd "$auditor" | awk '$2 == "=>" {print $3}' | while read -r library; do
  [ -e "$root$library" ] || install -D "$library" "$root$library"
done
rm -rf "$root/srv/newcomer" "$root/tmp/here"
mkdir -p "$root/srv/newcomer"
chown 65534:65534 "$root/srv/newcomer"

python3 scripts/follow-page.py docs/getting-started.md \
  unshare --mount --pid --fork sh -c 'mount -t proc proc "$1/proc" && shift && exec "$@"' container "$root" \
  chroot --userspec=65534:65534 "$root" env -i HOME=/srv/newcomer PATH=/usr/local/bin:/usr/bin:/bin \
  GIT_AUTHOR_NAME=You GIT_AUTHOR_EMAIL=you@example.org GIT_COMMITTER_NAME=You GIT_COMMITTER_EMAIL=you@example.org \
  bash -c
