#!/bin/sh
# The house of docs/architecture.md as a check: imports point one way, C libraries have one importer, and no target
# below the command line needs Foundation.
set -eu
cd "$(dirname "$0")/.."

failed=0
forbid() { # WHAT PATTERN PATH…
  what="$1"; pattern="$2"; shift 2
  if found="$(grep -rnE "^((public|package|internal|private|fileprivate) )?import ($pattern)\$" "$@" 2>/dev/null)"; then
    echo "$what:"; echo "$found"; failed=1
  fi
}
forbid "Formats knows no other room" "Scanning|Rules|Auditor|Reports|AuditorCLI" Sources/Formats
forbid "Scanning knows only Formats" "Rules|Auditor|Reports|AuditorCLI" Sources/Scanning
forbid "Rules gathers and tells nothing" "Auditor|Reports|AuditorCLI|CSQLite|CLibXML2" Sources/Rules
forbid "Auditor does not tell" "Reports|AuditorCLI" Sources/Auditor
forbid "Reports does not gather" "Auditor|AuditorCLI" Sources/Reports
forbid "Foundation is not needed" "Foundation|FoundationEssentials" Sources
forbid "only Formats/XML imports libxml2" "CLibXML2" Sources/Scanning Sources/Rules Sources/Auditor Sources/Reports Sources/AuditorCLI
forbid "only Formats/SQLite imports SQLite" "CSQLite" Sources/Scanning Sources/Rules Sources/Auditor Sources/Reports Sources/AuditorCLI
exit "$failed"
