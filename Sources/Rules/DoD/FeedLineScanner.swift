/// Reads the usual shape of an event straight from the bytes of a feed: no tree, no allocation but for two short names.
///
/// It accepts only what is certainly JSON and certainly means what the full reader would say; everything else (escapes by
/// number, interesting values that are no plain text or whole number, deep nesting, broken lines) it leaves to that one.
package struct FeedLineScanner {
  /// A plain text's bytes; empty when absent.
  private struct Text {
    var start = 0
    var end = 0
    var isEmpty: Bool { start == end }
  }

  private static let deepest = 32
  private static let longestNumber = 32

  private let end: Int
  private var index: Int
  private var phaseID = Text()
  private var phase = Text()
  private var taskID = Text()
  private var action = Text()
  private var ts = Text()
  private var tsUTC = Text()
  private var epochMilliseconds: Int64?

  private init(_ line: Range<Int>) {
    index = line.lowerBound
    end = line.upperBound
  }

  /// The event that stands on a line of validated UTF-8, or nil when the full reader has to decide.
  package static func event(in bytes: Span<UInt8>, line: Range<Int>) -> ActivityEvent? {
    var scanner = FeedLineScanner(line)
    return scanner.readEvent(bytes) ? scanner.event(bytes) : nil
  }

  private func event(_ bytes: Span<UInt8>) -> ActivityEvent? {
    let clock = ts.isEmpty ? tsUTC : ts
    var feedTime = EventTime.Reading.none
    if !clock.isEmpty {
      guard let time = EventTime(usual: bytes, clock.start..<clock.end) else { return nil }
      feedTime = .instant(time)
    }
    guard let phase = name(phaseID.isEmpty ? phase : phaseID, bytes), let task = name(taskID, bytes) else { return nil }
    return ActivityEvent(
      phase: phase, task: task, action: ActivityAction(reading: bytes, action.start..<action.end), feedTime: feedTime,
      preciseTime: epochMilliseconds.map(EventTime.read(milliseconds:)) ?? feedTime)
  }

  /// A name without blanks around it.
  private func name(_ text: Text, _ bytes: Span<UInt8>) -> String? {
    if text.isEmpty { return "" }
    if ASCII.isBlank(bytes[text.start]) || ASCII.isBlank(bytes[text.end - 1]) { return nil }
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe String(decoding: buffer[text.start..<text.end], as: UTF8.self)
    }
  }
}

extension FeedLineScanner {
  /// One object and nothing after it, its members kept where they are asked for.
  private mutating func readEvent(_ bytes: Span<UInt8>) -> Bool {
    skipBlanks(bytes)
    guard take(UInt8(ascii: "{"), bytes) else { return false }
    skipBlanks(bytes)
    if !take(UInt8(ascii: "}"), bytes) {
      repeat {
        skipBlanks(bytes)
        guard let key = text(bytes) else { return false }
        skipBlanks(bytes)
        guard take(UInt8(ascii: ":"), bytes) else { return false }
        skipBlanks(bytes)
        guard readMember(key, bytes) else { return false }
        skipBlanks(bytes)
      } while take(UInt8(ascii: ","), bytes)
      guard take(UInt8(ascii: "}"), bytes) else { return false }
    }
    skipBlanks(bytes)
    return index == end
  }

  private mutating func readMember(_ key: Text, _ bytes: Span<UInt8>) -> Bool {
    switch key.end - key.start {
    case 2 where has(key, "ts", bytes): return keep(\.ts, bytes)
    case 5 where has(key, "phase", bytes): return keep(\.phase, bytes)
    case 6 where has(key, "action", bytes): return keep(\.action, bytes)
    case 6 where has(key, "ts_utc", bytes): return keep(\.tsUTC, bytes)
    case 7 where has(key, "task_id", bytes): return keep(\.taskID, bytes)
    case 8 where has(key, "phase_id", bytes): return keep(\.phaseID, bytes)
    case 9 where has(key, "timestamp", bytes): return false
    case 11 where has(key, "ts_epoch_ms", bytes):
      epochMilliseconds = wholeNumber(bytes)
      return epochMilliseconds != nil
    default: return skipValue(bytes, depth: 0)
    }
  }

  private mutating func keep(_ field: WritableKeyPath<FeedLineScanner, Text>, _ bytes: Span<UInt8>) -> Bool {
    guard let text = text(bytes) else { return false }
    self[keyPath: field] = text
    return true
  }

  private func has(_ key: Text, _ name: StaticString, _ bytes: Span<UInt8>) -> Bool {
    for offset in 0..<name.utf8CodeUnitCount where unsafe bytes[key.start + offset] != name.utf8Start[offset] {
      return false
    }
    return true
  }

