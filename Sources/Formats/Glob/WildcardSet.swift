/// The bytes that a `[…]` of a wildcard pattern stands for.
struct WildcardSet: Hashable, Sendable {
  private var bits: InlineBits = InlineBits()

  private struct InlineBits: Hashable, Sendable {
    var first: UInt64 = 0
    var second: UInt64 = 0
    var third: UInt64 = 0
    var fourth: UInt64 = 0
  }

  func contains(_ byte: UInt8) -> Bool {
    let word =
      switch byte >> 6 {
      case 0: bits.first
      case 1: bits.second
      case 2: bits.third
      default: bits.fourth
      }
    return word >> UInt64(byte & 63) & 1 != 0
  }

  mutating func insert(_ byte: UInt8) {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: bits.first |= bit
    case 1: bits.second |= bit
    case 2: bits.third |= bit
    default: bits.fourth |= bit
    }
  }

  mutating func remove(_ byte: UInt8) {
    guard contains(byte) else { return }
    invert()
    insert(byte)
    invert()
  }

  mutating func invert() {
    bits = InlineBits(first: ~bits.first, second: ~bits.second, third: ~bits.third, fourth: ~bits.fourth)
  }

  mutating func insert(where isMember: (UInt8) -> Bool) {
    for byte in UInt8.min...UInt8.max where isMember(byte) { insert(byte) }
  }
}

extension WildcardSet {
  /// Adds the members of a named class of `[[:name:]]`; false when there is none of that name. The classes are ASCII, and
  /// `space` has no vertical tab and no form feed: git's tables, not the C library's.
  mutating func insert(className: Span<UInt8>) -> Bool {
    guard let name = Self.classNames.first(where: { $0.name.count == className.count && $0.matches(className) }) else {
      return false
    }
    insert(where: name.isMember)
    return true
  }

  private struct NamedClass: Sendable {
    let name: [UInt8]
    let isMember: @Sendable (UInt8) -> Bool

    init(_ name: String, _ isMember: @escaping @Sendable (UInt8) -> Bool) {
      self.name = Array(name.utf8)
      self.isMember = isMember
    }

    func matches(_ bytes: Span<UInt8>) -> Bool { name.indices.allSatisfy { name[$0] == bytes[$0] } }
  }

  private static let classNames: [NamedClass] = [
    NamedClass("alnum") { isAlpha($0) || isDigit($0) },
    NamedClass("alpha", isAlpha),
    NamedClass("blank") { $0 == 0x20 || $0 == 0x09 },
    NamedClass("cntrl") { $0 < 0x20 || $0 == 0x7F },
    NamedClass("digit", isDigit),
    NamedClass("graph") { (0x21...0x7E).contains($0) },
    NamedClass("lower") { isAlpha($0) && $0 & 0x20 != 0 },
    NamedClass("print") { (0x20...0x7E).contains($0) },
    NamedClass("punct") { (0x21...0x7E).contains($0) && !isAlpha($0) && !isDigit($0) },
    NamedClass("space") { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D },
    NamedClass("upper") { isAlpha($0) && $0 & 0x20 == 0 },
    NamedClass("xdigit") { isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0 | 0x20) },
  ]

  private static func isAlpha(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
