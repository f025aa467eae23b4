/// A block of a Markdown document: a node of its tree, by its place in `MarkdownDocument.blocks`.
public struct MarkdownBlock: Sendable {
  /// The kinds of blocks. Numbers are indexes of the document's lists.
  public enum Kind: Sendable, Hashable {
    /// The whole document.
    case document
    /// A block quote.
    case quote
    /// A list; `start` is the number of its first item, nil for bullets.
    case list(start: Int?)
    /// A list item.
    case item
    /// A paragraph.
    case paragraph
    /// A heading: an index of `headings`.
    case heading(Int)
    /// Fenced or indented code: an index of `codeBlocks`.
    case codeBlock(Int)
    /// A block of raw HTML.
    case html
    /// A thematic break.
    case thematicBreak
    /// A table: an index of `tables`.
    case table(Int)
    /// A row of a table; the first is the header.
    case row
    /// A cell that is written in its row.
    case cell
  }

  /// What the block is.
  public let kind: Kind
  /// The block in which it stands; the document's parent is itself.
  public let parent: Int
  /// The index behind the last block in it: `index + 1 ..< end` are its descendants.
  public internal(set) var end: Int
  /// Where it begins: its marker, or the first byte of its text.
  public let position: SourcePosition
  /// Where its last line ends.
  public internal(set) var endPosition: SourcePosition
  /// Its text in `MarkdownDocument.inlines`; empty for blocks that hold blocks, code or HTML.
  public let inlines: Range<Int>
}

/// A piece of text or the edge of a span of it. Spans are given flat, by a start and an `end`, properly nested.
public struct MarkdownInline: Sendable {
  /// The kinds of inline content. Numbers are indexes of the document's lists.
  public enum Kind: Sendable, Hashable {
    /// Text, escapes and character references resolved.
    case text
    /// A code span.
    case code
    /// Raw HTML, as it stands.
    case html
    /// A line end.
    case softBreak
    /// A line end that asks for a line break.
    case hardBreak
    /// Emphasis begins.
    case emphasisStart
    /// Strong emphasis begins.
    case strongStart
    /// A link begins: an index of `links`.
    case linkStart(Int)
    /// An image begins, its description follows without further spans: an index of `images`.
    case imageStart(Int)
    /// The innermost open span ends.
    case end
  }

  /// What it is.
  public let kind: Kind
  /// Its bytes in the document's `text`; empty for breaks and edges.
  var text: Range<Int>
  /// Where it begins in the text of the blocks; `MarkdownDocument.position(of:)` makes a position of it.
  let contentOffset: Int
}
