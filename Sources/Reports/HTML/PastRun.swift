package import Formats
package import Rules

/// An earlier run as a page draws it: when, of what, and what it came to.
package struct PastRun: Sendable, Hashable {
  /// When it was made.
  package let time: Timestamp
  /// The commit that was audited.
  package let gitHead: String?
  /// What the process answered.
  package let exitStatus: ExitStatus
  /// How many phases had each verdict.
  package let verdicts: [Verdict: Int]
  /// How many findings of each level were open.
  package let openFindings: [Severity: Int]

  /// An earlier run.
  package init(
    time: Timestamp, gitHead: String?, exitStatus: ExitStatus, verdicts: [Verdict: Int], openFindings: [Severity: Int]
  ) {
    self.time = time
    self.gitHead = gitHead
    self.exitStatus = exitStatus
    self.verdicts = verdicts
    self.openFindings = openFindings
  }

  /// A run of today, among earlier ones.
  package init(_ run: AuditRun) {
    self.init(
      time: run.time, gitHead: run.gitHead, exitStatus: run.exitStatus,
      verdicts: Dictionary(uniqueKeysWithValues: Verdict.allCases.map { ($0, run.count($0)) }),
      openFindings: Dictionary(uniqueKeysWithValues: Severity.allCases.map { ($0, run.openCount($0)) }))
  }
}
