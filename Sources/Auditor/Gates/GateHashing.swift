import Formats
import Rules

/// Recomputes the digests of many gates: on several threads, and on each two gates interleaved, for one stream of
/// SHA-256 leaves half of a core unused. A file that several gates hash is read once.
struct GateHashing: Sendable {
  /// A verdict and what the system refused on the way to it.
  struct Finished: Sendable {
    let result: GateResult
    var failures: [FileError] = []
  }

  /// A gate whose members are to be hashed.
  struct Pending: Sendable {
    let gathering: GateGathering
    let work: GateGathering.Work
    let members: [MemberStream.Member]
    /// The digest that the index carries for each member, where it carries one; nil when members are not to be compared.
    var listed: [Digest?]?
    /// What the law hashes when that is not the members.
    var known: HashFact?
  }

  /// What a gate needs next.
  private enum Beginning: Sendable {
    case finished(Finished)
    case pending(Pending)
  }

  /// A gate whose members are being hashed.
  private struct Lane {
    let index: Int
    let hashing: MemberHashing
    var reported = 0
  }

  /// What hashing the members of a gate came to.
  struct Hashed: Sendable {
    let fact: HashFact
    var failures: [FileError] = []
    /// The members as they were while they were read; nil where nobody asked, or one of them changed meanwhile.
    var seal: Digest?
    /// The members whose own digest is not the one that the index carries; nil when they were not compared.
    var differing: [Int]?
  }

  let root: RootedFolder
  let jobs: Int
  /// Whether each member is compared with the digest that the index carries for it, in the same pass.
  var isComparingMembers = false
  /// What earlier verifications found out; nil for none.
  var cache: GateDigestCache?
  /// Told how many of how many files were hashed.
  var progress: (@Sendable (Int, Int) -> Void)?

  /// One verdict a gate, in the order given, whatever the number of threads.
  func finish(_ gatherings: [GateGathering]) -> [Finished] {
    let beginnings = inOrder(gatherings.count) { begin(gatherings[$0]) }
    var known: [Int: Hashed] = [:]
    var toHash: [Int] = []
    for (index, beginning) in beginnings.enumerated() {
      guard case .pending(let pending) = beginning else { continue }
      if let cached = cache?.hashed(pending, root: root) { known[index] = cached } else { toHash.append(index) }
    }
    let pending = toHash.compactMap { index -> Pending? in
      if case .pending(let pending) = beginnings[index] { pending } else { nil }
    }
    for (index, hashed) in zip(toHash, hash(pending)) { known[index] = hashed }
    return beginnings.enumerated().map { index, beginning in
      switch beginning {
      case .finished(let finished): return finished
      case .pending(let pending):
        guard let hashed = known[index] else {
          return Finished(result: pending.gathering.gate.verdict(expected: pending.work.expected, hashed: .nothing))
        }
        return conclude(pending, hashed)
      }
    }
  }

  private func inOrder<Part: Sendable>(_ count: Int, _ make: @escaping @Sendable (Int) -> Part) -> [Part] {
    let parts = IndexedWork.run(jobs: min(jobs, max(1, count)), count: count) { indices in
      var made: [(Int, Part)] = []
      while let index = indices.next() { made.append((index, make(index))) }
      return made
    }
    return parts.joined().sorted { $0.0 < $1.0 }.map(\.1)
  }

  private func hash(_ pending: [Pending]) -> [Hashed] {
    // Gates that share files are one piece of work; most share none.
    let groups = SharedMembers.groups(pending)
    let workers = min(jobs, max(1, groups.count))
    let laneCount = groups.count > workers ? 2 : 1
    let tally = ProgressTally(total: pending.reduce(0) { $0 + $1.members.count }, tell: progress)
    let parts = IndexedWork.run(jobs: workers, count: groups.count) { indices in
      work(through: indices, of: groups, pending, laneCount: laneCount, tally)
    }
    var hashed = [Hashed](repeating: Hashed(fact: .nothing), count: pending.count)
    for (index, one) in parts.joined() { hashed[index] = one }
    for (one, result) in zip(pending, hashed) { cache?.note(one, result) }
    return hashed
  }

