/// Texts that are known when a schema is compiled, found by the bytes of an instance's text without making a `String`.
///
/// Open addressing over one blob of bytes; at most half of the slots are taken.
struct KeyTable: Sendable {
  private struct Entry: Sendable {
    let hash: UInt64
    let start: Int
    let count: Int
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  private var slots: [Int32] = [-1, -1]

  var count: Int { entries.count }

  /// The index of a text, in the order of first insertion.
  mutating func insert(_ text: some Collection<UInt8>) -> Int {
    let text = Array(text)
    if let index = find(text, 0..<text.count) { return index }
    entries.append(Entry(hash: KeyTable.hash(text, 0..<text.count), start: bytes.count, count: text.count))
    bytes.append(contentsOf: text)
    if entries.count * 2 > slots.count {
      slots = Array(repeating: -1, count: slots.count * 4)
      for index in entries.indices { place(index) }
    } else {
      place(entries.count - 1)
    }
    return entries.count - 1
  }

  /// The index of the text that stands in a range of some bytes, or nil.
  func find(_ text: [UInt8], _ range: Range<Int>) -> Int? {
    if entries.isEmpty { return nil }
    let hash = KeyTable.hash(text, range)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if entries[index].hash == hash, isSame(entries[index], text, range) { return index }
      slot = (slot + 1) & mask
    }
    return nil
  }

  func text(_ index: Int) -> String {
    let entry = entries[index]
    return String(decoding: bytes[entry.start..<(entry.start + entry.count)], as: UTF8.self)
  }

  private mutating func place(_ index: Int) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: entries[index].hash) & mask
    while slots[slot] >= 0 { slot = (slot + 1) & mask }
    slots[slot] = Int32(index)
  }

  private func isSame(_ entry: Entry, _ text: [UInt8], _ range: Range<Int>) -> Bool {
    guard entry.count == range.count else { return false }
    for offset in 0..<entry.count where bytes[entry.start + offset] != text[range.lowerBound + offset] { return false }
    return true
  }

  /// FNV-1a with a final mix: short keys, no seed needed because only the schema's own keys fill the table.
  private static func hash(_ text: [UInt8], _ range: Range<Int>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in range { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    return hash ^ (hash >> 32)
  }
}
