/// One table of `UnicodeData`: names to code points. Reading it once is a pass over a few kilobytes; a set is decoded
/// when a pattern asks for it.
struct UnicodeTable: Sendable {
  private let text: [UInt8]
  private let places: [String: Int]
  private let leading: [String]

  init(_ source: StaticString) {
    let text = UnicodeDigits.bytes(of: source)
    var places: [String: Int] = [:]
    var leading: [String] = []
    var start = 0
    while start < text.count, let colon = text[start...].firstIndex(of: UInt8(ascii: ":")) {
      let names = text[start..<colon].split(separator: UInt8(ascii: ",")).map { String(decoding: $0, as: UTF8.self) }
      for name in names { places[name] = colon + 1 }
      leading.append(names.first ?? "")
      start = (text[colon...].firstIndex(of: UInt8(ascii: ";")) ?? text.count) + 1
    }
    self.text = text
    self.places = places
    self.leading = leading
  }

  /// The first name of every record, in the order of the table.
  var primaryNames: [String] { leading }

  /// The code points of a property, by any of its names; names are compared exactly.
  func set(named name: String) -> ScalarSet? {
    guard var at = places[name] else { return nil }
    var runs: [ScalarSet.Run] = []
    var boundary: UInt32 = 0
    var first: UInt32?
    while at < text.count, text[at] != UInt8(ascii: ";") {
      boundary += UnicodeDigits.number(in: text, at: &at)
      if let begun = first {
        runs.append(ScalarSet.Run(begun, boundary - 1))
        first = nil
      } else {
        first = boundary
      }
    }
    return ScalarSet(runs)
  }
}

/// The numbers of the tables: base 32, least digit first, a digit of 32 or more says that another follows.
enum UnicodeDigits {
  /// The text of a table without its line breaks.
  static func bytes(of source: StaticString) -> [UInt8] {
    let buffer = unsafe UnsafeBufferPointer(start: source.utf8Start, count: source.utf8CodeUnitCount)
    return unsafe buffer.filter { $0 != UInt8(ascii: "\n") }
  }

  static func number(in text: [UInt8], at index: inout Int) -> UInt32 {
    var value: UInt32 = 0
    var shift: UInt32 = 0
    while index < text.count {
      let digit = UnicodeDigits.value(of: text[index])
      index += 1
      value |= (digit & 31) << shift
      if digit < 32 { break }
      shift += 5
    }
    return value
  }

  private static func value(of character: UInt8) -> UInt32 {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    default: 63
    }
  }
}
