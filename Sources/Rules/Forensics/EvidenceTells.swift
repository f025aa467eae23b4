/// Evidence that shows nothing, or not this run (FORENSICS_RULES section 4, "Evidence").
struct EvidenceTells {
  let feed: ForensicFeed
  let claim: ForensicClaim
  let index: EvidenceIndex
  let places: ProjectPlaces

  private var chain: DecidingChain { claim.chain }

  var all: [Tell] {
    [verdictOnly, copiedFile, sharedPath, template, stale, future, foreignRun, fixture, fixtureFeed].compactMap { $0 }
  }

  // MARK: evidence-asserts-verdict

  private var verdictOnly: Tell? {
    guard !claim.files.isEmpty else { return nil }
    var isStrong = false
    for file in claim.files {
      if file.exists, file.isGovernance {
        isStrong = true
        continue
      }
      guard let content = file.content else { return nil }
      switch content.hollow {
      case .no: return nil
      case .hollow: break
      case .saysProven: isStrong = true
      }
    }
    return Tell(
      .evidenceAssertsVerdict, isStrong ? .strong : .weak,
      "\(claim.files.count) evidence file(s) of \(claim.files.reduce(0) { $0 + ($1.content?.byteCount ?? 0) }) bytes hold "
        + (isStrong ? "nothing but the verdict that is to be shown" : "no more than a result"),
      events: chain.lines, paths: claim.files.map(\.raw))
  }

  // MARK: evidence-shared

  private static let fewestBytes = 32
  private static let fewestPhases = 3

  private var copiedFile: Tell? {
    let existing = claim.existing
    guard !existing.isEmpty else { return nil }
    var events = chain.lines
    var paths: [String] = []
    var original: EvidenceIndex.Citation?
    for file in existing {
      guard let content = file.content, content.byteCount >= Self.fewestBytes, content.hasUniqueMark,
        let found = index.citations(ofDigest: content.digest).first(where: { isOriginal($0.claim, $0.file, of: file) })
      else { return nil }
      original = original ?? found
      events += found.claim.lines
      paths += [file.raw, found.file.raw]
    }
    guard let original else { return nil }
    return Tell(
      .evidenceShared, .strong,
      "\(existing.count) evidence file(s) are byte for byte those of '\(original.claim.phase)', such as '\(original.file.raw)'",
      events: events, paths: paths)
  }

  private func isOriginal(_ other: ForensicClaim, _ theirs: CitedFile, of file: CitedFile) -> Bool {
    other.phase != claim.phase && other.run != claim.run && other.lines != claim.lines && theirs.path != file.path
      && other.chain.firstLine < chain.firstLine
  }

  private var sharedPath: Tell? {
    for file in claim.files {
      let others = index.claims(citing: file.path)
      let phases = Set(others.map(\.phase)).count
      let runs = Set(others.map(\.maskedRun)).count
      guard phases >= Self.fewestPhases, runs >= 2 else { continue }
      return Tell(
        .evidenceShared, .weak, "\(phases) phases of \(runs) runs cite the same '\(file.raw)'",
        events: chain.lines + others.flatMap(\.lines).prefix(ForensicLimits.lines), paths: [file.raw])
    }
    return nil
  }

  // MARK: evidence-templated

  private var template: Tell? {
    let groups = claim.contents.compactMap { file, content in
      content.template.map { (file, index.group(of: $0)) }
    }
    let tells = groups.compactMap { file, group -> Tell? in
      guard group.isLargeEnough, !group.spares(claim) else { return nil }
      return Tell(
        .evidenceTemplated, group.hasOneRun ? .weak : .strong,
        "'\(file.raw)' and the evidence of \(group.phaseCount - 1) other phases are one text, measurements included, with names "
          + "and times replaced",
        events: chain.lines, paths: [file.raw] + group.paths.prefix(ForensicLimits.lines))
    }
    return Tell.merged(tells).first
  }

  // MARK: evidence-stale, evidence-future

