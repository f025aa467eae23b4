/// Named bounds on outlines: beyond them a file was written by a machine, and checks that read it as a program would cost
/// more than they could tell.
enum OutlineLimits {
  /// The most bytes of a program.
  static let bytes = 1 << 20
  /// The most brackets and blocks within each other.
  static let depth = 200
  /// The most tokens of a statement in which a value is followed.
  static let statementTokens = 20_000
  /// The most names of a dotted path.
  static let pathNames = 16
  /// The most places of one program that a check asks its costly questions about.
  static let candidates = 1_000
}
