import Formats

/// The findings that somebody accepted at some time, so that only new ones count: one a line, sorted, without line
/// numbers, dates or content, so that it merges in git and tells nothing.
package struct Baseline: Sendable {
  /// Findings of one rule in one file with one identity.
  package struct Entry: Sendable, Hashable {
    /// The rule.
    package let ruleID: String
    /// Relative to the root.
    package let path: String
    let identity: ContentIdentity
    /// How many there are.
    package internal(set) var count: Int
    /// Its line in the baseline, for messages; 0 for one that is not written yet.
    package let line: Int
  }

  /// Names the shape of the file.
  static let schemaVersion = "auditor.baseline/1"
  /// The families of findings that cannot be accepted: those about what is accepted.
  static let unacceptable: Set<String> = ["suppression", "waiver", "baseline"]

  /// Mixed into every digest, so that equal lines of two repositories cannot be told from their baselines.
  package let salt: [UInt8]
  /// In the order of the file.
  package internal(set) var entries: [Entry]

  /// An empty one.
  package init(salt: [UInt8]) {
    self.salt = salt
    entries = []
  }

  /// How many findings it accepts.
  package var count: Int { entries.reduce(0) { $0 + $1.count } }

  /// The same with all open findings accepted; entries of paths that were not looked at are kept.
  ///
  /// - Parameter wasScanned: asked for the path of each entry.
  package func accepting(_ findings: [Finding], wasScanned: (String) -> Bool) -> Baseline {
    var counts: [Key: Int] = [:]
    for entry in entries where !wasScanned(entry.path) { counts[Key(entry), default: 0] += entry.count }
    for finding in findings where finding.suppression == nil && !Baseline.unacceptable.contains(finding.family) {
      guard let identity = finding.identity else { continue }
      counts[Key(finding, identity), default: 0] += 1
    }
    return replacing(counts)
  }

  /// The same without what covers nothing any more.
  package func without(_ stale: [Entry]) -> Baseline {
    var counts: [Key: Int] = [:]
    for entry in entries { counts[Key(entry), default: 0] += entry.count }
    for entry in stale { counts[Key(entry), default: 0] -= entry.count }
    return replacing(counts)
  }

  /// Marks the findings that are accepted.
  ///
  /// A finding is accepted by an entry of the same rule, path and line that is not used up: first by one whose context
  /// is the same on both sides, then by one whose context is the same on one side, since a neighbour may have been
  /// edited. An equal line with other neighbours is another finding.
  ///
  /// - Returns: the entries (with the counts) that cover nothing.
  package func apply(to findings: inout [Finding], reason: String) -> [Entry] {
    var use = BaselineUse(self)
    use.mark(&findings, reason: reason)
    return use.stale
  }

  struct Key: Hashable {
    let ruleID: String
    let path: String
    let identity: ContentIdentity

    init(_ entry: Entry) {
      (ruleID, path, identity) = (entry.ruleID, SecretMask.masked(entry.path), entry.identity)
    }

    init(_ finding: Finding, _ identity: ContentIdentity) {
      (ruleID, path, self.identity) = (finding.ruleID, SecretMask.masked(finding.location.path), identity)
    }

    /// The same without the context.
    var place: [String] { [path, ruleID, identity.evidence] }

    /// The order of the file.
    var words: [String] { [path, ruleID, identity.evidence, identity.before, identity.after] }
  }

  private func replacing(_ counts: [Key: Int]) -> Baseline {
    var baseline = Baseline(salt: salt)
    let keys = counts.filter { $0.value > 0 }.keys.map { (words: $0.words.map { Array($0.utf8) }, key: $0) }
    baseline.entries = keys.sorted { left, right in
      for (first, second) in zip(left.words, right.words) where first != second {
        return first.lexicographicallyPrecedes(second)
      }
      return false
    }.map { _, key in
      Entry(ruleID: key.ruleID, path: key.path, identity: key.identity, count: counts[key] ?? 0, line: 0)
    }
    return baseline
  }
}

extension Baseline {
  /// The file: JSON Lines, first what it is, then an entry a line.
  package var bytes: [UInt8] {
    var lines: [UInt8] = []
    var json = JSONWriter()
    json.beginObject()
    json.member("schema_version", Baseline.schemaVersion)
    json.member("salt", Hex.text(of: salt.span))
    json.endObject()
    lines += json.takeBytes() + [0x0A]
    for entry in entries {
      json = JSONWriter()
      json.beginObject()
      json.member("path", entry.path)
      json.member("rule", entry.ruleID)
      json.member("evidence", entry.identity.evidence)
      json.member("before", entry.identity.before)
      json.member("after", entry.identity.after)
      if entry.count > 1 { json.member("count", entry.count) }
      json.endObject()
      lines += json.takeBytes() + [0x0A]
    }
    return lines
  }

  /// What a stale entry says of itself.
  package static func complaint(about entry: Entry, in path: String) -> Finding {
    let what = entry.count == 1 ? "a finding" : "\(entry.count) findings"
    return Finding(
      ruleID: "baseline.stale", level: .note,
      message: "the baseline accepts \(what) of '\(entry.ruleID)' in \(entry.path) that is no longer there",
      location: Location(path: path, line: entry.line), remediation: "take it out: auditor baseline prune")
  }
}
