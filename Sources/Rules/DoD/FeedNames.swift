/// Finds the place of a name by its bytes where they stand, so that no text is made for each of a million events.
package struct FeedNames: Sendable {
  /// The bytes of all names, one after the other.
  private var bytes: [UInt8] = []
  /// Where each name ends.
  private var ends: [Int] = []
  /// Places by hash, -1 where there is none; a power of two, at most half full.
  private var slots: [Int32] = Array(repeating: -1, count: 16)

  /// A table without names.
  package init() {}

  /// How many names there are.
  package var count: Int { ends.count }

  /// The name at a place.
  package subscript(place: Int) -> String { String(decoding: bytes[range(of: place)], as: UTF8.self) }

  /// The place of the name that stands at a range, from 0; nil when there is no such name.
  package func place(of text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    let place = Int(slots[slot(of: text, range)])
    return place < 0 ? nil : place
  }

  /// The same, with a new place for a new name.
  package mutating func intern(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    let slot = slot(of: text, range)
    if slots[slot] >= 0 { return Int(slots[slot]) }
    for index in range { bytes.append(text[index]) }
    ends.append(bytes.count)
    slots[slot] = Int32(truncatingIfNeeded: ends.count - 1)
    if 2 * ends.count > slots.count { grow() }
    return ends.count - 1
  }

  private func range(of place: Int) -> Range<Int> { (place == 0 ? 0 : ends[place - 1])..<ends[place] }

  /// Where the name is, or would be.
  private func slot(of text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var slot = Self.hash(text, range) & (slots.count - 1)
    while slots[slot] >= 0, !isEqual(Int(slots[slot]), text, range) { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private func isEqual(_ place: Int, _ text: Span<UInt8>, _ other: Range<Int>) -> Bool {
    let own = range(of: place)
    guard own.count == other.count else { return false }
    var offset = 0
    let name = bytes.span
    while offset + 8 <= own.count {
      if Self.word(name, own.lowerBound + offset) != Self.word(text, other.lowerBound + offset) { return false }
      offset += 8
    }
    while offset < own.count {
      if bytes[own.lowerBound + offset] != text[other.lowerBound + offset] { return false }
      offset += 1
    }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: 2 * slots.count)
    for place in ends.indices { slots[slot(of: bytes.span, range(of: place))] = Int32(truncatingIfNeeded: place) }
  }

  /// Multiplies words of eight bytes, then the bytes that are left, and keeps the high bits: names are short and trusted by
  /// nobody, but a slow table is all that chosen ones can make.
  private static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var index = range.lowerBound
    while index + 8 <= range.upperBound {
      hash = (hash ^ word(text, index)) &* 0x9E37_79B9_7F4A_7C15
      // A product's low bits know nothing of high ones, where names that are counted up differ.
      hash ^= hash >> 32
      index += 8
    }
    while index < range.upperBound {
      hash = (hash ^ UInt64(text[index])) &* 0x9E37_79B9_7F4A_7C15
      index += 1
    }
    return Int(truncatingIfNeeded: ((hash ^ (hash >> 29)) &* 0x9E37_79B9_7F4A_7C15) >> 33)
  }

  @inline(__always)
  private static func word(_ text: Span<UInt8>, _ index: Int) -> UInt64 {
    unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
  }
}
