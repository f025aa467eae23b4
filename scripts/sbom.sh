#!/bin/sh
# scripts/sbom.sh BINARY: what the binary links, as CycloneDX 1.5 JSON on standard output; the same bytes for the same binary
# on the same machine. What is linked in statically (the Swift runtime) is told by the compiler's version. What is printed
# was checked first: by scripts/sbom.schema.json, what of CycloneDX is used here, and against the binary.
set -eu
binary="$1"
[ -x "$binary" ] || { echo "$0: $binary: no such program" >&2; exit 64; }
case "$binary" in */*) ;; *) binary="./$binary" ;; esac
version="$("$binary" --version | cut -d ' ' -f 2)"
commit="$("$binary" --version --json | sed -n 's/^ *"commit": "\([0-9a-f]*\)",$/\1/p')"
digest="$(sha256sum "$binary" | cut -d ' ' -f 1)"
swift="$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)"
[ -n "$swift" ] || { echo "$0: the Swift toolchain does not say its version" >&2; exit 4; }
system="$(sed -n 's/^ID=//p' /etc/os-release 2>/dev/null | tr -d '"')"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

component() { # TYPE NAME VERSION PURL [SHA256]
  printf '%s\n' "$4" >> "$work/references"
  printf ',\n    {"type": "%s", "bom-ref": "%s", "name": "%s", "version": "%s", "purl": "%s"' "$1" "$4" "$2" "$3" "$4"
  [ -z "${5:-}" ] || printf ', "hashes": [{"alg": "SHA-256", "content": "%s"}]' "$5"
  printf '}'
}

# A text as a purl spells it.
escaped() { printf '%s' "$1" | sed 's/%/%25/g; s/+/%2B/g; s/:/%3A/g; s/@/%40/g; s/?/%3F/g; s/#/%23/g; s/ /%20/g'; }

linked() { ldd "$binary" | awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\// { print $1 }' | sort -u; }

libraries() {
  while read -r path; do
    real="$(readlink -f "$path")"
    package=""
    for name in "$path" "$real" "${path#/usr}" "${real#/usr}"; do
      package="$(dpkg-query -S "$name" 2>/dev/null | head -n 1 | cut -d ' ' -f 1 | sed 's/:$//')" || package=""
      [ -z "$package" ] || break
    done
    if [ -n "$package" ]; then
      release="$(dpkg-query -W -f '${Version}' "$package")"
      name="${package%%:*}"
      purl="pkg:deb/${system:-debian}/$(escaped "$name")@$(escaped "$release")?file=$(escaped "$(basename "$path")")"
    else
      release=unknown
      name="$(basename "$path")"
      purl="pkg:generic/$(escaped "$name")"
    fi
    component library "$name" "$release" "$purl" "$(sha256sum "$real" | cut -d ' ' -f 1)"
  done < "$work/linked"
}

linked > "$work/linked"
{
  printf '{\n  "bomFormat": "CycloneDX",\n  "specVersion": "1.5",\n  "version": 1,\n'
  printf '  "metadata": {"component": {"type": "application", "bom-ref": "auditor", "name": "auditor", "version": "%s",\n' "$version"
  [ -z "$commit" ] || printf '    "pedigree": {"commits": [{"uid": "%s"}]},\n' "$commit"
  printf '    "hashes": [{"alg": "SHA-256", "content": "%s"}]}},\n  "components": [\n' "$digest"
  { component framework swift "$swift" "pkg:github/swiftlang/swift@$swift"; libraries; } | sed '1d; 2s/^,//'
  printf '\n  ],\n  "dependencies": [{"ref": "auditor", "dependsOn": [\n'
  sed 's/.*/    "&"/; $!s/$/,/' "$work/references"
  printf '  ]}]\n}\n'
} > "$work/sbom.json"

"$binary" schema validate --quiet --schema "$(dirname "$0")/sbom.schema.json" "$work/sbom.json" > "$work/judged" \
  || { cat "$work/judged" >&2; exit 1; }
# What no schema says: no reference twice, and a component for each library that the program asks the loader for.
twice="$(sort "$work/references" | uniq -d)"
[ -z "$twice" ] || { echo "$0: twice: $twice" >&2; exit 1; }
[ "$(wc -l < "$work/references")" -eq "$(($(wc -l < "$work/linked") + 1))" ] || { echo "$0: a library is missing" >&2; exit 1; }
readelf -d "$binary" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | while read -r name; do
  grep -qF "file=$(escaped "$name")" "$work/references" || grep -qF "pkg:generic/$(escaped "$name")" "$work/references" \
    || { echo "$0: $name is linked and not told" >&2; exit 1; }
done
cat "$work/sbom.json"
