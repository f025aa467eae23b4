import EndToEnd
import Formats

/// Secrets of every kind that tells by its form what it is, planted in every place of a tree from which text can come.
///
/// They are built from pieces, so that no scan takes this file for a leak.
struct PlantedSecrets {
  /// What may stand in a name, by the rule's prefix.
  let tokens: [String]
  /// Addresses and keys, which may stand in texts only.
  let addresses: [String]
  let key: String
  /// What must not be seen.
  private(set) var hearts: [String]
  let workspace: Workspace
  /// A phase, a gate, a folder: called by tokens.
  let phase: String
  let gate: String

  init() throws {
    let letters = "aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW0xY"
    let hex = "0c4f1e8b29a7d55a6f3e8d9b1c2a7f40"
    tokens = [
      "AK" + "IAQ3T6Y2BZM5WDL7RN", "gh" + "p_" + letters + "zZ9yX8w", "git" + "hub_pat_" + letters + letters,
      "gl" + "pat-" + letters, "xo" + "xb-297363871296-" + letters, "s" + "k-" + letters + "9a",
      "sk" + "-proj-" + letters, "sk" + "_live_" + letters, "AI" + "za" + letters + "_-9",
      "ya" + "29." + letters + letters,
      "S" + "G." + letters.prefix(20) + "." + letters + "9a8b", "np" + "m_" + letters + "1a2b", "hf" + "_" + letters,
      "pyp" + "i-AgEI" + letters + letters, "hv" + "s." + letters, "do" + "p_v1_" + hex + hex, "sh" + "pat_" + hex,
      "da" + "pi" + hex, "ey" + "J" + letters + ".ey" + "J" + letters + "." + letters,
      "AGE-SECRET" + "-KEY-1" + letters.uppercased() + letters.uppercased(),
    ]
    addresses = [
      "postgres" + "://svc:h7Kq2mZpLw@db.internal/ledger",
      "https://hooks.slack" + ".com/services/T2SYWB3WK/BH5DNSIPZ/" + letters,
      "https://api.example/v1?access" + "_token=" + hex, "Server=db;User=svc;Pass" + "word=k3ptVeryWell91;",
      "Author" + "ization: Bearer " + hex.uppercased(),
    ]
    let body = ["MIIEowIBAAKCAQEA7Kq2mZp1v8c4r9", "tR4nX0bVq5LwYs2dJf6hGk3aPzUe7i"]
    key = (["-----BEGIN RSA PRIVATE " + "KEY-----"] + body + ["-----END RSA PRIVATE " + "KEY-----"])
      .joined(separator: "\n")
    hearts = tokens.map { String($0.suffix(18)) } + ["h7Kq2mZpLw", String(letters.suffix(16)), hex, "k3ptVeryWell91"]
    hearts += [hex.uppercased()] + body
    (phase, gate) = (tokens[4], tokens[3])
    workspace = try Workspace()
    for (path, entry) in entries() { try workspace.put(entry, at: path) }
  }

  /// Every secret in one line.
  private var line: String { (tokens + addresses).joined(separator: " ") }

  private func quoted(_ text: String) -> String {
    var json = JSONWriter()
    json.string(text)
    return String(decoding: json.takeBytes(), as: UTF8.self)
  }

