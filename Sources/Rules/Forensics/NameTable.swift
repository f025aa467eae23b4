import Formats

/// Names of a feed as small numbers: tools, runs, phases and paths recur in thousands of events.
struct NameTable: Sendable {
  /// Stands for a name that is absent or empty.
  static let none: Int32 = 0

  private var places: [String: Int32] = ["": 0]
  private var names = [""]
  /// The name that each asker saw last: most lines of a feed repeat the line before.
  private var recent: [Int32] = Array(repeating: 0, count: Self.askers)

  /// Who asks, so that everyone is remembered apart.
  enum Asker: Int {
    case tool, run, other
  }

  private static let askers = 3

  subscript(place: Int32) -> String { names[Int(place)] }

  /// The number of a name that is known; nil for others.
  func known(_ name: String) -> Int32? { places[name] }

  /// The number of a name.
  mutating func place(of name: String) -> Int32 {
    if let place = places[name] { return place }
    let place = Int32(truncatingIfNeeded: names.count)
    places[name] = place
    names.append(name)
    return place
  }

  /// The number of a scalar's text: a string's content, a number as it is written. Everything else is no name.
  mutating func place(of field: JSONField?, in bytes: Span<UInt8>, for asker: Asker) -> Int32 {
    guard let field else { return Self.none }
    switch field.kind {
    case .string:
      guard let text = field.plainText else { return place(of: field.value(in: bytes)?.string ?? "") }
      return place(ofText: text, in: bytes, for: asker)
    case .number: return place(ofText: field.range, in: bytes, for: asker)
    default: return Self.none
    }
  }

  private mutating func place(ofText range: Range<Int>, in bytes: Span<UInt8>, for asker: Asker) -> Int32 {
    let last = recent[asker.rawValue]
    if Self.isEqual(names[Int(last)], bytes, range) { return last }
    let found = place(of: unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0[range], as: UTF8.self) })
    recent[asker.rawValue] = found
    return found
  }

  private static func isEqual(_ name: String, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard name.utf8.count == range.count else { return false }
    var index = range.lowerBound
    for byte in name.utf8 {
      if bytes[index] != byte { return false }
      index += 1
    }
    return true
  }
}
