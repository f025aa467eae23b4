/// A Markdown document: its blocks, the text in them, and what people look for in it.
///
/// The syntax is CommonMark 0.31 with GFM's tables and task items. Every list is in document order and holds what stands
/// at any depth, block quotes and list items included. Positions are places in the bytes that were read.
public struct MarkdownDocument: Sendable {
  /// All blocks, each before the blocks in it; the first is the document itself.
  public internal(set) var blocks: [MarkdownBlock] = []
  /// The text of all blocks that hold text, block after block; see `MarkdownBlock.inlines`.
  public internal(set) var inlines: [MarkdownInline] = []
  /// ATX and setext headings.
  public internal(set) var headings: [Heading] = []
  /// List items that begin with a box.
  public internal(set) var tasks: [Task] = []
  /// List items that begin with a strong key and a colon.
  public internal(set) var metadata: [Metadata] = []
  /// Fenced and indented code.
  public internal(set) var codeBlocks: [CodeBlock] = []
  /// Code within text. What stands in an image's description is not listed.
  public internal(set) var codeSpans: [CodeSpan] = []
  /// Inline, reference and angle-bracket links.
  public internal(set) var links: [Link] = []
  /// Images; `Link.text` is the description.
  public internal(set) var images: [Link] = []
  /// GFM tables.
  public internal(set) var tables: [Table] = []

  /// The bytes of all inline text, into which `MarkdownInline.text` points.
  var text: [UInt8] = []
  let source: MarkdownSource
  let segments: [MarkdownBlockParser.Segment]

  /// Reads a document.
  ///
  /// - Throws: `FormatError` for bytes that are not UTF-8, and when a named limit is reached: `SourceLimits.bytes`,
  ///   `SourceLimits.depth` for blocks in blocks, a million cells that fill up short table rows, or 64 MiB of
  ///   destinations repeated by reference links. Any other text is Markdown.
  public static func read(_ bytes: [UInt8]) throws(FormatError) -> MarkdownDocument {
    try MarkdownAssembly.assemble(MarkdownBlockParser.read(MarkdownSource(bytes)))
  }

  init(source: MarkdownSource, segments: [MarkdownBlockParser.Segment]) {
    self.source = source
    self.segments = segments
  }

  /// The plain text of a range of `inlines`: text and code, a line break as a blank, runs of blanks as one blank, none at
  /// the ends. Images count by their description, raw HTML not at all.
  public func plainText(of range: Range<Int>) -> String {
    var plain: [UInt8] = []
    for inline in inlines[range] {
      switch inline.kind {
      case .text, .code: plain.append(contentsOf: text[inline.text])
      case .softBreak, .hardBreak: plain.append(UInt8(ascii: " "))
      case .html, .emphasisStart, .strongStart, .linkStart, .imageStart, .end: break
      }
    }
    return MarkdownText.collapsed(plain)
  }

  /// Where an inline begins.
  public func position(of inline: MarkdownInline) -> SourcePosition {
    source.position(at: MarkdownBlockParser.sourceOffset(of: inline.contentOffset, segments))
  }
}
