/// The commit that a document cites, as git has it.
package struct CommitRecord: Sendable {
  /// Its full name.
  package let name: String
  /// Seconds since 1970.
  package let authored: Int64
  /// Seconds since 1970.
  package let committed: Int64
  /// How many parents it names, whether or not they are here.
  package let parentCount: Int
  /// The message.
  package let message: String
  /// The absolute paths that it changed; nil where that cannot be told.
  package var changes: [String]?

  /// A commit.
  package init(
    name: String, authored: Int64, committed: Int64, parentCount: Int, message: String, changes: [String]? = nil
  ) {
    self.name = name
    self.authored = authored
    self.committed = committed
    self.parentCount = parentCount
    self.message = message
    self.changes = changes
  }

  /// Reads a commit object as `git cat-file commit` prints it; nil where its times are no numbers.
  package init?(name: String, object: [UInt8]) {
    let text = String(decoding: object, as: UTF8.self)
    let parts = text.firstRange(of: "\n\n")
    let header = text[..<(parts?.lowerBound ?? text.endIndex)].split(separator: "\n")
    func time(_ role: String) -> Int64? {
      header.first { $0.hasPrefix(role + " ") }.flatMap { line in
        let words = line.split(separator: " ")
        return words.count >= 2 ? Int64(words[words.count - 2]) : nil
      }
    }
    guard let authored = time("author"), let committed = time("committer"), Self.times.contains(authored),
      Self.times.contains(committed)
    else { return nil }
    self.init(
      name: name, authored: authored, committed: committed, parentCount: header.count { $0.hasPrefix("parent ") },
      message: parts.map { String(text[$0.upperBound...]) } ?? "")
  }

  /// Far beyond every calendar, and still safe to multiply.
  private static let times: ClosedRange<Int64> = -100_000_000_000...300_000_000_000

  var earliest: FeedInstant { min(authored, committed) * Lapse.second }

  /// Whether it matters what it changed: a chain ended before it was written, and it is no merge.
  package func asksForChanges(_ claim: ForensicClaim) -> Bool {
    claim.chain.v + Lapse.skew < earliest && !isMerge
  }

  /// It came out of a merge or a review: its branch was proven before.
  var isMerge: Bool {
    if parentCount > 1 { return true }
    let text = message.lowercased()
    let marks = ["see merge request", "merged in ", "cherry picked from commit"]
    return marks.contains { text.firstRange(of: $0) != nil } || Self.hasNumber(after: "(#", in: text)
      || Self.hasNumber(after: "pull request #", in: text)
  }

  private static func hasNumber(after mark: String, in text: String) -> Bool {
    text.ranges(of: mark).contains { range in
      guard range.upperBound < text.endIndex else { return false }
      return text[range.upperBound].isNumber
    }
  }
}

/// Where the parts of a project are that are not its work: absolute paths.
package struct ProjectPlaces: Sendable {
  /// The folder of the documents.
  package let documents: String
  /// The folder of the reports.
  package let reports: String
  /// The registry.
  package let registry: String
  /// The feed.
  package let feed: String
  /// The audited root.
  package let root: String

  /// The places of a project.
  package init(root: String, documents: String, reports: String, registry: String, feed: String) {
    self.root = root
    self.documents = documents
    self.reports = reports
    self.registry = registry
    self.feed = feed
  }

  /// A document, the registry, a report, the feed, or something written in a language of documents.
  func isPaper(_ path: String) -> Bool {
    let name = path.lowercased()
    return [".md", ".rst", ".adoc"].contains { name.hasSuffix($0) } || path == registry || path == feed
      || path.hasPrefix(documents + "/") || path.hasPrefix(reports + "/")
  }

  /// The registry or a DoD document: what states the verdict that is to be shown.
  package func isGovernance(_ path: String) -> Bool {
    guard path != registry else { return true }
    guard path.hasPrefix(documents + "/") else { return false }
    let name = path.dropFirst(documents.count + 1)
    return !name.contains("/") && name.hasPrefix("DOD__") && name.hasSuffix(".md")
  }
}

/// A chain that does not fit the project's history (FORENSICS_RULES section 4, "History").
struct HistoryTells {
  let feed: ForensicFeed
  let claim: ForensicClaim
  let commit: CommitRecord?
  let entry: RegistryEntry?
  let places: ProjectPlaces
  /// Absolute paths that any claim cites.
  let cited: Set<String>

  var all: [Tell] { [beforeCommit, afterReport].compactMap { $0 } }

  private var beforeCommit: Tell? {
    guard let commit, commit.asksForChanges(claim), let changes = commit.changes,
      changes.contains(where: { !places.isPaper($0) && !cited.contains($0) })
    else { return nil }
    return Tell(
      .beforeCommit, .strong,
      "the chain was verified \(Lapse.seconds(commit.earliest - claim.chain.v)) before the commit "
        + "\(commit.name.prefix(12)) that the document cites was written",
      events: [claim.chain.verified.line])
  }

  private var afterReport: Tell? {
    let chain = claim.chain
    guard let entry, entry.verdict == Verdict.proven.rawValue, let proven = entry.lastVerified?.instant,
      chain.s > proven + Lapse.skew, let first = feed.timeline.first, first.time <= proven - Lapse.hour,
      !(feed.knownByPhase[chain.phase] ?? []).contains(where: { $0.verified.time <= proven + Lapse.skew })
    else { return nil }
    return Tell(
      .afterReport, .weak,
      "the registry says PROVEN since \(Lapse.seconds(chain.s - proven)) before the chain began, and the feed, which reaches "
        + "back beyond that, holds no earlier chain of the phase",
      events: chain.lines)
  }
}
