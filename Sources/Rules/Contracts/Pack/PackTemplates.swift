import Formats

extension InterfacePack {
  /// Path templates, partitions and scopes (LINT_RULES section 3).
  package var templateFindings: [PackFinding] {
    outputs.flatMap(outputFindings) + gates.flatMap(gateTemplateFindings)
  }

  private func outputFindings(_ output: PackEntry) -> [PackFinding] {
    let partitions = output.value.names("partitions")
    let names = partitions.map(\.text)
    var findings: [PackFinding] = []
    var used: [String] = []
    if let value = output["path_template"] {
      let template = TemplateTokens(value.label)
      used = template.names
      findings += commonFindings(output, "path_template", value)
      for token in used where !names.contains(where: { $0.utf8.elementsEqual(token.utf8) }) {
        findings.append(
          output.finding(
            .templateToken, "path_template/\(token)", at: value.position,
            "{\(token)} is none of the partitions (\(names.joined(separator: ", ")))"))
      }
    }
    for partition in partitions where !used.contains(where: { $0.utf8.elementsEqual(partition.text.utf8) }) {
      findings.append(
        output.finding(
          .partitionUnused, "partitions/\(partition.text)", at: partition.position,
          "path_template has no {\(partition.text)}"))
    }
    return findings + scopeFindings(output, names)
  }

  func gateTemplateFindings(_ gate: PackEntry) -> [PackFinding] {
    let scope = gate["scope"]?.label ?? ""
    var findings: [PackFinding] = []
    for field in PackEntry.templateFields {
      guard let value = gate[field] else { continue }
      findings += commonFindings(gate, field, value)
      for name in TemplateTokens(value.label).names where RunToken(rawValue: name)?.isGranted(by: scope) != true {
        findings.append(
          gate.finding(
            .templateToken, "\(field)/\(name)", at: value.position, "the scope '\(scope)' does not grant {\(name)}"))
      }
    }
    return findings
  }

  /// What is said of any template.
  private func commonFindings(_ entry: PackEntry, _ field: String, _ value: Value) -> [PackFinding] {
    let template = trimmedText(value.label)
    var findings: [PackFinding] = []
    func add(_ rule: PackRule, _ message: String) {
      findings.append(entry.finding(rule, field, at: value.position, message))
    }
    if !template.utf8.elementsEqual(value.label.utf8) {
      add(.templateWhitespace, "white space at an end of the template")
    }
    if TemplateTokens(template).hasStrayBrace {
      add(.templateBrace, "a brace that is part of no {name}: '\(template)'")
    }
    if template.utf8.first == UInt8(ascii: "/") {
      add(.templateEscape, "the path is absolute: '\(template)'")
    } else if template.utf8.split(separator: UInt8(ascii: "/")).contains(where: { $0.elementsEqual("..".utf8) }) {
      add(.templateEscape, "the path has a part '..': '\(template)'")
    }
    return findings
  }

  private func scopeFindings(_ output: PackEntry, _ partitions: [String]) -> [PackFinding] {
    let scope = output["scope"]?.label ?? ""
    let isRight =
      partitions.isEmpty
      ? scope == "scope_global" : ScopeName.isJoined(partitions, in: scope)
    if isRight { return [] }
    let expected = partitions.isEmpty ? "scope_global" : "scope_\(partitions.joined(separator: "_"))"
    return [
      output.finding(
        .scopePartitions, "scope", at: output["scope"]?.position,
        "expected '\(expected)' (in any order), found '\(scope)'")
    ]
  }
}

extension PackEntry {
  /// The templates of a gate.
  static let templateFields = ["passed_flag_path_template", "bundle_root_template", "index_path_template"]
}

/// Names of scopes: `scope_` and partitions joined by `_`, in any order.
enum ScopeName {
  /// The most attempts at telling which partition comes next; only partitions that are made of each other take many.
  private static let attemptLimit = 10_000

  /// Whether a scope is made of exactly these partitions.
  static func isJoined(_ partitions: [String], in scope: String) -> Bool {
    let prefix = "scope_"
    guard scope.utf8.starts(with: prefix.utf8) else { return false }
    let text = Array(scope.utf8.dropFirst(prefix.utf8.count))
    let names = partitions.map { Array($0.utf8) }
    guard text.count == names.reduce(names.count - 1, { $0 + $1.count }) else { return false }
    var attempts = 0
    return isMade(of: names, text[...], &attempts)
  }

  private static func isMade(of names: [[UInt8]], _ text: ArraySlice<UInt8>, _ attempts: inout Int) -> Bool {
    attempts += 1
    if attempts > attemptLimit { return false }
    if names.count == 1 { return text.elementsEqual(names[0]) }
    var tried: [[UInt8]] = []
    for (index, name) in names.enumerated() where !tried.contains(name) {
      tried.append(name)
      guard text.starts(with: name), text.dropFirst(name.count).first == UInt8(ascii: "_") else { continue }
      var rest = names
      rest.remove(at: index)
      if isMade(of: rest, text.dropFirst(name.count + 1), &attempts) { return true }
    }
    return false
  }
}
