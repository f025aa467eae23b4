/// Where a block node stands; decides what may stand on the indicator's own line.
enum YAMLBlockRole {
  /// The whole document.
  case root
  /// After `- `.
  case sequenceEntry
  /// After `? `, or after the `: ` that follows one.
  case explicitPart
  /// After `key: `.
  case value

  /// A nested collection may begin on the indicator's line (`- - a`, `- a: b`).
  var allowsCompact: Bool { self == .sequenceEntry || self == .explicitPart }

  /// A sequence may stand as far left as the mapping that it is in.
  var allowsSequenceAtParent: Bool { self == .value || self == .explicitPart }
}

/// A block collection that is open.
struct YAMLBlockLevel {
  enum Kind {
    case sequence
    case mapping
  }

  let kind: Kind
  /// The column of its entries.
  let indent: Int
  /// Where it begins.
  let start: Int
  /// What the builder gave when it was opened.
  let mark: Int
  let properties: YAMLProperties
  /// The node that comes next is the key after a `?`.
  var expectsExplicitKey = false
}

/// What the reader of block nodes does next. Levels are kept on a stack of its own, so that depth costs no call stack.
enum YAMLBlockStep {
  /// Read a node at the token; `parent` is the column of the collection that it is in.
  case node(parent: Int, YAMLBlockRole)
  /// Read the next entry of the innermost collection, or close it.
  case entry
  /// Give a finished node to the innermost collection.
  case deliver(UInt32)
}

/// Whether a block collection may begin at a token, and at which column.
struct YAMLOpening {
  let column: Int
  let isAllowed: Bool
  let sawTab: Bool
}
