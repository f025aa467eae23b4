import Formats

extension InterfacePack {
  /// Whether each gate can be verified at all (LINT_RULES section 4).
  package var gateFindings: [PackFinding] { gates.flatMap(methodFindings) }

  private func methodFindings(_ gate: PackEntry) -> [PackFinding] {
    let method = gate["verification_method"]
    let kindName = method?.member("kind")?.label
    let kind = kindName.flatMap { name in HashLaw.Kind.allCases.first { $0.rawValue.utf8.elementsEqual(name.utf8) } }
    var findings = fieldFindings(gate, method, kind)
    if kind == nil {
      let found = kindName.map { "'\($0)'" } ?? "none"
      findings.append(
        gate.finding(
          .gateLaw, "verification_method/kind", at: method?.member("kind")?.position ?? method?.position,
          "found \(found), expected one of \(HashLaw.Kind.allCases.map(\.rawValue).joined(separator: ", "))"))
    }
    findings += orderingFindings(gate, method, kind)
    if let base = method?.member("path_base"), HashLaw.PathBase(rawValue: base.label) == nil {
      findings.append(
        gate.finding(
          .gatePathBase, "verification_method/path_base", at: base.position,
          "found '\(base.label)', expected bundle_root or run_root"))
    }
    return findings + hashedFlagFindings(gate, method, kind)
  }

  private func fieldFindings(_ gate: PackEntry, _ method: Value?, _ kind: HashLaw.Kind?) -> [PackFinding] {
    var needed = ["passed_flag_path_template", "bundle_root_template"]
    if kind == .memberDigests || kind == .indexedFiles { needed.append("index_path_template") }
    var findings = needed.filter { gate[$0]?.label.isEmpty ?? true }.map { field in
      gate.finding(.gateField, field, "the gate has no \(field)")
    }
    if method?.member("digest_field")?.label.isEmpty ?? true {
      findings.append(
        gate.finding(
          .gateField, "verification_method/digest_field", at: method?.position,
          "the gate does not say which field of the flag holds the digest"))
    }
    return findings
  }

  private func orderingFindings(_ gate: PackEntry, _ method: Value?, _ kind: HashLaw.Kind?) -> [PackFinding] {
    guard let ordering = method?.member("ordering") else { return [] }
    let known = kind == .bundle ? ["ascii_lex"] : ["ascii_lex", "index_order", "members_array_order"]
    if known.contains(ordering.label) { return [] }
    return [
      gate.finding(
        .gateOrdering, "verification_method/ordering", at: ordering.position,
        "found '\(ordering.label)', expected \(known.joined(separator: ", "))"
          + (kind == .bundle ? " under \(HashLaw.Kind.bundle.rawValue)" : ""))
    ]
  }

  private func hashedFlagFindings(_ gate: PackEntry, _ method: Value?, _ kind: HashLaw.Kind?) -> [PackFinding] {
    guard kind == .bundle, let flag = gate["passed_flag_path_template"]?.label,
      let bundle = gate["bundle_root_template"]?.label, !flag.isEmpty, !bundle.isEmpty
    else { return [] }
    let excluded = method?.names("exclude_filenames") ?? []
    let flagParts = InterfacePack.parts(trimmedText(flag))
    guard flagParts.count > InterfacePack.parts(trimmedText(bundle)).count,
      flagParts.starts(with: InterfacePack.parts(trimmedText(bundle))), let name = flagParts.last,
      !excluded.contains(where: { $0.text.utf8.elementsEqual(name) })
    else { return [] }
    let shown = String(decoding: name, as: UTF8.self)
    return [
      gate.finding(
        .gateFlagHashed, "verification_method/exclude_filenames",
        at: method?.member("exclude_filenames")?.position ?? method?.position,
        "the flag '\(shown)' lies below the bundle folder and is hashed with it, so the gate can never pass")
    ]
  }

  /// The parts of a path as far as they can be told from the text: `.` and empty ones say nothing, `..` takes one back.
  private static func parts(_ path: String) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    for part in path.utf8.split(separator: UInt8(ascii: "/")) where !part.elementsEqual(".".utf8) {
      if part.elementsEqual("..".utf8), !parts.isEmpty, parts.last != Array("..".utf8) {
        parts.removeLast()
      } else {
        parts.append(Array(part))
      }
    }
    return parts
  }
}
