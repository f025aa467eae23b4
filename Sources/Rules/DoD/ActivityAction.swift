/// The three events of a chain, in their order.
package enum ActivityAction: String, Sendable, CaseIterable {
  /// Work began.
  case started
  /// Work ended.
  case completed
  /// Somebody, or something, checked the outcome.
  case verified

  /// Its place in a chain, from 0.
  var place: Int {
    switch self {
    case .started: 0
    case .completed: 1
    case .verified: 2
    }
  }

  /// Reads the `action` of an event, in any letter case; nil for every other action.
  package init?(reading bytes: ArraySlice<UInt8>) {
    guard
      let action = Self.allCases.first(where: { action in
        action.rawValue.utf8.count == bytes.count && zip(action.rawValue.utf8, bytes).allSatisfy { $0 == $1 | 0x20 }
      })
    else { return nil }
    self = action
  }

  /// Reads the same from a span, without copying: first and last eight bytes (seven of the shortest) as numbers.
  init?(reading bytes: Span<UInt8>, _ range: Range<Int>) {
    switch range.count {
    case 7:
      guard Self.lowered(bytes, range.lowerBound, count: 7) == 0x64_6574_7261_7473 else { return nil }
      self = .started
    case 8:
      guard Self.lowered(bytes, range.lowerBound, count: 8) == 0x6465_6966_6972_6576 else { return nil }
      self = .verified
    case 9:
      guard Self.lowered(bytes, range.lowerBound, count: 8) == 0x6574_656C_706D_6F63,
        bytes[range.upperBound - 1] | 0x20 == UInt8(ascii: "d")
      else { return nil }
      self = .completed
    default: return nil
    }
  }

  /// So many bytes from a place on, the first one lowest, as if all were small letters.
  @inline(__always)
  private static func lowered(_ bytes: Span<UInt8>, _ start: Int, count: Int) -> UInt64 {
    var word: UInt64 = 0
    for offset in 0..<count { word |= UInt64(bytes[start + offset] | 0x20) << UInt64(8 * offset) }
    return word
  }
}
