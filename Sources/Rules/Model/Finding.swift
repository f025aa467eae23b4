/// One observed failure of a rule: data, never thrown.
package struct Finding: Sendable, Hashable {
  /// Why a finding does not count.
  package struct Suppression: Sendable, Hashable {
    /// Where the suppression was found.
    package enum Kind: String, Sendable, Hashable {
      /// A comment on the line or the one above.
      case inSource = "in_source"
      /// An entry of a waiver file.
      case waiver
      /// Accepted by a baseline.
      case baseline
    }

    /// Where it was found.
    package let kind: Kind
    /// The reason that was given.
    package let reason: String
    /// The last day on which it counts, `YYYY-MM-DD`.
    package let until: String?
    /// Who answers for it, where somebody is named.
    package let owner: String?

    /// A suppression that counts.
    package init(kind: Kind, reason: String, until: String? = nil, owner: String? = nil) {
      self.kind = kind
      self.reason = reason
      self.until = until
      self.owner = owner
    }
  }

  /// `family` or `family.variant`.
  package let ruleID: String
  /// How grave it is.
  package let level: Severity
  /// What is wrong here, in one sentence.
  package internal(set) var message: String
  /// Where.
  package let location: Location
  /// The line as it stands, redacted where it holds a secret; nil for whole-file findings.
  package internal(set) var snippet: String?
  /// Other places or digests that the judgement rests on: `path:line` or `path sha256:HEX`.
  package let evidence: [String]
  /// What to do about it.
  package let remediation: String
  /// Identity that survives moved lines; see `Fingerprint`. Empty until the run assigns it.
  package var fingerprint: String
  /// Set when the finding is known and accepted.
  package var suppression: Suppression?
  /// What it is about, for baselines; nil where nobody asked for it.
  package var identity: ContentIdentity?

  /// A finding as a rule makes it.
  package init(
    ruleID: String, level: Severity, message: String, location: Location, snippet: String? = nil,
    evidence: [String] = [], remediation: String, fingerprint: String = "", suppression: Suppression? = nil
  ) {
    self.ruleID = ruleID
    self.level = level
    self.message = message
    self.location = location
    self.snippet = snippet
    self.evidence = evidence
    self.remediation = remediation
    self.fingerprint = fingerprint
    self.suppression = suppression
    self.identity = nil
  }

  /// The part of the rule id before the first dot.
  package var family: String { String(ruleID.prefix { $0 != "." }) }
}

extension Finding {
  /// The same finding, told of a file by another name.
  package func at(_ path: String) -> Finding {
    var finding = Finding(
      ruleID: ruleID, level: level, message: message, location: location.at(path), snippet: snippet,
      evidence: evidence, remediation: remediation, fingerprint: fingerprint, suppression: suppression)
    finding.identity = identity
    return finding
  }

  /// The total order of every report: path, line, column, rule, message.
  package static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    if left.location.path != right.location.path {
      return left.location.path.utf8.lexicographicallyPrecedes(right.location.path.utf8)
    }
    let leftPlace = (left.location.line ?? 0, left.location.column ?? 0)
    let rightPlace = (right.location.line ?? 0, right.location.column ?? 0)
    if leftPlace != rightPlace { return leftPlace < rightPlace }
    if left.ruleID != right.ruleID { return left.ruleID.utf8.lexicographicallyPrecedes(right.ruleID.utf8) }
    return left.message.utf8.lexicographicallyPrecedes(right.message.utf8)
  }
}
