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

  /// Writes the open findings as `text` tells them.
  func write(_ findings: FindingList, to sink: ReportSink) throws {
    var waiting = ""
    var isFirst = true
    try findings.eachFile { file in
      let part = text(file)
      if part.isEmpty { return }
      waiting += (isFirst ? "" : "\n") + part
      isFirst = false
      if waiting.utf8.count >= 1 << 16 {
        try sink(Array(waiting.utf8))
        waiting = ""
      }
    }
    if !waiting.isEmpty { try sink(Array(waiting.utf8)) }
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
