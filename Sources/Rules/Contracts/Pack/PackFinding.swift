package import Formats

/// One thing that is wrong with an interface pack (LINT_RULES).
package struct PackFinding: Sendable, Hashable {
  /// Which rule is broken.
  package let rule: PackRule
  /// What breaks it: a path through ids (`outputs/ID/path_template`), or a file of the pack.
  package let place: String
  /// Where that stands: a file below the pack root, and its line.
  package let location: Location
  /// What was found and what was expected.
  package let message: String

  /// A finding at a place of a file; at the file as a whole without a position.
  package init(_ rule: PackRule, _ place: String, path: String, at position: SourcePosition?, _ message: String) {
    self.rule = rule
    self.place = place
    self.message = message
    location = Location(path: path, line: position?.line, column: position?.column)
  }
}

extension PackFinding {
  /// Findings in the order of the files and lines, each pair of rule and place once.
  package static func listing(_ findings: [PackFinding]) -> [PackFinding] {
    var seen: Set<[UInt8]> = []
    return findings.sorted(by: precedes).filter { seen.insert(Array("\($0.rule.rawValue) \($0.place)".utf8)).inserted }
  }

  private static func precedes(_ left: PackFinding, _ right: PackFinding) -> Bool {
    if left.location.path != right.location.path {
      return left.location.path.utf8.lexicographicallyPrecedes(right.location.path.utf8)
    }
    let leftPlace = (left.location.line ?? 0, left.location.column ?? 0)
    let rightPlace = (right.location.line ?? 0, right.location.column ?? 0)
    if leftPlace != rightPlace { return leftPlace < rightPlace }
    if left.rule != right.rule { return left.rule.rawValue < right.rule.rawValue }
    return left.place.utf8.lexicographicallyPrecedes(right.place.utf8)
  }

  /// The finding in another area, for a file that is not part of a pack.
  package func finding(area: String, at path: String) -> Finding {
    Finding(
      ruleID: area + rule.findingID.dropFirst("contracts".utf8.count),
      level: rule == .gateCycle ? .warning : rule.level,
      message: "\(place): \(message)",
      location: Location(path: path, line: location.line, column: location.column), remediation: rule.remediation)
  }

  /// The finding among those of an audit, its path below the audited root.
  package func finding(below root: String) -> Finding {
    Finding(
      ruleID: rule.findingID, level: rule.level, message: "\(place): \(message)",
      location: Location(
        path: root.isEmpty ? location.path : "\(root)/\(location.path)", line: location.line, column: location.column),
      remediation: rule.remediation)
  }
}
