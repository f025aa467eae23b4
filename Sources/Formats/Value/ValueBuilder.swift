/// Collects the nodes of one input into flat arrays; every reader builds its values through this.
///
/// Scalars are added with their source range. Containers are closed over the nodes that were pushed since they were
/// opened: `let mark = builder.open()`, then `push` each child (for objects key, value, key, value, …), then `close`.
struct ValueBuilder {
  private let source: [UInt8]
  private var scratch: [UInt8] = []
  private var records: [NodeRecord] = []
  private var children: [UInt32] = []
  private var pending: [UInt32] = []
  private var fingerprints: [UInt64] = []
  private var duplicates: [(key: UInt32, first: UInt32, again: UInt32)] = []

  /// The number of nodes so far; the next node has this index.
  var count: Int { records.count }

  init(source: [UInt8]) {
    self.source = source
    records.reserveCapacity(source.count / 16)
    children.reserveCapacity(source.count / 16)
  }

  mutating func null(_ range: Range<Int>) -> UInt32 {
    add(.null, .plain, range, payload: 0)
  }

  mutating func boolean(_ value: Bool, _ range: Range<Int>) -> UInt32 {
    add(.boolean, .plain, range, payload: value ? 1 : 0)
  }

  mutating func integer(_ value: Int64, _ range: Range<Int>) -> UInt32 {
    add(.integer, .plain, range, payload: UInt64(bitPattern: value))
  }

  mutating func real(_ value: Double, _ range: Range<Int>) -> UInt32 {
    add(.real, .plain, range, payload: value.bitPattern)
  }

  /// A string whose content stands in the source as it is.
  mutating func string(_ content: Range<Int>, within range: Range<Int>, style: Value.Style) -> UInt32 {
    add(.string, style, range, payload: NodeRecord.pack(content.lowerBound, content.count))
  }

  /// A string whose content had to be made (escapes, folded lines).
  mutating func string(made content: some Collection<UInt8>, within range: Range<Int>, style: Value.Style) -> UInt32 {
    let start = scratch.count
    scratch.append(contentsOf: content)
    return string(madeFrom: start, within: range, style: style)
  }

  /// Where the next made content begins in the scratch area: append with `appendScratch`, then `string(madeFrom:…)`.
  var scratchCount: Int { scratch.count }

  mutating func appendScratch(_ byte: UInt8) { scratch.append(byte) }

  mutating func appendScratch(_ bytes: some Collection<UInt8>) { scratch.append(contentsOf: bytes) }

  /// Appends a slice of the source.
  mutating func appendScratch(from range: Range<Int>) { scratch.append(contentsOf: source[range]) }

  /// Made content that no node has yet.
  func scratch(_ range: Range<Int>) -> ArraySlice<UInt8> { scratch[range] }

  /// Takes back the end of unfinished scratch content (trailing blanks of folded scalars).
  mutating func truncateScratch(to count: Int) { scratch.removeLast(scratch.count - count) }

  mutating func string(madeFrom start: Int, within range: Range<Int>, style: Value.Style) -> UInt32 {
    let index = add(.string, style, range, payload: NodeRecord.pack(start, scratch.count - start))
    records[Int(index)].place = .scratch
    return index
  }

  /// Opens a container; give the mark to `close`.
  func open() -> Int { pending.count }

  mutating func push(_ node: UInt32) { pending.append(node) }

  mutating func close(_ kind: Value.Kind, from mark: Int, _ range: Range<Int>) -> UInt32 {
    let first = children.count
    children.append(contentsOf: pending[mark...])
    let count = pending.count - mark
    pending.removeLast(count)
    let index = add(kind, .plain, range, payload: NodeRecord.pack(first, count))
    if kind == .object { noteDuplicates(first: first, members: count / 2) }
    return index
  }

  /// The values are views into what was built; the builder is done.
  consuming func finish(roots: [UInt32]) -> ValueStream {
    let duplicates = self.duplicates
    let storage = self.storage()
    let found = duplicates.map { duplicate in
      DuplicateKey(
        key: Value(storage: storage, index: duplicate.key).text,
        first: Value(storage: storage, index: duplicate.first).position,
        again: Value(storage: storage, index: duplicate.again).position)
    }
    return ValueStream(documents: roots.map { Value(storage: storage, index: $0) }, duplicateKeys: found)
  }

  /// What was built, as it stands behind every value.
  consuming func storage() -> ValueStorage {
    ValueStorage(source: source, scratch: scratch, records: records, children: children)
  }

  private mutating func add(
    _ kind: Value.Kind, _ style: Value.Style, _ range: Range<Int>, payload: UInt64
  ) -> UInt32 {
    records.append(
      NodeRecord(
        kind: kind, place: .source, style: style, start: UInt32(truncatingIfNeeded: range.lowerBound),
        end: UInt32(truncatingIfNeeded: range.upperBound), payload: payload))
    return UInt32(truncatingIfNeeded: records.count - 1)
  }

  /// Small objects are compared pair by pair, by fingerprint; large ones go through a table of seeded hashes, so that
  /// a hostile object with a million keys stays linear.
  private mutating func noteDuplicates(first: Int, members: Int) {
    guard members > 1 else { return }
    if members > 32 { return noteDuplicatesByTable(first: first, members: members) }
    fingerprints.removeAll(keepingCapacity: true)
    for later in 0..<members {
      let key = children[first + 2 * later]
      let print = fingerprint(key)
      for earlier in 0..<later where fingerprints[earlier] == print {
        let before = children[first + 2 * earlier]
        guard sameText(before, key) else { continue }
        duplicates.append((key: key, first: before, again: key))
        break
      }
      fingerprints.append(print)
    }
  }

  private mutating func noteDuplicatesByTable(first: Int, members: Int) {
    var seen: [ArraySlice<UInt8>: UInt32] = [:]
    seen.reserveCapacity(members)
    for member in 0..<members {
      let key = children[first + 2 * member]
      guard isScalar(key) else { continue }
      let text = content(key)
      if let earlier = seen[text] {
        duplicates.append((key: key, first: earlier, again: key))
      } else {
        seen[text] = key
      }
    }
  }

  /// FNV-1a of a key's text: equal texts have equal fingerprints.
  private func fingerprint(_ node: UInt32) -> UInt64 {
    let record = records[Int(node)]
    let range = textRange(record)
    return record.place == .source ? fnv(source.span.extracting(range)) : fnv(scratch.span.extracting(range))
  }

  private func fnv(_ text: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in text.indices { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    return hash
  }

  private func isScalar(_ node: UInt32) -> Bool {
    let kind = records[Int(node)].kind
    return kind != .array && kind != .object
  }

  private func sameText(_ left: UInt32, _ right: UInt32) -> Bool {
    isScalar(left) && isScalar(right) && content(left) == content(right)
  }

  private func content(_ node: UInt32) -> ArraySlice<UInt8> {
    let record = records[Int(node)]
    return record.place == .source ? source[textRange(record)] : scratch[textRange(record)]
  }

  /// Where a scalar's text stands; only strings may have made text.
  private func textRange(_ record: NodeRecord) -> Range<Int> {
    record.kind == .string
      ? record.first..<(record.first + record.second) : Int(record.start)..<Int(record.end)
  }
}
