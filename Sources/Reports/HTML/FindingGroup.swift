import Rules

/// The findings of one rule: all of them counted, some of them kept.
struct FindingGroup {
  /// The rule.
  let ruleID: String
  /// The gravest level among them.
  private(set) var level: Severity
  /// How many there are.
  private(set) var count = 0
  /// In how many files, as far as they stand together.
  private(set) var fileCount = 0
  /// The first of them, in report order.
  private(set) var first: [Finding] = []
  private var lastPath: String?

  private init(ruleID: String, level: Severity) {
    self.ruleID = ruleID
    self.level = level
  }

  private mutating func take(_ finding: Finding) {
    level = max(level, finding.level)
    count += 1
    if finding.location.path != lastPath { fileCount += 1 }
    lastPath = finding.location.path
    if first.count < PageLimits.findingsOfRule { first.append(finding) }
  }

  /// Findings by rule, gravest first, then by id. One pass, and no more memory than is shown.
  static func groups(of findings: [Finding], where isWanted: (Finding) -> Bool) -> [FindingGroup] {
    var places: [String: Int] = [:]
    var groups: [FindingGroup] = []
    for finding in findings where isWanted(finding) {
      let place = places[finding.ruleID] ?? groups.count
      if place == groups.count {
        places[finding.ruleID] = place
        groups.append(FindingGroup(ruleID: finding.ruleID, level: finding.level))
      }
      groups[place].take(finding)
    }
    return groups.sorted {
      $0.level == $1.level ? $0.ruleID.utf8.lexicographicallyPrecedes($1.ruleID.utf8) : $0.level > $1.level
    }
  }
}
