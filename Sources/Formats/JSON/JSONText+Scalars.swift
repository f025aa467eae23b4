import CKernels

extension JSONText {
  /// Passes over a string that begins here with its quote; says whether it holds escapes.
  @inline(__always)
  static func skipString(_ bytes: Span<UInt8>, _ index: inout Int) throws(NotJSON) -> Bool {
    index = plainEnd(bytes, from: index + 1)
    if byte(bytes, index) == UInt8(ascii: "\"") {
      index += 1
      return false
    }
    return try skipUnusualRest(bytes, &index)
  }

  /// The rest of a string from its first byte that is no plain character.
  @inline(never)
  private static func skipUnusualRest(_ bytes: Span<UInt8>, _ index: inout Int) throws(NotJSON) -> Bool {
    var hasEscapes = false
    while true {
      let byte = byte(bytes, index)
      if byte == UInt8(ascii: "\"") {
        index += 1
        return hasEscapes
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        try skipEscape(bytes, &index)
      } else {
        guard byte >= 0x80 else { throw NotJSON() }
        try skipScalarValue(bytes, &index)
      }
      // Text in other scripts has few plain characters in a row, so that it is not worth asking the kernel every time.
      if Self.byte(bytes, index) < 0x80 { index = plainEnd(bytes, from: index) }
    }
  }

  /// Where plain characters end: at a quote, a backslash, a control character, a byte above 127 or the end of the bytes.
  @inline(__always)
  private static func plainEnd(_ bytes: Span<UInt8>, from index: Int) -> Int {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return index }
      return unsafe ck_plain_end(base, index, buffer.count)
    }
  }

  private static func skipEscape(_ bytes: Span<UInt8>, _ index: inout Int) throws(NotJSON) {
    switch byte(bytes, index + 1) {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      index += 2
    case UInt8(ascii: "u"):
      let unit = try fourHexDigits(bytes, index + 2)
      index += 6
      guard UTF16.isLeadSurrogate(unit) || UTF16.isTrailSurrogate(unit) else { return }
      guard UTF16.isLeadSurrogate(unit), byte(bytes, index) == UInt8(ascii: "\\"),
        byte(bytes, index + 1) == UInt8(ascii: "u"), UTF16.isTrailSurrogate(try fourHexDigits(bytes, index + 2))
      else { throw NotJSON() }
      index += 6
    default: throw NotJSON()
    }
  }

  private static func fourHexDigits(_ bytes: Span<UInt8>, _ index: Int) throws(NotJSON) -> UInt16 {
    var unit: UInt16 = 0
    for offset in 0..<4 {
      guard let digit = hexDigit(byte(bytes, index + offset)) else { throw NotJSON() }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }

  /// Passes over one scalar value of two to four bytes (Unicode, table 3-7: no overlong form, no surrogate, none beyond
  /// U+10FFFF).
  private static func skipScalarValue(_ bytes: Span<UInt8>, _ index: inout Int) throws(NotJSON) {
    let second: ClosedRange<UInt8>
    let length: Int
    switch byte(bytes, index) {
    case 0xC2...0xDF: (second, length) = (0x80...0xBF, 2)
    case 0xE0: (second, length) = (0xA0...0xBF, 3)
    case 0xED: (second, length) = (0x80...0x9F, 3)
    case 0xE1...0xEF: (second, length) = (0x80...0xBF, 3)
    case 0xF0: (second, length) = (0x90...0xBF, 4)
    case 0xF1...0xF3: (second, length) = (0x80...0xBF, 4)
    case 0xF4: (second, length) = (0x80...0x8F, 4)
    default: throw NotJSON()
    }
    guard second.contains(byte(bytes, index + 1)) else { throw NotJSON() }
    if length > 2, byte(bytes, index + 2) & 0xC0 != 0x80 { throw NotJSON() }
    if length > 3, byte(bytes, index + 3) & 0xC0 != 0x80 { throw NotJSON() }
    index += length
  }
}

extension JSONText {
  /// The most digits before the point with which no number can be too large for a double: the largest has 309.
  private static let safeDigits = 308

  /// Passes over a number.
  static func skipNumber(_ bytes: Span<UInt8>, _ index: inout Int) throws(NotJSON) {
    let start = index
    if byte(bytes, index) == UInt8(ascii: "-") { index += 1 }
    let first = index
    if byte(bytes, index) == UInt8(ascii: "0") { index += 1 } else { try skipDigits(bytes, &index) }
    var isSafe = index - first <= safeDigits
    if byte(bytes, index) == UInt8(ascii: ".") {
      index += 1
      try skipDigits(bytes, &index)
    }
    if byte(bytes, index) | 0x20 == UInt8(ascii: "e") {
      index += 1
      isSafe = isSafe && byte(bytes, index) == UInt8(ascii: "-")
      if byte(bytes, index) == UInt8(ascii: "+") || byte(bytes, index) == UInt8(ascii: "-") { index += 1 }
      try skipDigits(bytes, &index)
    }
    if !isSafe, !isFinite(bytes, start..<index) { throw NotJSON() }
  }

  @inline(__always)
  private static func skipDigits(_ bytes: Span<UInt8>, _ index: inout Int) throws(NotJSON) {
    guard isDigit(byte(bytes, index)) else { throw NotJSON() }
    repeat { index += 1 } while isDigit(byte(bytes, index))
  }

  /// Whether a double can hold the number, asked of the one who converts it.
  @inline(never)
  private static func isFinite(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    JSONField(kind: .number, range: range, hasEscapes: false).value(in: bytes) != nil
  }
}
