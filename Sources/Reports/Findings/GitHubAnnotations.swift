import Rules

/// Findings as workflow commands of GitHub Actions: annotations beside the changed lines.
///
/// GitHub shows ten errors and ten warnings a step; what is left out is said, so that nobody takes ten for all.
package struct GitHubAnnotations {
  /// The most annotations of one level.
  static let most = 10

  private let set: FindingSet

  /// Annotations of a run.
  package init(_ set: FindingSet) { self.set = set }

  /// A line a finding, gaps first. Of more than GitHub shows, the last line of a level says how many are not told.
  package func text() throws -> String {
    var errors = set.unevaluated.prefix(Self.most).map { gap in
      line("error", "cannot be evaluated", gap.location, gap.message)
    }
    errors += try lines(.error)
    var text = told(errors, .error, of: set.unevaluated.count + set.findings.tally.open(.error))
    for level in [Severity.warning, .note] {
      text += told(try lines(level), level, of: set.findings.tally.open(level))
    }
    return text
  }

  private func lines(_ level: Severity) throws -> [String] {
    try set.findings.open(level, first: Self.most).map { finding in
      line(command(level), finding.ruleID, finding.location, "\(finding.message)\n\(finding.remediation)")
    }
  }

  private func told(_ lines: [String], _ level: Severity, of count: Int) -> String {
    if count <= Self.most { return lines.joined() }
    let shown = Self.most - 1
    return lines.prefix(shown).joined()
      + "::\(command(level)) title=auditor::\(count - shown) more of level \(level.rawValue); the report names all\n"
  }

  private func command(_ level: Severity) -> String {
    switch level {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  private func line(_ command: String, _ title: String, _ location: Location, _ message: String) -> String {
    var properties = ["file=\(property(location.path))"]
    if let line = location.line { properties.append("line=\(line)") }
    if let endLine = location.endLine { properties.append("endLine=\(endLine)") }
    properties.append("title=\(property(title))")
    return "::\(command) \(properties.joined(separator: ","))::\(data(message))\n"
  }

  /// What a command's text must not hold as it is.
  private func data(_ text: String) -> String { escaped(text, alsoProperty: false) }

  private func property(_ text: String) -> String { escaped(text, alsoProperty: true) }

  private func escaped(_ text: String, alsoProperty: Bool) -> String {
    // Escaped, an address with a password is not known any more.
    SecretMask.masked(text).unicodeScalars.map { scalar in
      switch scalar {
      case "%": "%25"
      case "\r": "%0D"
      case "\n": "%0A"
      case ":" where alsoProperty: "%3A"
      case "," where alsoProperty: "%2C"
      // A log is read on terminals too. Names keep what only looks odd, or GitHub would not find the file.
      case _ where alsoProperty ? scalar.properties.generalCategory == .control : scalar.isHidden: scalar.escaped
      default: String(scalar)
      }
    }.joined()
  }
}
