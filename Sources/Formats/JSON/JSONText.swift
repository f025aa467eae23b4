import CKernels

/// A text is no JSON. Where and why is what `JSONReader` says of it.
struct NotJSON: Error {}

/// Passes over JSON on one line, checking it as strictly as `JSONReader` does.
///
/// Each function takes an index into the line and moves it past what it names. The end of the bytes counts as a line feed,
/// which is no blank here, so nothing moves past the end of a line; on an error the index is still on the line.
enum JSONText {
  /// The byte at an index, a line feed at the end.
  @inline(__always)
  static func byte(_ bytes: Span<UInt8>, _ index: Int) -> UInt8 {
    index < bytes.count ? bytes[index] : UInt8(ascii: "\n")
  }

  /// Passes over blanks and answers the byte that stands behind them.
  @inline(__always)
  static func skipBlanks(_ bytes: Span<UInt8>, _ index: inout Int) -> UInt8 {
    while true {
      let byte = byte(bytes, index)
      // Asked first, so that this does not become one jump with what the caller asks of the byte.
      if byte > 0x20 { return byte }
      guard byte == 0x20 || byte == 0x09 || byte == 0x0D else { return byte }
      index += 1
    }
  }

  /// Passes over the colon behind a key, and the blanks around it.
  @inline(__always)
  static func skipColon(_ bytes: Span<UInt8>, _ index: inout Int) throws(NotJSON) {
    guard skipBlanks(bytes, &index) == UInt8(ascii: ":") else { throw NotJSON() }
    index += 1
    _ = skipBlanks(bytes, &index)
  }

  /// The next line feed, or the end of the bytes.
  static func lineEnd(_ bytes: Span<UInt8>, from index: Int) -> Int {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return index }
      return unsafe ck_find_byte(base, UInt8(ascii: "\n"), index, buffer.count)
    }
  }
}

extension JSONText {
  /// Passes over a value inside so many containers; says what it was and, of a string, whether it holds escapes.
  @inline(__always)
  static func skipValue(
    _ bytes: Span<UInt8>, _ index: inout Int, depth: Int
  ) throws(NotJSON) -> (kind: JSONField.Kind, hasEscapes: Bool) {
    switch byte(bytes, index) {
    case UInt8(ascii: "\""): return (.string, try skipString(bytes, &index))
    case UInt8(ascii: "{"):
      try skipContainer(bytes, &index, depth: depth)
      return (.object, false)
    case UInt8(ascii: "["):
      try skipContainer(bytes, &index, depth: depth)
      return (.array, false)
    default: return (try skipScalar(bytes, &index), false)
    }
  }

  /// Passes over a number, a boolean or null.
  @inline(__always)
  private static func skipScalar(_ bytes: Span<UInt8>, _ index: inout Int) throws(NotJSON) -> JSONField.Kind {
    switch byte(bytes, index) {
    case UInt8(ascii: "t"):
      try skipWord("true", bytes, &index)
      return .boolean
    case UInt8(ascii: "f"):
      try skipWord("false", bytes, &index)
      return .boolean
    case UInt8(ascii: "n"):
      try skipWord("null", bytes, &index)
      return .null
    default:
      try skipNumber(bytes, &index)
      return .number
    }
  }

  private static func skipWord(
    _ word: StaticString, _ bytes: Span<UInt8>, _ index: inout Int
  ) throws(NotJSON) {
    for offset in 0..<word.utf8CodeUnitCount {
      guard unsafe byte(bytes, index) == word.utf8Start[offset] else { throw NotJSON() }
      index += 1
    }
  }

  /// Passes over an object or an array that stands inside so many others. Without recursion: `SourceLimits.depth` bounds the
  /// nesting, and a bit a level says which of the two is open.
  static func skipContainer(_ bytes: Span<UInt8>, _ index: inout Int, depth outer: Int) throws(NotJSON) {
    var open = OpenContainers()
    var depth = outer
    while true {
      let isObject = byte(bytes, index) == UInt8(ascii: "{")
      guard depth < SourceLimits.depth else { throw NotJSON() }
      open.set(depth, isObject: isObject)
      depth += 1
      index += 1
      var next = skipBlanks(bytes, &index)
      let isEmpty = next == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
      var needsElement = !isEmpty
      while true {
        if needsElement {
          if open.isObject(depth - 1) { try skipKey(bytes, &index) }
          if byte(bytes, index) == UInt8(ascii: "{") || byte(bytes, index) == UInt8(ascii: "[") { break }
          if byte(bytes, index) == UInt8(ascii: "\"") {
            _ = try skipString(bytes, &index)
          } else {
            _ = try skipScalar(bytes, &index)
          }
          next = skipBlanks(bytes, &index)
        }
        needsElement = next == UInt8(ascii: ",")
        if !needsElement {
          guard next == (open.isObject(depth - 1) ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { throw NotJSON() }
          depth -= 1
        }
        index += 1
        if depth == outer { return }
        next = skipBlanks(bytes, &index)
      }
    }
  }

  @inline(__always)
  private static func skipKey(_ bytes: Span<UInt8>, _ index: inout Int) throws(NotJSON) {
    guard byte(bytes, index) == UInt8(ascii: "\"") else { throw NotJSON() }
    _ = try skipString(bytes, &index)
    try skipColon(bytes, &index)
  }

  private struct OpenContainers {
    /// The first 64 levels; those below them are rare, and room for them would have to be cleared for every value.
    private var usual: UInt64 = 0
    private var deeper: [Bool] = []

    func isObject(_ level: Int) -> Bool { level < 64 ? usual & (1 << UInt64(level)) != 0 : deeper[level - 64] }

    /// Levels are set from the outermost inwards.
    mutating func set(_ level: Int, isObject: Bool) {
      if level < 64 {
        let bit: UInt64 = 1 << UInt64(level)
        usual = isObject ? usual | bit : usual & ~bit
      } else {
        while deeper.count <= level - 64 { deeper.append(false) }
        deeper[level - 64] = isObject
      }
    }
  }
}
