/// Named bounds of one pattern, so that a hostile rule ends in a located error and a search in bounded memory.
enum PatternLimits {
  /// The most instructions of one program (states, byte ranges and branches), forwards or backwards. Takes every
  /// pattern that RE2's default limit takes.
  static let programSize = 600_000
  /// The most cells of the table that follows groups: states times group boundaries.
  static let captureTable = 1 << 23
  /// The bytes after which a lazy DFA forgets its states and begins anew. One direction of one matcher.
  static let automatonBytes = 2 << 20
  /// The most literals of one required set.
  static let literals = 64
  /// The most literals with which a part may lengthen those of its neighbours.
  static let boundaryLiterals = 16
  /// The longest literal of a required set; longer ones are cut, which keeps them required.
  static let literalBytes = 64

  /// The most literals that a set of patterns looks for at once; patterns beyond read every byte.
  static let setLiterals = 8_192
  /// The most program states of one automaton for several patterns.
  static let groupStates = 50_000
  /// The most bytes that are looked at for literals at once.
  static let partBytes = 1 << 30
  /// The steps that a pattern may take at literals in one text, besides two for each byte, before it looks at whole lines.
  static let freeSteps = 4_096
}
