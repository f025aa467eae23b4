/// The automatic failures in the code that made a bundle: open work, stand-ins, storage in memory, made-up identifiers,
/// decisions by an unrecorded clock, and hopes in the place of checks. The scan families find them; here they become
/// reasons of one verdict with the bundle.
package struct RealityCode: Sendable {
  /// What every code of this kind begins with.
  package static let prefix = "CODE"

  /// The trees or files that were looked at, as the caller names them.
  package let paths: [String]
  /// Files that rules were run over.
  package let filesScanned: Int
  /// Findings that a reasoned comment beside the code accepts; they are told and do not count.
  package let suppressedCount: Int
  /// What stands against the code, each with its file and line.
  package let reasons: [RealityReason]

  /// The code as a scan found it.
  ///
  /// - Parameter findings: in report order; those of other rules, and remarks, say nothing here.
  package init(_ findings: [Finding], paths: [String], filesScanned: Int) {
    self.paths = paths
    self.filesScanned = filesScanned
    var reasons = RealityReasons(RealityCode.prefix)
    var suppressedCount = 0
    for finding in findings {
      guard finding.level > .note, let name = RealityCode.name(for: finding) else { continue }
      if finding.suppression != nil {
        suppressedCount += 1
        continue
      }
      reasons.lie(name, "\(finding.message) [\(finding.ruleID)]", at: finding.location)
    }
    self.suppressedCount = suppressedCount
    self.reasons = reasons.all
  }

  /// Several trees as one.
  package init(joining all: [RealityCode]) {
    paths = all.flatMap(\.paths)
    filesScanned = all.reduce(0) { $0 + $1.filesScanned }
    suppressedCount = all.reduce(0) { $0 + $1.suppressedCount }
    reasons = all.flatMap(\.reasons)
  }

  /// Whether a rule looks for an automatic failure: such rules are run over the code, whatever a configuration disables.
  package static func isAutomaticFailure(_ rule: Rule) -> Bool {
    rule.severity > .note && names[rule.family] != nil
  }

  private static let names = [
    "todo-critical": "TODO_OR_FIXME", "mock-in-reality": "MOCK_IN_REALITY_PATH",
    "hardcoded-id": "HARDCODED_IDENTIFIER", "wallclock-decision": "UNRECORDED_WALL_CLOCK",
    "optimism-claim": "HEDGED_STATEMENT",
  ]

  private static func name(for finding: Finding) -> String? {
    guard let name = names[finding.family] else { return nil }
    // One family finds both kinds of stand-ins; what it found says which one it is.
    guard finding.family == "mock-in-reality", let line = finding.snippet?.utf8.map(ASCII.lowercased),
      line.firstRange(of: Array("memory".utf8)) != nil
    else { return name }
    return "IN_MEMORY_PERSISTENCE"
  }
}

extension RealityReason {
  /// Whether it is about the code that made the bundle, and its place is one in that code.
  package var isAboutCode: Bool { code.hasPrefix("\(RealityCode.prefix).") }
}