  /// What one thread does: keeps its lanes full as long as there are gates.
  private func work(
    through indices: IndexedWork.Indices, of groups: [[Int]], _ pending: [Pending], laneCount: Int,
    _ tally: ProgressTally
  ) -> [(Int, Hashed)] {
    var done: [(Int, Hashed)] = []
    var lanes: [Lane] = []
    let isSealed = cache != nil
    while true {
      while lanes.count < laneCount, let next = indices.next() {
        let group = groups[next]
        if group.count > 1 {
          var shared = SharedHashing(group.map { pending[$0] }, root: root, isSealed: isSealed)
          done += zip(group, shared.run(tally))
        } else {
          let hashing = MemberHashing(
            pending[group[0]].members, root: root, isSealed: isSealed, listed: pending[group[0]].listed)
          lanes.append(Lane(index: group[0], hashing: hashing))
        }
      }
      if lanes.isEmpty { return done }
      let ended = MemberHashing.advance(lanes.map(\.hashing))
      for place in lanes.indices.reversed() {
        let hashing = lanes[place].hashing
        tally.add(hashing.openedCount - lanes[place].reported)
        lanes[place].reported = hashing.openedCount
        guard ended.contains(where: { $0 === hashing }) else { continue }
        let lane = lanes.remove(at: place)
        let hashed = Hashed(
          fact: hashing.fact, failures: hashing.failures, seal: hashing.seal, differing: hashing.differing)
        done.append((lane.index, hashed))
      }
    }
  }

  private func begin(_ gathering: GateGathering) -> Beginning {
    switch gathering.state {
    case .settled(let result): .finished(Finished(result: result))
    case .hash(let work): begin(work, gathering)
    }
  }

  private func begin(_ work: GateGathering.Work, _ gathering: GateGathering) -> Beginning {
    let (gate, expected) = (gathering.gate, work.expected)
    switch work.plan {
    case .text(let text, let count):
      let fact = HashFact.digest(SHA256.digest(text).hex, members: count)
      if isComparingMembers {
        let files = listedFiles(work.index, gate)
        let members = files.map { member($0, of: gate, bundle: work.bundle) }
        return .pending(
          Pending(
            gathering: gathering, work: work, members: members, listed: files.map(\.parsedDigest), known: fact))
      }
      return .finished(Finished(result: gate.verdict(expected: expected, hashed: fact)))
    case .files(let files):
      let members = files.map { member($0, of: gate, bundle: work.bundle) }
      let listed = isComparingMembers ? files.map(\.parsedDigest) : nil
      return .pending(Pending(gathering: gathering, work: work, members: members, listed: listed))
    case .bundleFiles:
      do {
        let tree = try root.tree(work.bundle)
        if let escape = tree.first(where: { $0.kind == .linkOutsideRoot }) {
          let path = String(decoding: escape.path, as: UTF8.self)
          return .finished(Finished(result: gate.verdict(expected: expected, hashed: .outsideRoot(path: path))))
        }
        let members = members(of: tree, gate: gate, bundle: work.bundle)
        let listed = isComparingMembers ? listedDigests(of: members, work, gate) : nil
        return .pending(Pending(gathering: gathering, work: work, members: members, listed: listed))
      } catch {
        let fact = HashFact.unreadable(path: error.path, problem: error.explanation)
        return .finished(Finished(result: gate.verdict(expected: expected, hashed: fact), failures: [error]))
      }
    }
  }

  private func conclude(_ pending: Pending, _ hashed: Hashed) -> Finished {
    let (gate, work) = (pending.gathering.gate, pending.work)
    if let differing = hashed.differing, let listed = pending.listed {
      let names = differing.map { String(decoding: pending.members[$0].name, as: UTF8.self) }
      let comparison = MemberComparison(compared: listed.count { $0 != nil }, differing: names)
      return Finished(
        result: gate.verdict(
          expected: work.expected, hashed: hashed.fact.decisive(pending.known), members: comparison),
        failures: hashed.failures)
    }
    var result = gate.verdict(expected: work.expected, hashed: hashed.fact)
    guard result.status == .fail, !work.expected.isEmpty else {
      return Finished(result: result, failures: hashed.failures)
    }
    switch work.plan {
    case .files(let files): result.differingMembers = differing(files, of: gate, bundle: work.bundle)
    case .bundleFiles:
      result.differingMembers = differing(listedFiles(work.index, gate), of: gate, bundle: work.bundle)
    case .text: break
    }
    return Finished(result: result, failures: hashed.failures)
  }

