#!/bin/sh
# scripts/sbom.sh BINARY: what the binary links, as CycloneDX 1.5 JSON on standard output; the same bytes for the same binary
# on the same machine. What is linked in statically (the Swift runtime) is told by the compiler's version.
set -eu
binary="$1"
[ -x "$binary" ] || { echo "$0: $binary: no such program" >&2; exit 64; }
version="$("$binary" --version | cut -d ' ' -f 2)"
digest="$(sha256sum "$binary" | cut -d ' ' -f 1)"
swift="$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)"
[ -n "$swift" ] || { echo "$0: the Swift toolchain does not say its version" >&2; exit 4; }

component() { # TYPE NAME VERSION PURL [SHA256]
  printf ',\n    {"type": "%s", "bom-ref": "%s", "name": "%s", "version": "%s", "purl": "%s"' "$1" "$4" "$2" "$3" "$4"
  [ -z "${5:-}" ] || printf ', "hashes": [{"alg": "SHA-256", "content": "%s"}]' "$5"
  printf '}'
}

libraries() {
  ldd "$binary" | awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\// { print $1 }' | sort -u | while read -r path; do
    real="$(readlink -f "$path")"
    package=""
    for name in "$path" "$real" "${path#/usr}" "${real#/usr}"; do
      package="$(dpkg-query -S "$name" 2>/dev/null | head -n 1 | cut -d ' ' -f 1 | sed 's/:$//')" || package=""
      [ -z "$package" ] || break
    done
    if [ -n "$package" ]; then
      release="$(dpkg-query -W -f '${Version}' "$package")"
      name="${package%%:*}"
      purl="pkg:deb/debian/$name@$(printf '%s' "$release" | sed 's/+/%2B/g; s/:/%3A/g')?file=$(basename "$path")"
    else
      release=unknown
      name="$(basename "$path")"
      purl="pkg:generic/$name"
    fi
    component library "$name" "$release" "$purl" "$(sha256sum "$real" | cut -d ' ' -f 1)"
  done
}

printf '{\n  "bomFormat": "CycloneDX",\n  "specVersion": "1.5",\n  "version": 1,\n'
printf '  "metadata": {"component": {"type": "application", "bom-ref": "auditor", "name": "auditor", "version": "%s", ' "$version"
printf '"hashes": [{"alg": "SHA-256", "content": "%s"}]}},\n  "components": [' "$digest"
{ component framework swift "$swift" "pkg:github/swiftlang/swift@$swift"; libraries; } | sed '1s/^,//; 1{/^$/d}'
printf '\n  ]\n}\n'
