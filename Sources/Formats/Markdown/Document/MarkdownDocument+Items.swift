extension MarkdownDocument {
  /// A heading.
  public struct Heading: Sendable, Hashable {
    /// From 1 to 6.
    public let level: Int
    /// Plain text.
    public let text: String
    /// The `#` of an ATX heading, the first byte of a setext heading's text.
    public let position: SourcePosition
    /// Its index in `blocks`.
    public let block: Int
  }

  /// A list item whose first block is a paragraph that begins with `[ ]`, `[x]` or `[X]`, a blank or line end, and text.
  public struct Task: Sendable, Hashable {
    /// Whether the box is ticked.
    public let isChecked: Bool
    /// Plain text of the paragraph behind the box.
    public let text: String
    /// The item's marker.
    public let position: SourcePosition
    /// The opening bracket of the box.
    public let boxPosition: SourcePosition
    /// The last heading before the item: an index of `headings`.
    public let heading: Int?
    /// The item's index in `blocks`.
    public let block: Int
  }

  /// A list item, no task, whose first block is a paragraph that begins with strong text and a colon, inside or behind it.
  public struct Metadata: Sendable, Hashable {
    /// Plain text of the strong text without the colon.
    public let key: String
    /// Plain text of the rest of the paragraph.
    public let value: String
    /// The item's marker.
    public let position: SourcePosition
    /// The last heading before the item: an index of `headings`.
    public let heading: Int?
    /// The item's index in `blocks`.
    public let block: Int
  }

  /// A block of code.
  public struct CodeBlock: Sendable, Hashable {
    /// How the code is marked.
    public enum Kind: String, Sendable {
      /// By fences of backticks or tildes.
      case fenced
      /// By four columns of indentation.
      case indented
    }

    /// How the code is marked.
    public let kind: Kind
    /// The info string, escapes and character references resolved; empty for indented code.
    public let info: String
    /// The info string as it is written, blanks at its ends cut.
    public let rawInfo: String
    /// The code, every line ended by `\n`.
    public let content: String
    /// The opening fence, or the first byte of the code.
    public let position: SourcePosition
    /// Its index in `blocks`.
    public let block: Int
  }

  /// A code span.
  public struct CodeSpan: Sendable, Hashable {
    /// The code, line ends as blanks.
    public let content: String
    /// The first byte behind the opening backticks.
    public let position: SourcePosition
    /// The index in `blocks` of the block whose text it stands in.
    public let block: Int
  }

  /// A link or an image.
  public struct Link: Sendable, Hashable {
    /// The destination, escapes and character references resolved, nothing percent-encoded; `mailto:` is put before an
    /// e-mail address in angle brackets.
    public let destination: String
    /// The title, or an empty text.
    public let title: String
    /// Plain text of what is linked, or an image's description.
    public internal(set) var text: String
    /// The opening bracket.
    public let position: SourcePosition
    /// The index in `blocks` of the block whose text it stands in.
    public let block: Int
  }

  /// A table.
  public struct Table: Sendable, Hashable {
    /// A row below the header.
    public struct Row: Sendable, Hashable {
      /// Plain texts, as many as the header has.
      public internal(set) var cells: [String]
      /// The first byte of the row.
      public let position: SourcePosition
    }

    /// Plain texts of the header's cells.
    public internal(set) var header: [String]
    /// The rows below the header.
    public internal(set) var rows: [Row]
    /// The first byte of the header.
    public let position: SourcePosition
    /// Its index in `blocks`.
    public let block: Int
  }
}