  /// The files that an index lists which the law itself does not read; none where it cannot be had, for it decides
  /// nothing.
  private func listedFiles(_ index: String?, _ gate: GateDefinition) -> [IndexedFile] {
    guard let index, let bytes = try? root.read(index, limit: SourceLimits.bytes) else { return [] }
    return (try? GateIndex.files(in: bytes, law: gate.law)) ?? []
  }

  /// The digest that the index carries for each of some members; a law over the bundle itself need not have one.
  private func listedDigests(
    of members: [MemberStream.Member], _ work: GateGathering.Work, _ gate: GateDefinition
  ) -> [Digest?] {
    var digests: [[UInt8]: Digest] = [:]
    for file in listedFiles(work.index, gate) {
      guard let digest = file.parsedDigest else { continue }
      digests[SharedMembers.key(member(file, of: gate, bundle: work.bundle).path)] = digest
    }
    return members.map { digests[SharedMembers.key($0.path)] }
  }

  /// The files that a gate's digest is about, below the root; for a law that hashes listed digests the listed files that are
  /// there.
  func members(of work: GateGathering.Work, _ gate: GateDefinition) throws(FileError) -> [[UInt8]] {
    switch work.plan {
    case .files(let files): return files.map { member($0, of: gate, bundle: work.bundle).path }
    case .bundleFiles: return members(of: try root.tree(work.bundle), gate: gate, bundle: work.bundle).map(\.path)
    case .text:
      return listedFiles(work.index, gate).map { member($0, of: gate, bundle: work.bundle).path }
        .filter { (try? root.inspect(String(decoding: $0, as: UTF8.self))) == .file }
    }
  }

  private func members(of tree: [TreeEntry], gate: GateDefinition, bundle: String) -> [MemberStream.Member] {
    tree.compactMap { entry in
      guard entry.kind == .file || entry.kind == .linkToFile else { return nil }
      let name = entry.path.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
      if gate.law.excludedNames.contains(name) { return nil }
      return MemberStream.Member(path: joined(Array(bundle.utf8), entry.path), name: entry.path)
    }
  }

  private func member(_ file: IndexedFile, of gate: GateDefinition, bundle: String) -> MemberStream.Member {
    let path = Array(file.path.utf8)
    let isAbsolute = path.first == UInt8(ascii: "/")
    let isBelowBundle = gate.law.pathBase == .bundleRoot && !isAbsolute
    return MemberStream.Member(path: isBelowBundle ? joined(Array(bundle.utf8), path) : path, name: path)
  }

  /// The listed files whose own digest is not the one that the index carries: only asked for when a gate fails, so
  /// that whoever is woken by it knows where to look.
  private func differing(_ files: [IndexedFile], of gate: GateDefinition, bundle: String) -> [String] {
    files.compactMap { file in
      guard let listed = file.digest, Digest(hex: listed) != nil else { return nil }
      let hashing = MemberHashing([member(file, of: gate, bundle: bundle)], root: root)
      while MemberHashing.advance([hashing]).isEmpty {}
      guard case .digest(let actual, _) = hashing.fact, actual != listed else { return nil }
      return file.path
    }
  }
}

extension IndexedFile {
  /// The digest that the index carries, where it is one.
  fileprivate var parsedDigest: Digest? { digest.flatMap { Digest(hex: $0) } }
}

extension HashFact {
  /// The fact that decides where the law does not hash the members: what it hashes, unless one of them cannot be had.
  fileprivate func decisive(_ known: HashFact?) -> HashFact {
    switch self {
    case .digest, .nothing: known ?? self
    case .absent, .outsideRoot, .unreadable: self
    }
  }
}
