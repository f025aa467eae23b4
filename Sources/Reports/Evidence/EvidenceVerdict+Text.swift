package import Rules

extension EvidenceVerdict {
  /// The verdict for a person at a terminal: gates, what is missing, identifiers, and last the class.
  package func text() -> String {
    var text = ""
    let width = gates.map { printable($0.gateID).unicodeScalars.count }.max() ?? 0
    for gate in gates {
      let line = "\(padded(gate.status.rawValue, 8))  \(padded(printable(gate.gateID), width))"
      text += "\(line)  \(printable(gate.reason.description))\n"
    }
    for id in missing where !gates.contains(where: { $0.gateID.utf8.elementsEqual(id.utf8) }) {
      text += "\(padded("MISSING", 8))  \(printable(id))  no file of this output\n"
    }
    text += "run \(runID)"
    if let plan { text += ", plan \(plan.hash.prefix(12))…, evidence may arrive until \(plan.deadline.utcText)" }
    text += "\n"
    if let bundleHash { text += "bundle \(bundleHash)\n" }
    let told = [reason?.rawValue, detail.isEmpty ? nil : printable(detail)].compactMap { $0 }.joined(separator: ": ")
    return text + "\(status.rawValue)" + (told.isEmpty ? "" : ": \(told)") + " (run state \(state))\n"
  }
}

extension EvidenceRun {
  /// A line: the request, the class of its evidence, why, and what is missing.
  func text(width: Int, style: TerminalStyle) -> String {
    let word = padded(verdict.status.rawValue, 8)
    let shown =
      switch verdict.status {
      case .complete: style.good(word)
      case .waiting: style.doubtful(word)
      case .fail, .conflict: style.bad(word)
      }
    let gates = verdict.gates.filter { $0.status != .pass && $0.status != .missing }
    let about = [verdict.reason?.rawValue, verdict.detail.isEmpty ? nil : verdict.detail].compactMap { $0 }
    let names = (verdict.missing + gates.map { "\($0.gateID) is \($0.status.rawValue)" }).map(printable)
    var text = "  \(padded(printable(request), width))  \(shown)"
    if !about.isEmpty { text += "  \(printable(about.joined(separator: ": ")))" }
    if !names.isEmpty { text += "  \(names.joined(separator: ", "))" }
    return text + "\n"
  }
}
