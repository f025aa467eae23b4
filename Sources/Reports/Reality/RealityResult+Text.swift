package import Rules

extension RealityResult {
  /// The answer for a person: what is wrong, gate by gate, and last what the bundle proves.
  package func text(style: TerminalStyle) -> String {
    var text = ""
    for gate in gates {
      text += "\(style.mark(gate)) gate \(gate.number)  \(gate.title)\n"
      text += lines(gate.reasons, style)
    }
    if !reasons.isEmpty { text += style.strong("The bundle as a whole") + "\n" + lines(reasons, style) }
    return text + "\n\(style.mark(status)) \(style.strong(verdict.rawValue)): \(printable(runID)), \(meaning)\n"
  }

  private func lines(_ reasons: [RealityReason], _ style: TerminalStyle) -> String {
    reasons.map { reason in
      let place = reason.path.map { path in " (\(path)\(reason.line.map { ":\($0)" } ?? ""))" } ?? ""
      let name = reason.kind == .missing ? style.doubtful(reason.code) : style.bad(reason.code)
      return "      \(name)\n          \(printable(reason.explanation))\(style.faint(place))\n"
    }.joined()
  }

  private var meaning: String {
    switch verdict {
    case .real: "the evidence on disk proves what was targeted"
    case .hollow: "the evidence refutes what it should prove"
    case .unproven:
      allReasons.isEmpty
        ? "nothing is wrong, but REAL needs gates 1, 2 and 3 to be targeted" : "proof is missing, nothing is disproved"
    }
  }
}

extension TerminalStyle {
  fileprivate func mark(_ status: RealityStatus) -> String {
    switch status {
    case .green: good("GREEN ")
    case .yellow: doubtful("YELLOW")
    case .red: bad("RED   ")
    }
  }

  fileprivate func mark(_ gate: RealityGateResult) -> String {
    if !gate.isTargeted { return faint("–     ") }
    return gate.reasons.isEmpty ? good("PASS  ") : bad("FAIL  ")
  }
}
