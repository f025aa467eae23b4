import Glibc
import Rules

/// Looks at the files that chains cite as evidence: each file once, however many chains cite it.
struct CitedEvidence {
  private let settings: DoDSettings
  private let repository: GitRepository?

  init(settings: DoDSettings, repository: GitRepository?) {
    self.settings = settings
    self.repository = repository
  }

  /// The claims with what was found at the paths that they cite.
  func gather(
    for claims: [ForensicClaim], _ event: (EventReference) -> ChainEvent?, _ findings: inout [Finding]
  ) -> [ForensicClaim] {
    var claims = claims
    var citations: [String: [Citation]] = [:]
    for place in claims.indices {
      let events = claims[place].references.compactMap { event($0) }
      claims[place].hashes = hashes(events)
      for raw in Self.paths(events) {
        citations[PathText.joined(raw, root: settings.root), default: []].append(Citation(claim: place, raw: raw))
      }
    }
    var files: [[CitedFile]] = Array(repeating: [], count: claims.count)
    let asked = look(at: citations, claims, into: &files)
    let tracked = trackedFiles(asked, &findings)
    for place in claims.indices {
      claims[place].files = files[place].map { tracked.contains($0.path) ? $0.tracked : $0 }
    }
    return claims
  }

  private struct Citation {
    let claim: Int
    let raw: String
  }

  private static func paths(_ events: [ChainEvent]) -> [String] {
    var seen: Set<String> = []
    return events.flatMap(\.claims.paths).map(\.raw).filter { seen.insert($0).inserted }
  }

  private func hashes(_ events: [ChainEvent]) -> [(path: String, digest: String)] {
    events.flatMap(\.claims.hashes).map { (PathText.joined($0.rawPath, root: settings.root), $0.digest) }
  }

  /// Looks at each path for all claims that cite it, in the order of the paths.
  ///
  /// - Returns: the files that do not say when they were made: their modification time speaks, unless git tracks them.
  private func look(
    at citations: [String: [Citation]], _ claims: [ForensicClaim], into files: inout [[CitedFile]]
  ) -> [String] {
    guard let root = try? RootedFolder(settings.root) else { return [] }
    var walk = RootedWalk(root)
    var asked: Set<String> = []
    let places = ProjectPlaces(settings)
    for (path, citing) in citations.sorted(by: { $0.key < $1.key }) {
      let file = citing.allSatisfy { PathText.climbs($0.raw) } ? .absent : EvidenceFile.look(path, &walk)
      for citation in citing {
        let claim = claims[citation.claim]
        files[citation.claim].append(
          CitedFile(
            raw: citation.raw, path: path, state: PathText.climbs(citation.raw) ? .absent : file.state(for: claim),
            isGovernance: places.isGovernance(path), modified: file.modified))
        if file.hasNoTime { asked.insert(path) }
      }
    }
    return asked.sorted()
  }

  /// Those of some absolute paths that git tracks. Where git cannot be asked, all might be, so that their times say nothing.
  private func trackedFiles(_ paths: [String], _ findings: inout [Finding]) -> Set<String> {
    guard let repository, !paths.isEmpty else { return [] }
    let inside = paths.compactMap { path in PathText.relative(path, root: settings.root) }
    do throws(GitError) {
      return Set(try repository.tracked(inside).map { PathText.joined($0, root: settings.root) })
    } catch {
      findings.append(ProofExamination.unanswered(error))
      return Set(paths)
    }
  }
}

/// What stands at a path that is cited as evidence.
private enum EvidenceFile {
  case absent
  /// Too large, or it may not be read.
  case unread(modified: Int64?)
  case read(EvidenceContent, modified: Int64)

  /// Opens what is a file inside the root.
  static func look(_ path: String, _ walk: inout RootedWalk) -> EvidenceFile {
    guard (try? walk.find(Array(path.utf8))) == .file else { return .absent }
    do throws(FileError) {
      let file = try walk.open(Array(path.utf8))
      var status = stat()
      guard unsafe fstat(file.number, &status) == 0 else { return .unread(modified: nil) }
      let modified = microseconds(status.st_mtim)
      guard status.st_size <= ForensicLimits.evidenceBytes else { return .unread(modified: modified) }
      let bytes = try FileReader.read(file.number, path: path, limit: ForensicLimits.evidenceBytes)
      return .read(EvidenceContent(bytes), modified: modified)
    } catch {
      return .unread(modified: nil)
    }
  }

  /// Some file systems store times beyond every calendar; those are cut off at the year 9999.
  private static func microseconds(_ time: timespec) -> Int64 {
    let seconds = min(max(Int64(time.tv_sec), -62_135_596_800), 253_402_300_799)
    return seconds * 1_000_000 + Int64(time.tv_nsec / 1_000)
  }

  func state(for claim: ForensicClaim) -> CitedFile.State {
    switch self {
    case .absent: .absent
    case .unread: .unread
    case .read(let content, _): .read(CitedContent(content, phase: claim.phase, run: claim.run))
    }
  }

  var modified: Int64? {
    switch self {
    case .absent: nil
    case .unread(let modified): modified
    case .read(_, let modified): modified
    }
  }

  var hasNoTime: Bool {
    switch self {
    case .absent: false
    case .unread: true
    case .read(let content, _): !content.hasOwnTime
    }
  }
}