  /// A string without any escape.
  private mutating func text(_ bytes: Span<UInt8>) -> Text? {
    guard take(UInt8(ascii: "\""), bytes) else { return nil }
    let start = index
    while index < end {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        index += 1
        return Text(start: start, end: index - 1)
      }
      if byte == UInt8(ascii: "\\") || byte < 0x20 { return nil }
      index += 1
    }
    return nil
  }

  /// Up to 18 digits that end the value.
  private mutating func wholeNumber(_ bytes: Span<UInt8>) -> Int64? {
    let start = index
    var number: Int64 = 0
    while index < end, index - start < 19, ASCII.isDigit(bytes[index]) {
      number = number * 10 + Int64(bytes[index] - UInt8(ascii: "0"))
      index += 1
    }
    let count = index - start
    guard (1...18).contains(count), count == 1 || bytes[start] != UInt8(ascii: "0"), index < end else { return nil }
    let next = bytes[index]
    return next == UInt8(ascii: ",") || next == UInt8(ascii: "}") || ASCII.isBlank(next) ? number : nil
  }

  private mutating func skipBlanks(_ bytes: Span<UInt8>) {
    while index < end {
      let byte = bytes[index]
      guard byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A else { return }
      index += 1
    }
  }

  private mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard index < end, bytes[index] == byte else { return false }
    index += 1
    return true
  }
}

extension FeedLineScanner {
  /// Passes over a value of any kind; false where the full reader has to decide.
  private mutating func skipValue(_ bytes: Span<UInt8>, depth: Int) -> Bool {
    guard index < end, depth < Self.deepest else { return false }
    switch bytes[index] {
    case UInt8(ascii: "\""): return skipText(bytes)
    case UInt8(ascii: "{"): return skipContainer(bytes, hasKeys: true, closing: UInt8(ascii: "}"), depth: depth)
    case UInt8(ascii: "["): return skipContainer(bytes, hasKeys: false, closing: UInt8(ascii: "]"), depth: depth)
    case UInt8(ascii: "t"): return skip("true", bytes)
    case UInt8(ascii: "f"): return skip("false", bytes)
    case UInt8(ascii: "n"): return skip("null", bytes)
    default: return skipNumber(bytes)
    }
  }

  private mutating func skipContainer(
    _ bytes: Span<UInt8>, hasKeys: Bool, closing: UInt8, depth: Int
  ) -> Bool {
    index += 1
    skipBlanks(bytes)
    if take(closing, bytes) { return true }
    repeat {
      skipBlanks(bytes)
      if hasKeys {
        guard skipText(bytes) else { return false }
        skipBlanks(bytes)
        guard take(UInt8(ascii: ":"), bytes) else { return false }
        skipBlanks(bytes)
      }
      guard skipValue(bytes, depth: depth + 1) else { return false }
      skipBlanks(bytes)
    } while take(UInt8(ascii: ","), bytes)
    return take(closing, bytes)
  }

  /// A string whose escapes, if any, are of one letter.
  private mutating func skipText(_ bytes: Span<UInt8>) -> Bool {
    guard take(UInt8(ascii: "\""), bytes) else { return false }
    while index < end {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte < 0x20 { return false }
      guard byte == UInt8(ascii: "\\") else { continue }
      guard index < end else { return false }
      switch bytes[index] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
        UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
        index += 1
      default: return false
      }
    }
    return false
  }

  private mutating func skip(_ word: StaticString, _ bytes: Span<UInt8>) -> Bool {
    let count = word.utf8CodeUnitCount
    guard index + count <= end, has(Text(start: index, end: index + count), word, bytes) else { return false }
    index += count
    return true
  }

  /// A number that a double certainly holds: short, and without an exponent.
  private mutating func skipNumber(_ bytes: Span<UInt8>) -> Bool {
    let start = index
    _ = take(UInt8(ascii: "-"), bytes)
    let digits = index
    guard skipDigits(bytes), bytes[digits] != UInt8(ascii: "0") || index == digits + 1 else { return false }
    if take(UInt8(ascii: "."), bytes), !skipDigits(bytes) { return false }
    return index - start <= Self.longestNumber && (index == end || bytes[index] | 0x20 != UInt8(ascii: "e"))
  }

  private mutating func skipDigits(_ bytes: Span<UInt8>) -> Bool {
    let start = index
    while index < end, ASCII.isDigit(bytes[index]) { index += 1 }
    return index > start
  }
}
