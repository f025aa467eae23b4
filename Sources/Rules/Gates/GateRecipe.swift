/// How a gate's digest is recomputed with nothing but a shell: for whoever would rather not believe `auditor`.
package struct GateRecipe: Sendable {
  private let gate: GateDefinition
  private let paths: GatePaths

  /// The recipe of a gate whose evidence lies at these paths.
  package init(_ gate: GateDefinition, paths: GatePaths) {
    self.gate = gate
    self.paths = paths
  }

  /// The law in a sentence.
  package var law: String {
    switch gate.law.kind {
    case .bundle: "SHA-256 over the bytes of all files below the bundle folder, in the order of their paths' bytes"
    case .memberDigests: "SHA-256 over the digests that the index lists, joined as they are written"
    case .indexedFiles:
      "SHA-256 over the bytes of the files that the index lists, "
        + (gate.law.isSorted ? "in the order of their paths' bytes" : "in the order listed")
    case nil: "no law that is known; the gate cannot pass"
    }
  }

  /// Names that are left out, in byte order.
  package var excluded: [String] {
    gate.law.excludedNames.sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Command lines for a POSIX shell in the root, the last of which prints the digest; empty under an unknown law.
  package var commands: [String] {
    switch gate.law.kind {
    case .bundle:
      let names = excluded.map { " ! -name \(quoted(escapedForFind($0)))" }.joined()
      return [
        "cd \(quoted("./" + paths.bundle))",
        "find . -xtype f\(names) -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 cat -- | sha256sum",
      ]
    case .memberDigests:
      let lists = "(if ((.members // []) | length) > 0 then .members else (.items // []) end)"
      let field = gate.law.digestField ?? "sha256_hex"
      return [
        "jq -j \(quoted("\(lists)[] | .[\"\(field)\"] // empty")) \(quoted("./" + (paths.index ?? ""))) | sha256sum"
      ]
    case .indexedFiles:
      let lists =
        "(if type == \"array\" then . else ([.items, .members, .entries, .files] | map(select(. != null and . != [])) | .[0] // []) end)"
      let names = excluded.map { "(. != \(jsonText($0)) and (split(\"/\") | last) != \(jsonText($0)))" }
      let filter = names.isEmpty ? "" : " | select(\(names.joined(separator: " and ")))"
      let list = "jq -r \(quoted("\(lists)[] | .path // empty\(filter)")) \(quoted("./" + (paths.index ?? "")))"
      let base = gate.law.pathBase == .bundleRoot ? "cd \(quoted("./" + paths.bundle)) && " : ""
      return [
        "\(list)\(gate.law.isSorted ? " | LC_ALL=C sort" : "") | (\(base)tr '\\n' '\\0' | xargs -0 cat --) | sha256sum"
      ]
    case nil: return []
    }
  }

  /// The command line that prints the sealed digest.
  package var flagCommand: String { "cat \(quoted("./" + paths.flag))" }

  private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

  private func escapedForFind(_ name: String) -> String {
    name.replacing("\\", with: "\\\\").replacing("*", with: "\\*").replacing("?", with: "\\?").replacing(
      "[", with: "\\[")
  }

  private func jsonText(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
