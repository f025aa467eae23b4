/// Literals of which every match of a pattern holds at least one, or else a rarity: looking for them first spares most texts
/// the rest.
public struct RequiredLiterals: Sendable, Hashable {
  /// One literal.
  public struct Literal: Sendable, Hashable {
    /// The bytes to look for; where case is ignored, ASCII letters are in lower case.
    public let bytes: [UInt8]
    /// ASCII letters of the text may be of either case.
    public let ignoresCase: Bool

    /// Makes a literal; letters have to be in lower case already where case is ignored.
    public init(bytes: [UInt8], ignoresCase: Bool) {
      self.bytes = bytes
      self.ignoresCase = ignoresCase
    }
  }

  /// The literals, none of them empty.
  public let literals: [Literal]
  /// A match begins at most this many bytes before one of the literals in it; nil when there is no bound.
  public let maximumOffset: Int?
  /// Characters that hardly any text holds: `ſ` where a pattern without case says `s`.
  public let rarities: [Literal]
  /// A match begins at most this many bytes before one of its rarities; nil when there is no bound.
  public let rarityOffset: Int?

  init(literals: [Literal], maximumOffset: Int?, rarities: [Literal] = [], rarityOffset: Int? = nil) {
    self.literals = literals
    self.maximumOffset = maximumOffset
    self.rarities = rarities
    self.rarityOffset = rarityOffset
  }

  /// All that has to be looked for, each with the bytes by which a match begins before it at most.
  var places: [(literal: Literal, maximumOffset: Int?)] {
    literals.map { ($0, maximumOffset) } + rarities.map { ($0, rarityOffset) }
  }

  /// The bytes of a literal that are looked for at once.
  static let windowBytes = 4

  /// The length of the shortest literal.
  public var minimumLength: Int { literals.map(\.bytes.count).min() ?? 0 }
}
