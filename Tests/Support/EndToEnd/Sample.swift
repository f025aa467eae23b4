import Formats

/// Small trees whose verdict is known because they were made for it.
package enum Sample {
  /// What a phase is meant to come out as.
  package enum Phase: String, Sendable {
    case proven, partial, designed
  }

  /// What a gate is meant to come out as.
  package enum Gate: String, Sendable {
    case sealed, tampered, missing
  }

  package static let cleanSource: Entry = "def area(width, height):\n    return width * height\n"

  /// One error (`hard-path.home`, line 1) and one note (`todo-critical.elsewhere`, line 2).
  package static let badSource: Entry = "ROOT = \"/Users/alice/work\"\n# TODO: nicer names\n"

  /// A tree with `auditor.yaml`, a source file and what is asked for.
  package static func project(
    _ phase: Phase? = nil, gate: Gate? = nil, source: Entry = cleanSource, and more: [String: Entry] = [:]
  ) -> [String: Entry] {
    var entries: [String: Entry] = ["src/area.py": source]
    var configuration = "scan:\n  exclude: [\"evidence/**\"]\n"
    if let phase {
      configuration += "dod:\n  docs: dod\n  feed: evidence/feed.jsonl\n  registry: dod/registry.yaml\n"
      entries.merge(phaseEntries(phase)) { $1 }
    }
    if let gate {
      configuration += "gates:\n  - {map: gates/gates.map.yaml, root: gates/run}\n"
      entries.merge(gateEntries(gate)) { $1 }
    }
    entries["auditor.yaml"] = .file(configuration)
    return entries.merging(more) { $1 }
  }

  private static func phaseEntries(_ phase: Phase) -> [String: Entry] {
    let evidence = "42 checks held\n"
    let digest = SHA256.digest(Array(evidence.utf8)).hex
    let events = [
      #"{"ts":"2026-01-01T10:00:00Z","phase_id":"OPS","action":"started"}"#,
      #"{"ts":"2026-01-01T10:00:01Z","phase_id":"OPS","action":"completed","evidence":["evidence/run.log"]}"#,
      #"{"ts":"2026-01-01T10:00:02Z","phase_id":"OPS","action":"verified","hashes":{"evidence/run.log":"\#(digest)"}}"#,
    ]
    var entries: [String: Entry] = [
      "dod/DOD__OPS.md": "# Operations\n\n- **Phase / Task ID**: OPS\n- **Gate**: G1\n- **Commit SHA**: ${COMMIT}\n",
      "dod/registry.yaml": "phases:\n  OPS: {verdict: DESIGNED, requires: []}\n",
      "evidence/feed.jsonl": "",
    ]
    if phase != .designed { entries["evidence/feed.jsonl"] = .file(events.joined(separator: "\n") + "\n") }
    if phase == .proven { entries["evidence/run.log"] = .file(evidence) }
    return entries
  }

  private static func gateEntries(_ gate: Gate) -> [String: Entry] {
    let sealed = "amount\n1\n2\n"
    var entries: [String: Entry] = [
      "gates/gates.map.yaml": """
      version: "1.0"
      gates:
        - gate_id: sales
          scope: global
          passed_flag_path_template: flag.txt
          bundle_root_template: bundle/
          verification_method: {kind: sha256_bundle_digest, digest_field: sha256_hex}

      """,
      "gates/run/bundle/sales.csv": gate == .tampered ? "amount\n1\n3\n" : .file(sealed),
      "gates/run/flag.txt": .file("sha256_hex = \(SHA256.digest(Array(sealed.utf8)).hex)\n"),
    ]
    if gate == .missing { entries["gates/run/flag.txt"] = nil }
    return entries
  }
}
