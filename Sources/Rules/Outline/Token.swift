/// A word, a number, a string literal or a sign of a program, and where it stands.
struct Token: Sendable {
  enum Kind: UInt8, Sendable { case word, number, string, sign }

  let kind: Kind
  /// Bytes of the file.
  let range: Range<Int>
  /// From 1.
  let line: Int
  /// Bytes between the beginning of the line and the token.
  let column: Int
  /// What is written; of a string literal nothing, since it may be long.
  let text: String
  /// A string literal that holds code, or code that stands within one.
  var isInterpolated = false

  func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }
  func isWord(_ word: String) -> Bool { kind == .word && text == word }
}

/// A comment without its line end; block comments are one each, line comments one a line.
struct Comment: Sendable {
  let range: Range<Int>
  let line: Int
}
