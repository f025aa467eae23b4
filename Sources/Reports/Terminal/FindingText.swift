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
        lines.append(style.strong(Printable.text(finding.location.path)))
      }
      lines += text(of: finding)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func text(of finding: Finding) -> [String] {
    let place = [finding.location.line, finding.location.column].compactMap { $0.map(String.init) }.joined(
      separator: ":")
    var lines = [
      "  \(padded(place, 8)) \(level(finding.level)) \(Printable.text(finding.message))  \(style.faint(finding.ruleID))"
    ]
    if let snippet = finding.snippet, !snippet.isEmpty {
      lines.append("           \(style.faint("│")) \(Printable.text(snippet))")
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

/// Pads to a width in columns of ASCII text.
func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

/// Makes text of an audited tree safe to print: no control character of it reaches the terminal.
enum Printable {
  static func text(_ text: String) -> String {
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09: safe.append(" ")
      case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: safe.append("\u{FFFD}")
      default: safe.append(scalar)
      }
    }
    return String(safe)
  }
}
