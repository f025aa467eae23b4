import Formats
import Rules

/// Recomputes the digests of many gates: on several threads, and on each two gates interleaved, for one stream of
/// SHA-256 leaves half of a core unused.
struct GateHashing: Sendable {
  /// A verdict and what the system refused on the way to it.
  struct Finished: Sendable {
    let result: GateResult
    var failures: [FileError] = []
  }

  /// A gate whose members are being hashed.
  private struct Lane {
    let index: Int
    let work: GateGathering.Work
    let gate: GateDefinition
    let hashing: MemberHashing
  }

  /// What a gate needs next.
  private enum Beginning {
    case finished(Finished)
    case lane(Lane)
  }

  let root: RootedFolder
  let jobs: Int

  /// One verdict a gate, in the order given, whatever the number of threads.
  func finish(_ gatherings: [GateGathering]) -> [Finished] {
    let workers = min(jobs, max(1, gatherings.count))
    let laneCount = gatherings.count > workers ? 2 : 1
    let parts = IndexedWork.run(jobs: workers, count: gatherings.count) { indices in
      work(through: indices, of: gatherings, laneCount: laneCount)
    }
    return parts.flatMap { $0 }.sorted { $0.index < $1.index }.map(\.finished)
  }

  /// What one thread does: keeps its lanes full as long as there are gates.
  private func work(
    through indices: IndexedWork.Indices, of gatherings: [GateGathering], laneCount: Int
  ) -> [(index: Int, finished: Finished)] {
    var done: [(index: Int, finished: Finished)] = []
    var lanes: [Lane] = []
    while true {
      while lanes.count < laneCount, let index = indices.next() {
        switch begin(gatherings[index], index: index) {
        case .finished(let finished): done.append((index, finished))
        case .lane(let lane): lanes.append(lane)
        }
      }
      if lanes.isEmpty { return done }
      for ended in MemberHashing.advance(lanes.map(\.hashing)) {
        guard let place = lanes.firstIndex(where: { $0.hashing === ended }) else { continue }
        let lane = lanes.remove(at: place)
        done.append((lane.index, conclude(lane)))
      }
    }
  }

  private func begin(_ gathering: GateGathering, index: Int) -> Beginning {
    switch gathering.state {
    case .settled(let result): .finished(Finished(result: result))
    case .hash(let work): begin(work, gathering.gate, index: index)
    }
  }

  private func begin(_ work: GateGathering.Work, _ gate: GateDefinition, index: Int) -> Beginning {
    let expected = work.expected
    switch work.plan {
    case .text(let text, let count):
      let fact = HashFact.digest(SHA256.digest(text).hex, members: count)
      return .finished(Finished(result: gate.verdict(expected: expected, hashed: fact)))
    case .files(let files):
      let members = files.map { member($0, of: gate, bundle: work.bundle) }
      return .lane(Lane(index: index, work: work, gate: gate, hashing: MemberHashing(members, root: root)))
    case .bundleFiles:
      do {
        let tree = try root.tree(work.bundle)
        if let escape = tree.first(where: { $0.kind == .linkOutsideRoot }) {
          let path = String(decoding: escape.path, as: UTF8.self)
          return .finished(Finished(result: gate.verdict(expected: expected, hashed: .outsideRoot(path: path))))
        }
        let members = members(of: tree, gate: gate, bundle: work.bundle)
        return .lane(Lane(index: index, work: work, gate: gate, hashing: MemberHashing(members, root: root)))
      } catch {
        let fact = HashFact.unreadable(path: error.path, problem: error.explanation)
        return .finished(Finished(result: gate.verdict(expected: expected, hashed: fact), failures: [error]))
      }
    }
  }

  private func conclude(_ lane: Lane) -> Finished {
    var result = lane.gate.verdict(expected: lane.work.expected, hashed: lane.hashing.fact)
    guard result.status == .fail, !lane.work.expected.isEmpty else {
      return Finished(result: result, failures: lane.hashing.failures)
    }
    switch lane.work.plan {
    case .files(let files): result.differingMembers = differing(files, of: lane.gate, bundle: lane.work.bundle)
    case .bundleFiles:
      result.differingMembers = differing(
        listedFiles(lane.work.index, lane.gate), of: lane.gate, bundle: lane.work.bundle)
    case .text: break
    }
    return Finished(result: result, failures: lane.hashing.failures)
  }

  /// The files that an index lists which the law itself does not read; none where it cannot be had, for it decides
  /// nothing.
  private func listedFiles(_ index: String?, _ gate: GateDefinition) -> [IndexedFile] {
    guard let index, let bytes = try? root.read(index, limit: SourceLimits.bytes) else { return [] }
    return (try? GateIndex.files(in: bytes, law: gate.law)) ?? []
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
