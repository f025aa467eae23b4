import Formats

/// `service.log`: the lines that have the form `<time> <LEVEL> key=value key="quoted value" …`; others are passed over.
struct ServiceLog {
  /// A line that counts.
  struct Line {
    /// From 1.
    let number: Int
    let time: Instant
    let level: String
    /// The first value of each key.
    let fields: [String: String]

    var event: String? { fields["event"] }
    var isFault: Bool { level == "ERROR" || level == "FATAL" }
  }

  let lines: [Line]

  init(_ bytes: [UInt8]) {
    lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().compactMap { index, line in
      Self.line(line, number: index + 1)
    }
  }

  /// The lines of an event, in order.
  func lines(of event: String) -> [Line] { lines.filter { $0.event == event } }

  private static func line(_ bytes: ArraySlice<UInt8>, number: Int) -> Line? {
    var rest = bytes
    guard let first = rest.first, !ASCII.isBlank(first), let time = Instant(rfc3339: word(&rest).span) else {
      return nil
    }
    let level = word(&rest)
    guard !level.isEmpty, level.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else { return nil }
    var fields: [String: String] = [:]
    while true {
      rest = rest.drop(while: ASCII.isBlank)
      if rest.isEmpty { break }
      guard let (key, value) = field(&rest) else { return nil }
      if fields[key] == nil { fields[key] = value }
    }
    return Line(number: number, time: time, level: String(decoding: level, as: UTF8.self), fields: fields)
  }

  /// What stands before the next blank.
  private static func word(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    rest = rest.drop(while: ASCII.isBlank)
    let word = rest.prefix { !ASCII.isBlank($0) }
    rest = rest.dropFirst(word.count)
    return word
  }

  private static func field(_ rest: inout ArraySlice<UInt8>) -> (key: String, value: String)? {
    let key = rest.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_") }
    rest = rest.dropFirst(key.count)
    guard !key.isEmpty, rest.first == UInt8(ascii: "=") else { return nil }
    rest = rest.dropFirst()
    let value: ArraySlice<UInt8>
    if rest.first == UInt8(ascii: "\"") {
      rest = rest.dropFirst()
      value = rest.prefix { $0 != UInt8(ascii: "\"") }
      rest = rest.dropFirst(value.count)
      guard rest.first == UInt8(ascii: "\"") else { return nil }
      rest = rest.dropFirst()
      guard rest.first.map(ASCII.isBlank) ?? true else { return nil }
    } else {
      value = rest.prefix { !ASCII.isBlank($0) }
      rest = rest.dropFirst(value.count)
    }
    return (String(decoding: key, as: UTF8.self), String(decoding: value, as: UTF8.self))
  }
}
