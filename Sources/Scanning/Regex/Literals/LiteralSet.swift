/// All the texts that a part of a pattern can match, as long as they are few; never empty.
struct LiteralSet: Sendable {
  private(set) var literals: [RequiredLiterals.Literal]

  /// The empty text alone.
  static let empty = LiteralSet(literals: [RequiredLiterals.Literal(bytes: [], ignoresCase: false)])

  private init(literals: [RequiredLiterals.Literal]) { self.literals = literals }

  var minimumLength: Int { literals.map(\.bytes.count).min() ?? 0 }

  var maximumLength: Int { literals.map(\.bytes.count).max() ?? 0 }

  /// The members of a small set of code points; the two cases of an ASCII letter are one literal. Nil when there are
  /// too many or none.
  init?(_ set: ScalarSet) {
    guard !set.isEmpty, set.count <= 2 * PatternLimits.literals else { return nil }
    literals = []
    for run in set.runs {
      for value in run.first...run.last {
        guard let scalar = Unicode.Scalar(value) else { continue }
        if let lower = LiteralSet.lowercased(scalar), set.contains(lower), set.contains(lower - 0x20) {
          guard value == lower else { continue }
          literals.append(RequiredLiterals.Literal(bytes: [UInt8(truncatingIfNeeded: lower)], ignoresCase: true))
        } else {
          literals.append(RequiredLiterals.Literal(bytes: Array(String(Character(scalar)).utf8), ignoresCase: false))
        }
      }
    }
    guard !literals.isEmpty, literals.count <= PatternLimits.literals else { return nil }
  }

  private static func lowercased(_ scalar: Unicode.Scalar) -> UInt32? {
    scalar.isASCIILetter ? scalar.value | 0x20 : nil
  }

  /// Every text of this set followed by every text of the other; nil when they are too many or too long.
  func followed(by other: LiteralSet) -> LiteralSet? {
    guard literals.count * other.literals.count <= PatternLimits.literals,
      maximumLength + other.maximumLength <= PatternLimits.literalBytes
    else { return nil }
    var products: [RequiredLiterals.Literal] = []
    for first in literals {
      for second in other.literals { products.append(LiteralSet.join(first, second)) }
    }
    return LiteralSet(literals: products)
  }

  /// The texts of both sets; nil when they are too many.
  func union(_ other: LiteralSet) -> LiteralSet? {
    var all = literals
    for literal in other.literals where !all.contains(literal) { all.append(literal) }
    return all.count <= PatternLimits.literals ? LiteralSet(literals: all) : nil
  }

  /// A text that is partly without case is looked for without case: that finds more, never less.
  private static func join(
    _ first: RequiredLiterals.Literal, _ second: RequiredLiterals.Literal
  ) -> RequiredLiterals.Literal {
    let ignoresCase = first.ignoresCase || second.ignoresCase
    let bytes = first.bytes + second.bytes
    return RequiredLiterals.Literal(bytes: ignoresCase ? bytes.map(lowercased) : bytes, ignoresCase: ignoresCase)
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  /// How good the set is to look for: long literals, and few of them. Nil for a set that nearly every text holds.
  var worth: Int? {
    let length = minimumLength
    guard length > 0 else { return nil }
    let worth = 4 * min(length, 8) - (Int.bitWidth - literals.count.leadingZeroBitCount)
    return worth > 0 ? worth : nil
  }
}
