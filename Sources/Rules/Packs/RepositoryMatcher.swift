import Formats

/// One path of a tree, with what repository rules ask about it.
package struct TreeFact: Sendable, Hashable {
  /// What a change did to a path.
  package enum Change: Sendable, Hashable {
    /// No change is asked about: everything counts.
    case none
    /// The change left it alone.
    case untouched
    /// The change added or altered it.
    case touched
    /// The change removed it.
    case removed
  }

  /// Relative to the root.
  package let path: String
  /// Bytes; nil where no rule asks.
  package var byteCount: Int?
  /// The first bytes, as many as rules ask for.
  package var head: [UInt8] = []
  /// A link to something outside of the tree.
  package var leadsOut = false
  /// What the change that is asked about did to it.
  package var change = Change.none

  /// A path of which nothing else is known.
  package init(_ path: String) {
    self.path = path
  }

  fileprivate var exists: Bool { change != .removed }
  /// Whether a finding about it is asked for.
  fileprivate var counts: Bool { exists && change != .untouched }
}

/// How a rule judges the tree rather than lines: which files must be there, must not be, or must stay as they are.
package struct RepositoryMatcher: Sendable {
  /// The one thing that a rule of this kind says.
  enum Law: Sendable {
    /// Files of these names (and, if given, with these first bytes) must not be there.
    case forbid([Glob], beginsWith: [UInt8]?)
    /// Each of these patterns has to match a file.
    case require([Glob])
    /// Files of these names must not be changed, added or removed.
    case freeze([Glob])
    /// No file may be larger than so many bytes.
    case maxBytes(Int)
    /// No link may lead out of the tree.
    case forbidLinkOut
  }

  let law: Law

  /// How many of a file's first bytes are needed.
  package var headCount: Int {
    if case .forbid(_, let start?) = law { start.count } else { 0 }
  }

  /// Whether sizes of files are needed.
  package var needsSizes: Bool {
    if case .maxBytes = law { true } else { false }
  }

  /// Whether files do not matter, but links.
  package var isAboutLinks: Bool {
    if case .forbidLinkOut = law { true } else { false }
  }

  /// Whether, of a change, what it left alone matters.
  package var needsUntouched: Bool {
    if case .require = law { true } else { false }
  }

  /// Whether links are needed.
  package var needsLinks: Bool {
    switch law {
    case .forbidLinkOut, .forbid: true
    default: false
    }
  }

  /// Whether a path can matter, so that the others need not be looked at.
  package func wants(_ path: [UInt8]) -> Bool {
    switch law {
    case .forbid(let globs, _), .require(let globs), .freeze(let globs): globs.contains { $0.matches(path) }
    case .maxBytes, .forbidLinkOut: true
    }
  }

  /// What a rule finds in a tree, in the order of the facts.
  ///
  /// - Parameter isComplete: whether the facts hold every path that the rule wants; else nothing can be missing.
  package func findings(of rule: Rule, in facts: [TreeFact], isComplete: Bool) -> [Finding] {
    let facts = facts.filter { rule.paths.accepts($0.path) }
    switch law {
    case .forbid(_, let start):
      return facts.filter { fact in
        fact.counts && wants(Array(fact.path.utf8)) && (start.map { fact.head.starts(with: $0) } ?? true)
      }.map { finding(rule, at: $0.path, match: $0.path) }
    case .freeze:
      return facts.filter { [.touched, .removed].contains($0.change) && wants(Array($0.path.utf8)) }.map {
        finding(rule, at: $0.path, match: $0.path)
      }
    case .maxBytes(let limit):
      return facts.filter { $0.counts && ($0.byteCount ?? 0) > limit }.map {
        finding(rule, at: $0.path, match: $0.path, evidence: ["\($0.path) \($0.byteCount ?? 0) bytes"])
      }
    case .forbidLinkOut:
      return facts.filter { $0.counts && $0.leadsOut }.map { finding(rule, at: $0.path, match: $0.path) }
    case .require(let globs):
      return isComplete ? missing(globs, rule, facts) : []
    }
  }

  /// Of a change only what it removed can be missing.
  private func missing(_ globs: [Glob], _ rule: Rule, _ facts: [TreeFact]) -> [Finding] {
    let isChange = facts.contains { $0.change != .none }
    return globs.filter { glob in
      let matching = facts.filter { glob.matches(Array($0.path.utf8)) }
      if matching.contains(where: \.exists) { return false }
      return !isChange || !matching.isEmpty
    }.map { finding(rule, at: ".", match: $0.pattern) }
  }

  private func finding(_ rule: Rule, at path: String, match: String, evidence: [String] = []) -> Finding {
    Finding(
      ruleID: rule.id, level: rule.severity, message: rule.message.replacing("{match}", with: match),
      location: Location(path: path), evidence: evidence, remediation: rule.remediation)
  }
}