  private var stale: Tell? {
    var oldest: [(file: CitedFile, time: FeedInstant)] = []
    for file in claim.existing {
      if let time = file.content?.ownTime {
        oldest.append((file, time))
      } else if !file.isTracked, let time = file.modified {
        oldest.append((file, time))
      } else if !file.isTracked {
        return nil
      }
    }
    guard let latest = oldest.map(\.time).max(), latest < chain.s - Lapse.skew else { return nil }
    return Tell(
      .evidenceStale, .weak,
      "the youngest of \(oldest.count) evidence file(s) is \(Lapse.seconds(chain.s - latest)) older than the start of the chain",
      events: [chain.started.line], paths: oldest.map(\.file.raw))
  }

  private var future: Tell? {
    let later = claim.contents.filter { file, content in
      guard let time = content.ownTime, time > chain.v + Lapse.skew else { return false }
      return claim.hashes.contains { $0.path == file.path && $0.digest == content.digest }
    }
    guard let first = later.first, let time = first.content.ownTime else { return nil }
    return Tell(
      .evidenceFuture, .strong,
      "the chain names the digest of '\(first.file.raw)', whose own time is \(Lapse.seconds(time - chain.v)) after it was "
        + "verified",
      events: chain.lines, paths: later.map(\.file.raw))
  }

  // MARK: evidence-foreign-run

  private var foreignRun: Tell? {
    let named = claim.contents.filter { !$0.content.runIDs.isEmpty }
    let own = Set(chain.events.map { feed.names[$0.run] })
    guard !named.isEmpty, !claim.contents.contains(where: { $0.content.holdsRun }),
      !named.contains(where: { !own.isDisjoint(with: $0.content.runIDs) })
    else { return nil }
    let tells = Set(named.flatMap(\.content.runIDs)).sorted().compactMap { run -> Tell? in
      guard let place = feed.names.known(run), let other = feed.knownByRun[place]?.first, !isLaterRun(place) else {
        return nil
      }
      let files = named.filter { $0.content.runIDs.contains(run) }.map(\.file)
      let isReview = (feed.knownByRun[place] ?? []).contains { chain in
        let cited = Set(chain.paths.map { PathText.joined(feed.names[$0], root: places.root) })
        return files.allSatisfy { cited.contains($0.path) }
      }
      return Tell(
        .evidenceForeignRun, isReview ? .weak : .strong,
        "'\(files[0].raw)' names the run '\(run)', which is that of '\(feed.names[other.phase])' at line "
          + "\(other.started.line), and nowhere the chain's own",
        events: chain.lines + other.lines, paths: files.map(\.raw))
    }
    return Tell.merged(tells).first
  }

  /// The run went on to the same phase after the chain: it overwrote the file, complete or not.
  private func isLaterRun(_ run: Int32) -> Bool {
    index.isLater(run, chain)
  }

  // MARK: fixture-as-proof

  private var fixture: Tell? {
    guard !claim.files.isEmpty, claim.files.allSatisfy({ FixturePath.isFixture(shown($0)) }),
      !claim.contents.contains(where: { isOwn($0.content) }),
      !claim.files.contains(where: { $0.exists && $0.content == nil })
    else { return nil }
    return Tell(
      .fixtureAsProof, .strong,
      "all of \(claim.files.count) evidence path(s) are fixtures, and none holds anything that the run made",
      events: chain.lines, paths: claim.files.map(\.raw))
  }

  private var fixtureFeed: Tell? {
    guard let path = PathText.relative(places.feed, root: places.root), FixturePath.isFixture(path) else { return nil }
    return Tell(
      .fixtureAsProof, .weak, "the feed itself lies at '\(path)', where fixtures are", events: chain.lines,
      paths: [path])
  }

  /// Folders above the root say nothing about the project.
  private func shown(_ file: CitedFile) -> String { PathText.relative(file.path, root: places.root) ?? file.raw }

