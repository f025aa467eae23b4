/// A SHA-256 digest: 32 bytes, shown as 64 lower-case hexadecimal digits. Ordered as its bytes (and its text) are.
public struct Digest: Hashable, Sendable {
  /// The bytes as four big-endian words: comparing and hashing words is comparing and hashing the bytes.
  private let words: InlineWords

  private struct InlineWords: Hashable, Sendable {
    var first: UInt64 = 0
    var second: UInt64 = 0
    var third: UInt64 = 0
    var fourth: UInt64 = 0
  }

  /// The number of bytes of a digest.
  public static let byteCount = 32
  /// The number of hexadecimal digits of a digest.
  public static let hexCount = 64

  /// Makes a digest of its bytes, or nil unless there are exactly 32.
  public init?(bytes: Span<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    var words: [UInt64] = [0, 0, 0, 0]
    for index in bytes.indices { words[index / 8] = words[index / 8] << 8 | UInt64(bytes[index]) }
    self.words = InlineWords(first: words[0], second: words[1], third: words[2], fourth: words[3])
  }

  /// Reads exactly 64 hexadecimal digits in lower case, the only form in which digests are written; nil for anything
  /// else. `ignoringCase` reads upper case too, as `sha256sum --check` does.
  public init?(hex: Span<UInt8>, ignoringCase: Bool = false) {
    guard hex.count == Self.hexCount, let bytes = Hex.bytes(of: hex, ignoringCase: ignoringCase) else { return nil }
    self.init(bytes: bytes.span)
  }

  /// Reads a string as `init(hex:ignoringCase:)` reads bytes.
  public init?(hex: String, ignoringCase: Bool = false) {
    self.init(hex: Array(hex.utf8).span, ignoringCase: ignoringCase)
  }

  /// The final words of a hasher.
  init(state: InlineArray<8, UInt32>) {
    words = InlineWords(
      first: UInt64(state[0]) << 32 | UInt64(state[1]), second: UInt64(state[2]) << 32 | UInt64(state[3]),
      third: UInt64(state[4]) << 32 | UInt64(state[5]), fourth: UInt64(state[6]) << 32 | UInt64(state[7]))
  }

  /// The 32 bytes.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.byteCount)
    for word in [words.first, words.second, words.third, words.fourth] {
      for shift in stride(from: UInt64(56), through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    return bytes
  }

  /// Appends the 32 bytes, without making an array of them.
  public func append(to output: inout [UInt8]) {
    let bytes = (words.first.bigEndian, words.second.bigEndian, words.third.bigEndian, words.fourth.bigEndian)
    unsafe withUnsafeBytes(of: bytes) { unsafe output.append(contentsOf: $0) }
  }

  /// The 64 lower-case hexadecimal digits.
  public var hex: String {
    var digits: [UInt8] = []
    appendHex(to: &digits)
    return String(decoding: digits, as: UTF8.self)
  }

  /// Appends the 64 hexadecimal digits as ASCII, without making a string.
  public func appendHex(to output: inout [UInt8]) {
    output.reserveCapacity(output.count + Self.hexCount)
    for word in [words.first, words.second, words.third, words.fourth] {
      for shift in stride(from: UInt64(60), through: 0, by: -4) {
        output.append(Hex.digit(UInt8(truncatingIfNeeded: word >> shift & 0xF)))
      }
    }
  }
}

extension Digest: Comparable {
  /// Orders by the bytes, which is the order of the hexadecimal texts.
  public static func < (left: Digest, right: Digest) -> Bool {
    let (a, b) = (left.words, right.words)
    return (a.first, a.second, a.third, a.fourth) < (b.first, b.second, b.third, b.fourth)
  }
}

extension Digest: CustomStringConvertible {
  /// The 64 lower-case hexadecimal digits.
  public var description: String { hex }
}
