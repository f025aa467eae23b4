/// A part of a program with statements of its own.
struct Block: Sendable {
  enum Kind: Sendable { case file, function, type, branch, loop, attempt, handler, other }

  let kind: Kind
  /// The word that says so: `def`, `if`, `except`; empty where none does.
  let keyword: String
  /// What it defines, for functions and types.
  let name: String
  /// The tokens that introduce it.
  let header: Range<Int>
  /// The tokens in it.
  var body: Range<Int>
  /// The block around it; the file is its own.
  let parent: Int
}

/// One statement, or what introduces a block.
struct Statement: Sendable {
  let tokens: Range<Int>
  /// The block that it stands in.
  let block: Int
  /// The block that it introduces.
  var opens: Int?
}
