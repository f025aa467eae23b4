package import Rules

extension RealityResult {
  /// The answer for a person: what is wrong, gate by gate, and last what the bundle proves.
  package func text(style: TerminalStyle) -> String {
    var text = ""
    for gate in gates {
      text += "\(style.mark(gate)) gate \(gate.number)  \(gate.title)\n"
      text += lines(gate.reasons, style)
    }
    let ofBundle = reasons.filter { !$0.isAboutCode }
    if !ofBundle.isEmpty { text += style.strong("The bundle as a whole") + "\n" + lines(ofBundle, style) }
    if let code {
      let accepted = code.suppressedCount == 0 ? "" : ", \(code.suppressedCount) findings accepted beside the code"
      text += "\(code.reasons.isEmpty ? style.good("PASS  ") : style.bad("FAIL  ")) the code that made it"
      text += "  \(printable(code.paths.joined(separator: ", "))): \(code.filesScanned) files\(accepted)\n"
      text += lines(code.reasons, style)
    }
    return text + "\n\(style.mark(status)) \(style.strong(verdict.rawValue)): \(printable(runID)), \(meaning)\n"
  }

  private func lines(_ reasons: [RealityReason], _ style: TerminalStyle) -> String {
    reasons.map { reason in
      let place = reason.path.map { path in " (\(printable(path))\(reason.line.map { ":\($0)" } ?? ""))" } ?? ""
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

extension RealityRun {
  private static let mostReasons = 3

  /// A line for the bundle, and one for each of the gravest things that are wrong with it.
  func text(width: Int, style: TerminalStyle) -> String {
    var text = "  \(padded(printable(path), width))  \(style.mark(result.status)) \(result.verdict.rawValue)"
    text += result.code == nil ? "\n" : "  with the code that made it\n"
    let all = result.allReasons
    let shown = (all.filter { $0.kind == .lie } + all.filter { $0.kind != .lie }).prefix(Self.mostReasons)
    for reason in shown {
      text += "    \(style.bad(reason.code))  \(printable(reason.explanation))"
      text += style.faint(" (\(printable(place(of: reason).description)))") + "\n"
    }
    if all.count > shown.count { text += "    and \(all.count - shown.count) more\n" }
    return text
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
