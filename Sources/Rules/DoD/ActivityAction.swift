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

  /// Reads the same from a span, without copying.
  init?(reading bytes: Span<UInt8>, _ range: Range<Int>) {
    let action: ActivityAction
    switch range.count {
    case 7: action = .started
    case 8: action = .verified
    case 9: action = .completed
    default: return nil
    }
    var index = range.lowerBound
    for letter in action.rawValue.utf8 {
      if bytes[index] | 0x20 != letter { return nil }
      index += 1
    }
    self = action
  }
}
