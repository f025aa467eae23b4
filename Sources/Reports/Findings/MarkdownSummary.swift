package import Rules

/// A run as Markdown for a comment on a merge request or a step summary: the answer first, then what to look at.
///
/// GitHub refuses comments above 64 KB, so the lists are cut with a count of what was left out.
package struct MarkdownSummary {
  /// The most bytes of the text.
  package static let mostBytes = 60_000

  private let set: FindingSet
  private let phases: [PhaseResult]
  private let gates: [GateResult]

  /// A summary of an audit.
  package init(_ run: AuditRun) {
    set = FindingSet(run)
    phases = run.phases
    gates = run.gates
  }

  /// A summary of a scan.
  package init(_ set: FindingSet) {
    self.set = set
    phases = []
    gates = []
  }

  /// The text.
  package func text() throws -> String {
    var text = "### auditor: \(set.exitStatus.name)\n\n\(counts)\n"
    if !phases.isEmpty {
      text += "\n| phase | verdict | missing |\n|---|---|---|\n"
      append(
        phases.map { "| \(code($0.phaseID)) | \($0.verdict.rawValue) | \(missing($0)) |\n" }, "phases", to: &text)
    }
    if !gates.isEmpty {
      text += "\n| gate | status | |\n|---|---|---|\n"
      append(
        gates.map { "| \(code($0.gateID)) | \($0.status.rawValue) | \(cell($0.reason.description)) |\n" }, "gates",
        to: &text)
    }
    if !set.unevaluated.isEmpty {
      text += "\n**Could not be evaluated**\n\n"
      append(set.unevaluated.map { "- \(code($0.location.description)): \(inline($0.message))\n" }, "gaps", to: &text)
    }
    let tally = set.findings.tally
    if tally.open > 0 {
      text += "\n| level | where | what | rule |\n|---|---|---|---|\n"
      // No more than this many rows fit.
      let rows = try Severity.allCases.sorted(by: >).flatMap { try set.findings.open($0, first: Self.mostRows) }.map {
        "| \($0.level.rawValue) | \(code($0.location.description)) | \(cell($0.message)) | \(code($0.ruleID)) |\n"
      }
      append(rows, "findings", of: tally.open, to: &text)
    }
    return text
  }

  private static let mostRows = mostBytes / 24

  private var counts: String {
    let tally = set.findings.tally
    let levels = Severity.allCases.sorted(by: >).map { level in
      let count = tally.open(level)
      return "\(count) \(level.rawValue)\(count == 1 ? "" : "s")"
    }
    return levels.joined(separator: ", ") + (tally.suppressed > 0 ? ", \(tally.suppressed) suppressed" : "") + "."
  }

  private func missing(_ phase: PhaseResult) -> String {
    let codes = phase.missing.map { code($0.requirement.code) }
    let shown = codes.prefix(5).joined(separator: ", ")
    return codes.count > 5 ? "\(shown) and \(codes.count - 5) more" : shown
  }

  /// Adds the lines that fit, and says how many of `count` did not.
  private func append(_ lines: [String], _ what: String, of count: Int? = nil, to text: inout String) {
    var shown = 0
    for line in lines {
      guard text.utf8.count + line.utf8.count < Self.mostBytes else { break }
      text += line
      shown += 1
    }
    let left = (count ?? lines.count) - shown
    if left > 0 { text += "\n…and \(left) more \(what); the report names all.\n" }
  }

  /// Text of the tree in a table cell: nothing in it is markup.
  private func cell(_ text: String) -> String {
    inline(text).split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  /// Secrets are masked first: with its backslashes one is not known any more.
  private func inline(_ text: String) -> String {
    var shown = ""
    for scalar in printable(SecretMask.masked(text)).unicodeScalars {
      if "\\`*_{}[]<>()#+!~&".unicodeScalars.contains(scalar) { shown += "\\" }
      shown.unicodeScalars.append(scalar)
    }
    return shown
  }

  /// A code span: its text is not read as markup; a backtick would end it.
  private func code(_ text: String) -> String {
    let shown = printable(text).split(separator: "`", omittingEmptySubsequences: false).joined(separator: "'")
    return "`\(shown.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|"))`"
  }
}
