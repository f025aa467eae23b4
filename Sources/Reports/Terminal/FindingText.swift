import Formats
package import Rules

/// Findings for a person at a terminal: grouped by file, the place first, the fix below.
package struct FindingText {
  private let style: TerminalStyle

  /// A writer with a style.
  package init(_ style: TerminalStyle) {
    self.style = style
  }

  /// The open findings, a blank line between files; empty when there are none.
  package func text(_ findings: [Finding]) -> String {
    var lines: [String] = []
    var path: String?
    for finding in findings where finding.suppression == nil {
      if finding.location.path != path {
        if path != nil { lines.append("") }
        path = finding.location.path
        lines.append(style.strong(printable(finding.location.path)))
      }
      lines += text(of: finding)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func text(of finding: Finding) -> [String] {
    let place = [finding.location.line, finding.location.column].compactMap { $0.map(String.init) }.joined(
      separator: ":")
    var lines = [
      "  \(padded(place, 8)) \(level(finding.level)) \(printable(finding.message))  \(style.faint(finding.ruleID))"
    ]
    if let snippet = finding.snippet, !snippet.isEmpty {
      lines.append("           \(style.faint("│")) \(printable(snippet))")
    }
    if finding.level > .note { lines.append("           fix: \(finding.remediation)") }
    return lines
  }

  private func level(_ level: Severity) -> String {
    let word = padded(level.rawValue, 7)
    switch level {
    case .error: return style.bad(word)
    case .warning: return style.doubtful(word)
    case .note: return style.faint(word)
    }
  }
}
