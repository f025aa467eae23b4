/// A path that an event or a document names as evidence.
package struct EvidencePath: Sendable, Hashable {
  /// As written, without surrounding blanks.
  package let raw: String
  /// Where it is named.
  package let source: Location

  /// A claim about a path.
  package init(raw: String, source: Location) {
    self.raw = raw
    self.source = source
  }
}

/// A path with the digest that an event or a document claims for it.
package struct HashClaim: Sendable, Hashable {
  /// The path as written.
  package let rawPath: String
  /// The digest: lower case, without the prefix `sha256:`.
  package let digest: String
  /// Where it is claimed.
  package let source: Location

  /// A claim as it was written: surrounding blanks, upper case and the prefix are taken off.
  package init(rawPath: String, writtenDigest: some Collection<UInt8>, source: Location) {
    let text = ASCII.trimmed(Array(writtenDigest)[...]).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let prefix = Array("sha256:".utf8)
    self.rawPath = rawPath
    self.digest = ASCII.text(text.starts(with: prefix) ? text[prefix.count...] : text[...])
    self.source = source
  }
}

/// All that events and documents claim about files, and what of it could not be understood.
package struct EvidenceClaims: Sendable, Hashable {
  /// Paths that must exist and be readable.
  package var paths: [EvidencePath] = []
  /// Paths with their digests.
  package var hashes: [HashClaim] = []
  /// What looks like a claim and is none: each in one sentence, with its place.
  package var unreadable: [Unreadable] = []

  /// A claim that cannot be understood.
  package struct Unreadable: Sendable, Hashable {
    /// What is wrong with it.
    package let message: String
    /// Where it stands.
    package let source: Location
  }

  /// No claims.
  package init() {}

  mutating func append(_ other: EvidenceClaims) {
    paths += other.paths
    hashes += other.hashes
    unreadable += other.unreadable
  }

  /// Each pair of path and meaning once, in the order of first mention.
  func uniquePaths(root: String) -> [(claim: EvidencePath, path: String)] {
    var seen: Set<String> = []
    return paths.compactMap { claim in
      seen.insert(claim.raw).inserted ? (claim, PathText.joined(claim.raw, root: root)) : nil
    }
  }

  /// Each pair of path and digest once, in the order of first mention.
  func uniqueHashes(root: String) -> [(claim: HashClaim, path: String)] {
    var seen: Set<[String]> = []
    return hashes.compactMap { claim in
      let path = PathText.joined(claim.rawPath, root: root)
      return seen.insert([path, claim.digest]).inserted ? (claim, path) : nil
    }
  }

  /// The absolute paths whose existence decides something: none that climbs.
  package func pathsToInspect(root: String) -> [String] {
    uniquePaths(root: root).filter { !PathText.climbs($0.claim.raw) }.map(\.path)
  }

  /// The absolute paths whose content decides something: none that climbs.
  package func pathsToHash(root: String) -> [String] {
    uniqueHashes(root: root).map(\.path).filter { !PathText.climbs($0) }
  }
}
