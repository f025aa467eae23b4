/// How many findings there are, by what decides an outcome and what reports tell of all of them.
package struct FindingTally: Sendable, Hashable {
  /// All findings, suppressed ones included.
  package private(set) var count = 0
  /// The rules that found something.
  package private(set) var ruleIDs: Set<String> = []
  private var openByLevel: [Severity: Int] = [:]
  private var suppressedByKind: [Finding.Suppression.Kind: Int] = [:]

  /// Counts nothing yet.
  package init() {}

  /// Counts findings.
  package init(_ findings: [Finding]) {
    for finding in findings { add(finding) }
  }

  /// Counts one more.
  package mutating func add(_ finding: Finding) {
    count += 1
    if !ruleIDs.contains(finding.ruleID) { ruleIDs.insert(finding.ruleID) }
    if let suppression = finding.suppression {
      suppressedByKind[suppression.kind, default: 0] += 1
    } else {
      openByLevel[finding.level, default: 0] += 1
    }
  }

  /// Those that count.
  package var open: Int { openByLevel.values.reduce(0, +) }

  /// Those that do not count.
  package var suppressed: Int { count - open }

  /// Those that count, of one level.
  package func open(_ level: Severity) -> Int { openByLevel[level] ?? 0 }

  /// Those that do not count, for one reason.
  package func suppressed(_ kind: Finding.Suppression.Kind) -> Int { suppressedByKind[kind] ?? 0 }

  /// Whether one that counts fails a run.
  package func reaches(_ threshold: FailureThreshold) -> Bool {
    openByLevel.contains { $0.value > 0 && threshold.isReached(by: $0.key) }
  }
}
