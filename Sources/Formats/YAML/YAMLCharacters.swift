/// The characters of a stream that YAML restricts (YAML 1.2.2, 5.1).
///
/// C0 controls are allowed nowhere, so that the reader may take a zero for the end. Other unprintable characters (DEL,
/// C1, noncharacters) may stand in quotes only, where JSON allows them: they are found beforehand and struck out
/// as the quoted scalars come.
struct YAMLCharacters {
  /// Where unprintable characters stand that no quoted scalar has covered yet, ascending.
  private let unprintable: [Int]
  private var next = 0
  private var firstOutside: Int?

  /// Reads the bytes once.
  ///
  /// - Throws: `FormatError` at the first C0 control other than tab and the line ends.
  init(_ bytes: Span<UInt8>) throws(FormatError) {
    var found: [Int] = []
    var start = 0
    while start < bytes.count {
      let end = min(start + 4096, bytes.count)
      // Without an early exit, so that the compiler makes vector code of it.
      var isSuspicious = false
      for index in start..<end { isSuspicious = isSuspicious || Self.isSuspicious(bytes[index]) }
      if isSuspicious {
        for index in start..<end {
          if Self.isControl(bytes[index]) { throw Self.failure(bytes, index) }
          if Self.isUnprintable(bytes, index) { found.append(index) }
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
  var outside: Int? { firstOutside ?? (next < unprintable.count ? unprintable[next] : nil) }

  private mutating func strikeOut(_ range: Range<Int>) {
    while next < unprintable.count, unprintable[next] < range.upperBound {
      if unprintable[next] < range.lowerBound, firstOutside == nil { firstOutside = unprintable[next] }
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

  @inline(__always)
  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
  }

  @inline(__always)
  private static func isSuspicious(_ byte: UInt8) -> Bool {
    isControl(byte) || byte == 0x7F || byte == 0xC2 || byte == 0xEF
  }

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