  private func isOwn(_ content: CitedContent) -> Bool {
    if content.holdsRun { return true }
    guard let time = content.ownTime else { return false }
    return time >= chain.s - Lapse.skew && time <= chain.v + Lapse.skew
  }
}

/// Paths that are there for tests.
enum FixturePath {
  private static let folders: Set<String> = [
    "fixtures", "fixture", "__fixtures__", "testdata", "test_data", "mocks", "__mocks__", "stubs",
  ]
  private static let words: Set<String> = ["dummy", "fake", "mock", "stub", "placeholder"]

  static func isFixture(_ path: String) -> Bool {
    let parts = path.lowercased().split(whereSeparator: { $0 == "/" || $0 == "\\" }).map(String.init)
    guard let name = parts.last else { return false }
    if parts.dropLast().contains(where: folders.contains) { return true }
    return name.split { !($0.isLetter || $0.isNumber) }.contains { words.contains(String($0)) }
  }
}

/// Who cites what, over all claims of a feed.
struct EvidenceIndex {
  /// One file of one claim.
  struct Citation {
    let claim: ForensicClaim
    let file: CitedFile
  }

  private var byDigest: [String: [Citation]] = [:]
  private var byPath: [String: [ForensicClaim]] = [:]
  private var byTemplate: [EvidenceTemplate: TemplateGroup] = [:]
  private let laterRuns: [PhaseRun: FeedInstant]

  private struct PhaseRun: Hashable {
    let phase: Int32
    let run: Int32
  }

  /// Claims in file order.
  init(_ claims: [ForensicClaim], _ feed: ForensicFeed) {
    var laterRuns: [PhaseRun: FeedInstant] = [:]
    for event in feed.lifecycle {
      for phase in Set([event.phase, event.task]) {
        let key = PhaseRun(phase: phase, run: event.run)
        laterRuns[key] = max(laterRuns[key] ?? event.time, event.time)
      }
    }
    self.laterRuns = laterRuns
    for claim in claims {
      for file in claim.files {
        byPath[file.path, default: []].append(claim)
        guard let content = file.content else { continue }
        byDigest[content.digest, default: []].append(Citation(claim: claim, file: file))
        if let template = content.template { byTemplate[template, default: TemplateGroup()].add(claim, file) }
      }
    }
  }

  func citations(ofDigest digest: String) -> [Citation] { byDigest[digest] ?? [] }

  func claims(citing path: String) -> [ForensicClaim] { byPath[path] ?? [] }

  func group(of template: EvidenceTemplate) -> TemplateGroup { byTemplate[template] ?? TemplateGroup() }

  /// The latest event of a run in the chain's phase is later than the chain.
  func isLater(_ run: Int32, _ chain: DecidingChain) -> Bool {
    (laterRuns[PhaseRun(phase: chain.phase, run: run)] ?? FeedInstant.min) > chain.v
  }
}

/// The claims whose evidence is one text.
struct TemplateGroup {
  private static let fewestPhases = 3

  /// A path for each phase that has one of its own.
  private var own: [String: String] = [:]
  private(set) var paths: [String] = []
  private var tools: Set<String> = []
  private var runs: Set<String> = []
  private var first: ForensicClaim?

  var phaseCount: Int { own.count }
  /// At least three phases, each with a path of its own.
  var isLargeEnough: Bool { own.count >= Self.fewestPhases }
  var hasOneRun: Bool { runs.count == 1 }

  /// Claims come in file order.
  mutating func add(_ claim: ForensicClaim, _ file: CitedFile) {
    if own[claim.phase] == nil, !own.values.contains(file.path) {
      own[claim.phase] = file.path
      paths.append(file.raw)
    }
    tools.insert(claim.tool)
    runs.insert(claim.run)
    if first == nil { first = claim }
  }

  /// With several tools the first claim may be the original.
  func spares(_ claim: ForensicClaim) -> Bool { tools.count > 1 && first?.lines == claim.lines }
}
