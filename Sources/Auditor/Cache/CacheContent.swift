import Formats

/// What a cache knows about the files of one scan, and what the scan adds to it.
struct CacheContent: Sendable {
  private let groups: FolderGroups
  private let files: [TreeFile]
  /// The rows as they were read.
  private let rows: [[UInt8]: [UInt8]]
  /// For each folder of the groups what its row holds.
  private let known: [[CacheEntry]]
  /// For each file what is known of it.
  let candidates: [CacheEntry?]
  /// A row was not what had been written.
  let isDamaged: Bool

  /// Decodes the rows on several threads.
  init(_ files: [TreeFile], rows: [[UInt8]: [UInt8]], jobs: Int) {
    let groups = FolderGroups(files)
    let parts = IndexedWork.run(jobs: jobs, count: groups.folders.count) { indices in
      var decoded: [(Int, [CacheEntry]?)] = []
      while let index = indices.next() {
        if let row = rows[groups.folders[index]] { decoded.append((index, CacheBlob.entries(row))) }
      }
      return decoded
    }
    var known = [[CacheEntry]](repeating: [], count: groups.folders.count)
    var candidates = [CacheEntry?](repeating: nil, count: files.count)
    var isDamaged = false
    for (index, entries) in parts.joined() {
      guard let entries else {
        isDamaged = true
        continue
      }
      known[index] = entries
      // Both are in the order of names.
      var next = 0
      for member in groups.members[index] {
        let name = groups.name(member, of: files)
        while next < entries.count, entries[next].name.lexicographicallyPrecedes(name) { next += 1 }
        if next < entries.count, entries[next].name.elementsEqual(name) { candidates[member] = entries[next] }
      }
    }
    self.groups = groups
    self.files = files
    self.rows = rows
    self.known = known
    self.candidates = candidates
    self.isDamaged = isDamaged
  }

  /// The rows that have to be written and those that have to go, so that the cache knows what the scan found out.
  ///
  /// - Parameters:
  ///   - records: by the index of their file, new ones and those that changed.
  ///   - isWhole: everything below the root was scanned, so that what was not met is gone.
  func changes(
    _ records: [Int: CacheEntry], isWhole: Bool
  ) -> (changed: [[UInt8]: [UInt8]], removed: [[UInt8]]) {
    var changed: [[UInt8]: [UInt8]] = [:]
    for (index, members) in groups.members.enumerated() {
      let kept = members.compactMap { records[$0] ?? candidates[$0] }
      let hasNew = members.contains { records[$0] != nil }
      let met = Set(kept.map(\.name))
      let others = known[index].filter { !met.contains($0.name) }
      if !hasNew, others.isEmpty || !isWhole { continue }
      let entries = (kept + (isWhole ? [] : others)).sorted { $0.name.lexicographicallyPrecedes($1.name) }
      changed[groups.folders[index]] = CacheBlob.bytes(of: entries)
    }
    let present = Set(groups.folders)
    return (changed, isWhole ? rows.keys.filter { !present.contains($0) } : [])
  }

  /// An entry for a file of the scan.
  func entry(
    _ index: Int, stamp: FileStamp, readAt now: Int64, digest: Digest, _ judgement: FileJudgement
  ) -> CacheEntry {
    CacheEntry(
      name: Array(groups.name(index, of: files)), stamp: stamp, isTrusted: !stamp.isRacy(readAt: now), digest: digest,
      judgement: judgement)
  }
}
