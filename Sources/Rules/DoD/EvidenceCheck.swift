/// What was found at an absolute path that a claim names.
package enum FileState: Sendable, Hashable {
  /// Nothing, or nothing that can have this name.
  case absent
  /// Something that may not be read.
  case unreadable
  /// A file or folder that may be read.
  case readable
}

/// The digest of what was found at an absolute path.
package enum DigestState: Sendable, Hashable {
  /// Nothing is there.
  case absent
  /// It is no file, or may not be read.
  case unreadable
  /// Lower-case hexadecimal SHA-256.
  case digest(String)
}

/// What was found out about the files that claims name.
package struct EvidenceFacts: Sendable {
  /// Absolute path → what is there.
  package var states: [String: FileState] = [:]
  /// Absolute path → its digest.
  package var digests: [String: DigestState] = [:]
  /// Absolute paths that lie outside the root, by name or by a symbolic link.
  package var outsideRoot: Set<String> = []

  /// Nothing found out.
  package init() {}
}

/// Which claims about files hold (DoD rules, section 4).
package struct EvidenceCheck: Sendable, Hashable {
  /// A digest that could be compared.
  package struct HashCheck: Sendable, Hashable {
    /// The absolute path.
    package let path: String
    /// The digest that is claimed.
    package let expected: String
    /// The digest that it has.
    package let actual: String
  }

  /// A path that was looked at.
  package struct PathCheck: Sendable, Hashable {
    /// The absolute path.
    package let path: String
    /// Something is there.
    package let exists: Bool
    /// It may be read.
    package let isReadable: Bool
  }

  /// Every claimed path, absolute, in the order of first mention.
  package let paths: [String]
  /// Those that were looked at: all that do not climb.
  package let pathChecks: [PathCheck]
  /// One for each path that could be compared; of several claims the last.
  package private(set) var hashChecks: [HashCheck] = []
  /// What is not met.
  package private(set) var missing: [MissingItem] = []

  /// Nothing is missing.
  package var isOK: Bool { missing.isEmpty }

  /// Judges claims against what was found.
  package init(_ claims: EvidenceClaims, _ facts: EvidenceFacts, root: String) {
    let named = claims.uniquePaths(root: root)
    var missing: [MissingItem] = []
    var checks: [PathCheck] = []
    for (claim, path) in named {
      if PathText.climbs(claim.raw) {
        missing.append(MissingItem(.pathTraversal(claim.raw), at: claim.source))
        continue
      }
      let state = facts.states[path] ?? .absent
      checks.append(PathCheck(path: path, exists: state != .absent, isReadable: state == .readable))
      if state == .absent { missing.append(MissingItem(.pathMissing(path), at: claim.source)) }
      if state == .unreadable { missing.append(MissingItem(.pathUnreadable(path), at: claim.source)) }
    }
    self.paths = named.map(\.path)
    self.pathChecks = checks
    self.missing = missing
    for (claim, path) in claims.uniqueHashes(root: root) { check(claim, path, facts) }
  }

  private mutating func check(_ claim: HashClaim, _ path: String, _ facts: EvidenceFacts) {
    if PathText.climbs(path) {
      missing.append(MissingItem(.pathTraversal(path), at: claim.source))
      return
    }
    switch facts.digests[path] ?? .absent {
    case .absent: missing.append(MissingItem(.hashPathMissing(path), at: claim.source))
    case .unreadable: missing.append(MissingItem(.pathUnreadable(path), at: claim.source))
    case .digest(let actual):
      let result = HashCheck(path: path, expected: claim.digest, actual: actual)
      if let place = hashChecks.firstIndex(where: { $0.path == path }) {
        hashChecks[place] = result
      } else {
        hashChecks.append(result)
      }
      if actual != claim.digest { missing.append(MissingItem(.hashMismatch(path), at: claim.source)) }
    }
  }
}
