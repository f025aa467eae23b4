/// All the texts that a part of a pattern can match, as long as they are few; never empty.
///
/// Without case, `s` is also `ſ` and `k` the sign of Kelvin. Words would have two or four times as many texts for the sake of
/// characters that hardly anybody writes: a text with one of them stands as that character alone.
struct LiteralSet: Sendable {
  let literals: [RequiredLiterals.Literal]
  /// Characters that stand for all the texts that hold them.
  let rarities: [RequiredLiterals.Literal]
  let minimumLength: Int
  let maximumLength: Int

  /// The empty text alone.
  static let empty = LiteralSet(literals: [RequiredLiterals.Literal(bytes: [], ignoresCase: false)])

  private init(literals: [RequiredLiterals.Literal], rarities: [RequiredLiterals.Literal] = []) {
    self.literals = literals
    self.rarities = rarities
    var (least, most) = (Int.max, 0)
    for literal in literals {
      least = min(least, literal.bytes.count)
      most = max(most, literal.bytes.count)
    }
    minimumLength = literals.isEmpty ? 0 : least
    maximumLength = most
  }

  /// The members of a small set of code points; the two cases of an ASCII letter are one literal. Nil when there are
  /// too many or none.
  init?(_ set: ScalarSet) {
    guard !set.isEmpty, set.count <= 2 * PatternLimits.literals else { return nil }
    var literals: [RequiredLiterals.Literal] = []
    var rarities: [RequiredLiterals.Literal] = []
    for run in set.runs {
      for value in run.first...run.last {
        guard let scalar = Unicode.Scalar(value) else { continue }
        if let lower = LiteralSet.lowercased(scalar), set.contains(lower), set.contains(lower - 0x20) {
          guard value == lower else { continue }
          literals.append(RequiredLiterals.Literal(bytes: [UInt8(truncatingIfNeeded: lower)], ignoresCase: true))
        } else {
          let literal = RequiredLiterals.Literal(bytes: Array(String(Character(scalar)).utf8), ignoresCase: false)
          let isRarity = LiteralSet.rareForms[value].map { set.contains($0) && set.contains($0 - 0x20) } ?? false
          if isRarity { rarities.append(literal) } else { literals.append(literal) }
        }
      }
    }
    guard !literals.isEmpty, literals.count <= PatternLimits.literals else { return nil }
    self.init(literals: literals, rarities: rarities)
  }

  /// The ASCII letters that characters beyond ASCII are another form of.
  private static let rareForms: [UInt32: UInt32] = [0x017F: 0x73, 0x212A: 0x6B]

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
    return LiteralSet(literals: products, rarities: LiteralSet.union(rarities, other.rarities))
  }

  /// The texts of both sets; nil when they are too many.
  func union(_ other: LiteralSet) -> LiteralSet? {
    let all = LiteralSet.union(literals, other.literals)
    return all.count <= PatternLimits.literals
      ? LiteralSet(literals: all, rarities: LiteralSet.union(rarities, other.rarities)) : nil
  }

  private static func union(
    _ first: [RequiredLiterals.Literal], _ second: [RequiredLiterals.Literal]
  ) -> [RequiredLiterals.Literal] {
    var all = first
    for literal in second where !all.contains(literal) { all.append(literal) }
    return all
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

  /// What looking for the set costs a byte of text: places that have to be looked at twice, and room in the tables. Nil for
  /// a set that nearly every text holds.
  var cost: Double? {
    guard minimumLength > 0 else { return nil }
    var cost = 0.0
    for literal in literals {
      cost += 0.05 * literal.share(of: literal.window) + literal.share(of: literal.bytes.indices) + 2e-6
    }
    return cost < 0.25 ? cost : nil
  }

  /// Whether texts get rarer by what follows them: any letter behind a word only makes one text many.
  func isWorthAppending(to texts: LiteralSet) -> Bool {
    literals.count <= PatternLimits.boundaryLiterals || texts.minimumLength < RequiredLiterals.windowBytes
  }

  /// The set, when it is small enough to stand beside another one.
  var asBoundary: LiteralSet? { literals.count <= PatternLimits.boundaryLiterals ? self : nil }

  /// What to look for when a match begins at most so many bytes before one of the texts.
  func required(maximumOffset: Int?) -> RequiredLiterals {
    // A rarity stands somewhere in the text, which others of up to three bytes may have made longer.
    let offset = maximumOffset.map { $0.addingReportingOverflow(3 * maximumLength) }
    return RequiredLiterals(
      literals: withoutExtensions, maximumOffset: maximumOffset, rarities: rarities,
      rarityOffset: offset.flatMap { $0.overflow ? nil : $0.partialValue })
  }

  /// The literals without those that begin with another one: where they stand, the other one does too.
  private var withoutExtensions: [RequiredLiterals.Literal] {
    literals.indices.filter { index in
      !literals.indices.contains { $0 != index && literals[index].extends(literals[$0]) }
    }.map { literals[$0] }
  }
}

extension RequiredLiterals.Literal {
  /// Whether the other literal stands wherever this one does; of equal ones, neither.
  fileprivate func extends(_ other: RequiredLiterals.Literal) -> Bool {
    guard bytes.count > other.bytes.count, other.ignoresCase || !ignoresCase else { return false }
    return zip(bytes, other.bytes).allSatisfy { mine, theirs in
      mine == theirs || other.ignoresCase && (0x41...0x5A).contains(mine) && mine | 0x20 == theirs
    }
  }
}
