package import Rules

extension GateAnswer {
  /// The answer for a person at a terminal: one line a gate, below a failing one which members differ, and last the
  /// verdict on the whole.
  package func text() -> String {
    if let refusal { return "ERROR  \(printable(refusal.message))\n" }
    let width = gates.map { printable($0.gateID).unicodeScalars.count }.max() ?? 0
    var text = ""
    for gate in gates {
      text += "\(padded(gate.status.rawValue, 8))  \(padded(printable(gate.gateID), width))  \(gate.line)\n"
      text += gate.differences()
    }
    return text + summary()
  }

  /// The required gates, one a line.
  package func closureText() -> String {
    if let refusal { return "ERROR  \(printable(refusal.message))\n" }
    return requiredGates.map { "\(printable($0))\n" }.joined()
  }

  private func summary() -> String {
    if gates.isEmpty { return "PASS: no gate is required\n" }
    let counts = GateResult.Status.allCases.map { status in (status, gates.count { $0.status == status }) }
    let told = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")
    return "\(status): \(gates.count == 1 ? "1 gate" : "\(gates.count) gates") required: \(told)\n"
  }
}

extension GateResult {
  /// The most members that are named below a failing gate; JSON names all.
  private static let shownMembers = 20

  fileprivate var line: String {
    let reason = printable(reason.description) + comparison
    guard status == .fail, expectedDigest != actualDigest, let expectedDigest, let actualDigest else { return reason }
    return "\(reason): sealed \(shortened(expectedDigest)), recomputed \(shortened(actualDigest))"
  }

  private var comparison: String {
    guard let comparedMembers, status == .pass else { return "" }
    return comparedMembers == 0
      ? "; the index carries no digests to compare members with" : "; \(comparedMembers) as the index says"
  }

  fileprivate func differences() -> String {
    var text = differingMembers.prefix(Self.shownMembers).map { "          differs: \(printable($0))\n" }.joined()
    let rest = differingMembers.count - Self.shownMembers
    if rest > 0 { text += "          and \(rest) more; --format json names them all\n" }
    return text
  }

  /// Enough of a digest to tell two apart at a glance. What a flag holds may be anything.
  private func shortened(_ digest: String) -> String {
    let shown = printable(digest).unicodeScalars
    return shown.count <= 16 ? "'\(String(shown))'" : "\(String(shown.prefix(12)))…"
  }
}
