package import Rules

extension PackResult {
  /// The result for a person at a terminal: by file, each finding at its line, and last the verdict.
  package func text(style: TerminalStyle) -> String {
    var text = ""
    var path: String?
    for finding in findings {
      if finding.location.path != path {
        if path != nil { text += "\n" }
        path = finding.location.path
        text += style.strong(printable(finding.location.path)) + "\n"
      }
      text += finding.lines(style)
    }
    if !findings.isEmpty { text += "\n" }
    return text + GapText(style).text(unevaluated) + verdict(style)
  }

  private func verdict(_ style: TerminalStyle) -> String {
    let looked =
      "\(counted(outputCount, "output")), \(counted(gateCount, "gate")), \(counted(contracts.count, "contract")), \(counted(inputs.count, "file")) read"
    if !unevaluated.isEmpty { return "\(style.bad("no verdict")): \(looked)\n" }
    if findings.isEmpty { return "\(style.good("clean")): \(looked)\n" }
    let told = counts.map { "\($0.count) \($0.rule.rawValue)" }.joined(separator: ", ")
    return "\(style.bad("not clean")): \(counted(findings.count, "finding")) (\(told)); \(looked)\n"
  }

  private func counted(_ count: Int, _ what: String) -> String { count == 1 ? "1 \(what)" : "\(count) \(what)s" }
}

extension PackFinding {
  fileprivate func lines(_ style: TerminalStyle) -> String {
    let position = [location.line, location.column].compactMap { $0.map(String.init) }.joined(separator: ":")
    return "  \(padded(position, 8)) \(style.bad(rule.rawValue)) \(printable(place))\n"
      + "           \(printable(message))\n           fix: \(rule.remediation)\n"
  }
}
