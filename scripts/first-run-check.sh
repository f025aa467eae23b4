#!/bin/sh
# AUDITOR=path/to/auditor scripts/first-run-check.sh [PAGE]: follows docs/getting-started.md (or another page) on a Debian in which
# nothing is but git and the binary with its libraries. Fails when a line that the page shows is not printed any more. Needs
# root. The Debian is made once, in .build/clean-debian (debootstrap, or docker where its daemon runs: minutes, and the
# network), and copied for each run, so that every one begins on a clean system. CLEAN_ROOT names one that is elsewhere.
set -eu
cd "$(dirname "$0")/.."
page="${1:-docs/getting-started.md}"
auditor="$(realpath "${AUDITOR:-.build/release/auditor}")"
clean="${CLEAN_ROOT:-$PWD/.build/clean-debian}"

if [ ! -d "$clean" ]; then
  echo "making $clean …" >&2
  unfinished="$clean.unfinished"
  rm -rf "$unfinished"
  mkdir -p "$unfinished"
  if docker info >/dev/null 2>&1; then
    docker build -q -t auditor-first-run - >/dev/null <<DOCKER
FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends git && rm -rf /var/lib/apt/lists/*
DOCKER
    container="$(docker create auditor-first-run)"
    docker export "$container" | tar x -C "$unfinished"
    docker rm "$container" >/dev/null
  else
    command -v debootstrap >/dev/null || apt-get install -y -qq --no-install-recommends debootstrap >/dev/null
    debootstrap --variant=minbase --include=git bookworm "$unfinished" "${DEBIAN_MIRROR:-http://deb.debian.org/debian}" \
      > "$clean.log" 2>&1 || { tail -n 20 "$clean.log" >&2; exit 1; }
    rm -rf "$unfinished"/var/cache/apt/archives/*.deb "$unfinished"/var/lib/apt/lists/*
  fi
  # Only a whole one bears the name.
  mv "$unfinished" "$clean"
fi

root="$(mktemp -d /tmp/auditor-clean-XXXXXX)"
trap 'rm -rf "$root"' EXIT
chmod 0755 "$root"
cp -a --reflink=auto "$clean/." "$root/"

# The binary, and the libraries that it needs beside those of the system.
install -D "$auditor" "$root/usr/local/bin/auditor"
ldd "$auditor" | awk '$2 == "=>" {print $3}' | while read -r library; do
  [ -e "$root$library" ] || install -D "$library" "$root$library"
done
mkdir -p "$root/srv/newcomer"
chown 65534:65534 "$root/srv/newcomer"

python3 scripts/follow-page.py "$page" \
  unshare --mount --pid --fork sh -c 'mount -t proc proc "$1/proc" && shift && exec "$@"' container "$root" \
  chroot --userspec=65534:65534 "$root" env -i HOME=/srv/newcomer PATH=/usr/local/bin:/usr/bin:/bin \
  GIT_AUTHOR_NAME=You GIT_AUTHOR_EMAIL=you@example.org GIT_COMMITTER_NAME=You GIT_COMMITTER_EMAIL=you@example.org \
  bash -c