  private func entries() -> [String: Entry] {
    let home = "/ho" + "me/ann/x"
    let words = quoted(line + "\n" + key)
    var entries: [String: Entry] = [
      // Contents, comments, the reasons of suppressions that count and of one that does not.
      "src/everything.py": .file("ALL = '\(home)'  # \(line)\n\(key)\n"),
      "src/accepted.py": .file(
        "p = '\(home)'  # auditor:ignore hard-path -- \(line)\n"
          + "q = '\(home)'  # auditor:ignore hard-path -- \(line) (until 2020-01-01)\n"
          + "r = 1  # auditor:ignore nothing-\(tokens[1]) -- \(line)\n"),
      "src/broken.py": .bytes(Array("p = '\(home)/\(line)".utf8) + [0xFF, 0xC3, 0x28] + Array("'\n".utf8)),
      "waivers.yaml": .file(
        "waivers:\n  - {rule: hard-path, path: 'src/waived/**', owner: \(words), reason: \(words), until: 2999-01-01}\n"
          + "  - {rule: hard-path, path: 'absent/\(tokens[1])/**', owner: ops, reason: \(words), until: 2020-01-01}\n"),
      "src/waived/a.py": .file("p = '\(home)'\n"),
      // A phase with a document, a feed, evidence and a registry.
      "dod/DOD__\(phase).md": .file(
        """
        # DoD — \(line)

        - **Phase / Task ID**: \(phase)
        - **Owner (Actor)**: \(line)
        - **Gate**: \(tokens[5])
        - **Commit SHA**: \(tokens[6])
        - **Date**: \(addresses[0])

        - [x] built by `src/\(tokens[7]).py` and \(line)
        - [x] Test log: path: evidence/\(tokens[8]).log sha256: \(String(repeating: "ab", count: 32))
        - [x] path: evidence/absent-\(tokens[9]).log
        \(key)

        ## \(line)
        PROVEN

        """),
      "dod/DOD__BROKEN.md": .file("# \(line)\n\n- **Phase / Task ID**: \(tokens[10]) \(line)\n"),
      "dod/registry.yaml": .file(
        """
        phases:
          \(quoted(phase)): {verdict: PROVEN, requires: [\(quoted(tokens[11]))], evidence_path: \(quoted(line)), note: \(words)}
          \(quoted(tokens[12])): {verdict: \(words), requires: [\(quoted(phase))]}

        """),
      "evidence/feed.jsonl": .file(
        ["started", "completed", "verified"].map { action in
          """
          {"ts":"2026-01-01T10:00:00Z","phase_id":\(quoted(phase)),"action":"\(action)","actor":\(words),"tool":\(words),\
          "run_id":\(quoted(tokens[13])),"evidence":[\(quoted("evidence/\(tokens[8]).log")),\(quoted("evidence/\(line)"))],\
          "hashes":{\(quoted("evidence/\(tokens[8]).log")):"\(String(repeating: "cd", count: 32))"}}

          """
        }.joined() + "{\"ts\": \(words), \"phase_id\": 7}\n{\(line)\n"),
      "evidence/\(tokens[8]).log": .file("42 checks held\n\(line)\n"),
      // Gates: one that is sealed, one whose seal is broken, one that is malformed.
      "gates/gates.map.yaml": .file(
        """
        version: \(words)
        gates:
          - gate_id: \(quoted(gate))
            description: \(words)
            scope: global
            passed_flag_path_template: "flag-\(tokens[14]).txt"
            bundle_root_template: "bundle-\(tokens[15])/"
            verification_method: {kind: sha256_bundle_digest, digest_field: sha256_hex}
            authorizes_outputs: [\(words)]
            upstream_gate_dependencies: [\(quoted("absent-" + tokens[16]))]
          - gate_id: \(quoted("second-" + tokens[17]))
            passed_flag_path_template: \(quoted("{\(tokens[1])}/\(line)"))
            bundle_root_template: "bundle-\(tokens[15])/"
            verification_method: {kind: \(words), digest_field: \(words)}

        """),
      "gates/run/flag-\(tokens[14]).txt": .file("sha256_hex = \(String(repeating: "0", count: 64))\n\(line)\n"),
      "gates/run/bundle-\(tokens[15])/\(tokens[18]).csv": .file("amount\n\(line)\n"),
      // Contracts: one that is fine, one whose parts are not, one that is no document.
      "contracts/\(tokens[0]).schema.json": .file(
        """
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": \(quoted("urn:x:\(tokens[1])")),
         "title": \(words), "description": \(words), "enum": [\(words)], "properties": {\(words): {"type": "string"}}}
        """),
      "contracts/bad.schema.json": .file("{\"type\": \(words), \"pattern\": \(quoted("(" + line))}\n"),
      "contracts/ref.schema.json": .file("{\"$ref\": \(quoted("#/$defs/" + tokens[2]))}\n"),
      "contracts/none.schema.json": .file("{] \(line)\n"),
      "auditor.yaml": """
      waivers: waivers.yaml
      contracts: [contracts]
      dod: {docs: dod, feed: evidence/feed.jsonl, registry: dod/registry.yaml}
      gates: [{map: gates/gates.map.yaml, root: gates/run}]

      """,
    ]
    for (index, token) in tokens.enumerated() {
      entries["src/names/\(token)/m-\(token).py"] = .file("p = '\(home)/\(index)' # TODO \(token)\n")
    }
    return entries
  }

  /// The secrets that stand somewhere in some bytes.
  func seen(in bytes: [UInt8]) -> [String] {
    let text = String(decoding: bytes, as: UTF8.self)
    return hearts.filter { text.contains($0) }
  }
}
