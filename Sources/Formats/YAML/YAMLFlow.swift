/// A flow collection that is open.
struct YAMLFlowLevel {
  enum Kind {
    case sequence
    case mapping
    /// A mapping of one pair without braces, in a sequence.
    case pair
  }

  /// What the next finished node is.
  enum Expected {
    /// An entry of a sequence, or the key of a pair in it.
    case item
    case key
    case value
  }

  let kind: Kind
  /// Where it begins.
  let start: Int
  /// What the builder gave when it was opened.
  let mark: Int
  let properties: YAMLProperties
  /// The recorder's place for its beginning.
  let slot: Int?
  var expected: Expected
  /// Where the current entry of a sequence begins: on which line, and the recorder's place before it.
  var entry = (start: 0, line: 0, slot: Int?.none)
}

/// A node within a flow collection.
struct YAMLFlowNode {
  let node: UInt32
  /// Quoted or bracketed: as a key, it needs no blank after its `:`.
  let isJSONLike: Bool
}

/// What the reader of a flow collection does next. Levels are kept on a stack of its own, so that depth costs no call
/// stack.
enum YAMLFlowStep {
  /// Read the next entry of the innermost collection, or close it.
  case entry
  /// Read a node at the token.
  case node
  /// Give a finished node to the innermost collection.
  case deliver(YAMLFlowNode)
  /// The outermost collection is closed.
  case finished(UInt32)
}
