/// The characters of a stream that YAML restricts (YAML 1.2.2, 5.1).
///
/// C0 controls are allowed nowhere, so that the reader may take a zero for the end. Other unprintable characters (DEL,
/// C1, noncharacters) may stand in quotes only, where JSON allows them: they are found beforehand and struck out
/// as the quoted scalars come.
struct YAMLCharacters {
  /// Where unprintable characters stand that no quoted scalar has covered yet, ascending.
  private let unprintable: [UInt32]
  private var next = 0
  private var firstOutside: Int?

  /// Reads the bytes once.
  ///
  /// - Throws: `FormatError` at the first C0 control other than tab and the line ends.
  init(_ bytes: Span<UInt8>) throws(FormatError) {
    var found: [UInt32] = []
    var start = 0
    while start < bytes.count {
      let end = min(start + 4096, bytes.count)
      let chunk = bytes.extracting(start..<end)
      // Without branches, so that the compiler makes vector code of it: ten times as fast.
      var suspicion: UInt8 = 0
      for index in chunk.indices { suspicion |= Self.suspicion(chunk[index]) }
      if suspicion != 0 {
        for index in start..<end {
          if Self.isControl(bytes[index]) { throw Self.failure(bytes, index) }
          if Self.isUnprintable(bytes, index) { found.append(UInt32(truncatingIfNeeded: index)) }
        }
      }
      start = end
    }
    self.unprintable = found
  }

  /// A quoted scalar was read; they come in the order of the source.
  @inline(__always)
  mutating func allow(_ range: Range<Int>) {
    if next < unprintable.count { strikeOut(range) }
  }

  /// The first unprintable character that stands in no quoted scalar.
  var outside: Int? { firstOutside ?? (next < unprintable.count ? Int(unprintable[next]) : nil) }

  private mutating func strikeOut(_ range: Range<Int>) {
    while next < unprintable.count, unprintable[next] < range.upperBound {
      let offset = Int(unprintable[next])
      if offset < range.lowerBound, firstOutside == nil { firstOutside = offset }
      next += 1
    }
  }

  static func failure(_ bytes: Span<UInt8>, _ index: Int) -> FormatError {
    FormatError(
      .yaml,
      .unexpected(
        found: "an unprintable character (byte 0x\(String(bytes[index], radix: 16)))",
        expected: "printable text, or an escape in double quotes"),
      at: LineTable(bytes).position(at: index))
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
  }

  /// 1 for a control character, or a byte that may begin another unprintable one.
  @inline(__always)
  private static func suspicion(_ byte: UInt8) -> UInt8 {
    let isControl = bit(byte < 0x20) & bit(byte != 0x09) & bit(byte != 0x0A) & bit(byte != 0x0D)
    return isControl | bit(byte == 0x7F) | bit(byte == 0xC2) | bit(byte == 0xEF)
  }

  @inline(__always)
  private static func bit(_ condition: Bool) -> UInt8 { condition ? 1 : 0 }

  /// DEL, U+0080 to U+009F without U+0085, U+FFFE or U+FFFF. The bytes are valid UTF-8.
  private static func isUnprintable(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
    switch bytes[index] {
    case 0x7F: true
    case 0xC2: bytes[index + 1] < 0xA0 && bytes[index + 1] != 0x85
    case 0xEF: bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE
    default: false
    }
  }
}
