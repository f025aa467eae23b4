/// A block while it is being read. Nodes stand in one array in document order; a parent stands before its children.
struct MarkdownNode {
  enum Kind {
    case document
    case quote
    case list(MarkdownListMarker.Style)
    /// `columns`: how far lines must be indented to belong to the item.
    case item(columns: Int)
    case paragraph
    case heading(level: Int)
    case indentedCode
    case fencedCode(MarkdownFence)
    case html(MarkdownHTMLBlock)
    case thematicBreak
    case table(columns: Int)
    case row
    case cell
    /// A paragraph that held nothing but link reference definitions.
    case removed
  }

  var kind: Kind
  let parent: Int
  /// Where the block begins in the source.
  var start: Int
  /// Where its last line ends in the source.
  var end: Int
  /// What it holds, in the parser's `contents`.
  var content: Range<Int>
  var hasChildren = false

  /// Whether further lines are added to the block as they stand.
  var takesRawLines: Bool {
    switch kind {
    case .indentedCode, .fencedCode, .html: true
    default: false
    }
  }

  /// Whether a block may stand in this one. Lists hold items only, items stand in lists only.
  func canHold(_ child: Kind) -> Bool {
    switch (kind, child) {
    case (.list, .item): true
    case (.document, .item), (.quote, .item), (.item, .item): false
    case (.document, _), (.quote, _), (.item, _): true
    default: false
    }
  }
}

/// The fence that opened a code block (CommonMark 0.31 section 4.5).
struct MarkdownFence {
  let byte: UInt8
  let length: Int
  let indent: Int
  /// The info string in the source, escapes unresolved.
  let info: Range<Int>
}
