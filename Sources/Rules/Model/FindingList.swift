/// Where findings are kept that are too many to be held.
package protocol FindingSource: Sendable {
  /// Hands over the findings file by file, in report order: those of one rule, or all.
  ///
  /// - Throws: what the body throws, and an error where they cannot be read back.
  func eachFile(ofRule ruleID: String?, _ body: ([Finding]) throws -> Void) throws
}

/// Findings in report order, suppressed ones included, that reports go through as often as they like. At most those of one
/// file need memory at a time.
package struct FindingList: Sendable {
  /// How many there are, known without going through them.
  package let tally: FindingTally
  private let source: any FindingSource

  /// Findings that are kept elsewhere.
  package init(_ source: any FindingSource, tally: FindingTally) {
    self.source = source
    self.tally = tally
  }

  /// Findings that are held, in report order.
  package init(_ findings: [Finding]) {
    self.init(HeldFindings(findings: findings), tally: FindingTally(findings))
  }

  /// Hands over the findings file by file; of one rule, or of all.
  package func eachFile(ofRule ruleID: String? = nil, _ body: ([Finding]) throws -> Void) throws {
    if tally.count > 0, ruleID.map({ tally.ruleIDs.contains($0) }) ?? true { try source.eachFile(ofRule: ruleID, body) }
  }

  /// Hands over the findings one by one.
  package func each(_ body: (Finding) throws -> Void) throws {
    try eachFile { findings in
      for finding in findings { try body(finding) }
    }
  }

  /// The first that count, of one level.
  package func open(_ level: Severity, first most: Int) throws -> [Finding] {
    var found: [Finding] = []
    guard most > 0, tally.open(level) > 0 else { return found }
    do {
      try each { finding in
        guard finding.suppression == nil, finding.level == level else { return }
        found.append(finding)
        if found.count == most { throw Enough() }
      }
    } catch is Enough {}
    return found
  }

  private struct Enough: Error {}
}

extension AuditRun {
  /// The findings, as reports go through them.
  package var list: FindingList { FindingList(HeldFindings(findings: findings), tally: tally) }
}

private struct HeldFindings: FindingSource {
  let findings: [Finding]

  func eachFile(ofRule ruleID: String?, _ body: ([Finding]) throws -> Void) throws {
    var start = 0
    while start < findings.count {
      let path = findings[start].location.path
      let end = findings[start...].firstIndex { $0.location.path != path } ?? findings.count
      let file = findings[start..<end].filter { ruleID == nil || $0.ruleID == ruleID }
      if !file.isEmpty { try body(file) }
      start = end
    }
  }
}
