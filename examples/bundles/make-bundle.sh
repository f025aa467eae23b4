#!/bin/sh
# examples/bundles/make-bundle.sh DIR: makes a small experiment in DIR, with a plan, its registry, and one committed run
# whose summary.md was edited after the commit. docs/bundles.md starts from here.
set -eu
[ "$#" -eq 1 ] || { echo "usage: $0 DIR" >&2; exit 64; }
mkdir -p "$1"
cd "$1"

run=2026-01-05-a
world=demo-world-1
mkdir -p "out/$run" registry policies
printf '(version 1)\n(deny default)\n(allow file-read* (literal "/etc/hosts"))\n' > policies/hosts-only.sb
printf '(version 1)\n(allow default)\n' > policies/allow.sb

probe() { # ID OPERATION TARGET EXPECTED
  cat <<EOF
    "$1": {
      "probe_id": "$1", "name": "$1", "operation": "$2", "target": "$3", "expected": "$4",
      "supports_lanes": {"baseline": true, "scenario": true, "oracle": true},
      "expected_primary_ops": ["$2"], "expected_predicates": [], "capabilities_required": [],
      "controls_supported": ["baseline"]
    }
EOF
}
cat > registries.json <<EOF
{
  "schema_version": "runtime-tools.registry_index.v0.1",
  "registries": [
    {"id": "files", "description": "reading and writing", "probes": "registry/probes.json", "profiles": "registry/profiles.json"}
  ]
}
EOF
cat > registry/probes.json <<EOF
{
  "schema_version": "runtime-tools.probe_registry.v0.2", "registry_id": "files", "world_id": "$world",
  "probes": {
$(probe read-hosts 'file-read*' /etc/hosts allow),
$(probe write-hosts 'file-write*' /etc/hosts deny)
  }
}
EOF
cat > registry/profiles.json <<EOF
{
  "schema_version": "runtime-tools.profile_registry.v0.2", "registry_id": "files", "world_id": "$world",
  "profiles": {
    "hosts-only": {
      "profile_id": "hosts-only", "profile_path": "policies/hosts-only.sb", "mode": "sbpl",
      "probe_refs": ["read-hosts", "write-hosts"], "key_specific_rules": [],
      "family": "files", "semantic_group": null, "notes": null
    }
  }
}
EOF
cat > plan.json <<EOF
{
  "schema_version": "runtime-tools.plan.v0.1",
  "plan_id": "files.v1", "registry_id": "files", "world_id": "$world",
  "profiles": ["hosts-only"],
  "lanes": {"baseline": true, "scenario": true, "oracle": true},
  "controls": {"baseline": true},
  "apply_preflight_profile": "policies/allow.sb"
}
EOF

identity="\"run_id\": \"$run\", \"world_id\": \"$world\""
plan='"plan_id": "files.v1", "plan_digest": "459031e590da11581bd3530e5a49ef39f5a0cafdb89bceed3b023bc1cfe79902"'
record="{\"profile\": \"policies/allow.sb\", \"apply_ok\": true, \"sandbox_check_self\": {\"sandboxed\": false}}"
names=""
document() { # NAME CONTENT
  printf '%s\n' "$2" > "out/$run/$1"
  names="$names $1"
}
document run_status.json "{\"schema_version\": \"runtime-tools.run_status.v0.1\", $identity, $plan, \"channel\": \"launchd_clean\", \"state\": \"complete\", \"updated_at_unix\": 1767600000, \"error\": null, \"failure_stage\": null}"
document run_manifest.json "{\"schema_version\": \"runtime-tools.run_manifest.v0.1\", $identity, $plan, \"channel\": \"launchd_clean\", \"apply_preflight\": {\"record\": $record}}"
document apply_preflight.json "$record"
document baseline_results.json "{$identity, \"results\": [{\"operation\": \"file-read*\", \"status\": \"allow\", \"lane\": \"baseline\"}, {\"operation\": \"file-write*\", \"status\": \"allow\", \"lane\": \"baseline\"}]}"
document expected_matrix.json '{"profiles": {"hosts-only": {"probes": ["read-hosts", "write-hosts"]}}}'
document runtime_results.json '{"hosts-only": {"status": "ok", "probes": [{"name": "read-hosts", "actual": "allow"}, {"name": "write-hosts", "actual": "deny"}]}}'
document runtime_events.normalized.json '[{"operation": "file-read*", "expected": "allow", "actual": "allow", "match": true, "intended_op_witnessed": true, "lane": "scenario"}, {"operation": "file-write*", "expected": "deny", "actual": "deny", "match": true, "intended_op_witnessed": true, "lane": "scenario"}]'
document oracle_results.json "{$identity, \"results\": [{\"operation\": \"file-write*\", \"decision\": \"deny\", \"lane\": \"oracle\"}]}"
document mismatch_packets.jsonl ''
document summary.json "{$identity, $plan, \"lanes\": {\"baseline\": true, \"scenario\": true, \"oracle\": true}}"
document summary.md '# Summary: 2 probes, 2 as expected'

entries=""
for name in $names; do
  version=null
  stated="$(sed -n '1s/^{"schema_version": \("[^"]*"\).*/\1/p' "out/$run/$name")"
  [ -z "$stated" ] || version="$stated"
  digest="$(sha256sum "out/$run/$name" | cut -d ' ' -f 1)"
  entries="$entries${entries:+,}
    {\"path\": \"out/$run/$name\", \"file_size\": $(wc -c < "out/$run/$name"), \"sha256\": \"$digest\", \"schema_version\": $version}"
done
cat > "out/$run/artifact_index.json" <<EOF
{
  "schema_version": "runtime-tools.artifact_index.v0.1", $identity,
  "artifacts": [$entries
  ],
  "missing": [],
  "status": "ok"
}
EOF
printf '%s\n' "$run" > out/LATEST

# Somebody meant well.
printf '# Summary: 2 probes, 2 as expected (looked at by R.)\n' > "out/$run/summary.md"
