import Formats
import Testing

@Suite("Hostile Markdown")
struct MarkdownHostileTests {
  @Test("that is not UTF-8 is refused at its first wrong byte")
  func encoding() {
    #expect(
      throws: FormatError(
        .markdown, .invalidUTF8(byte: 0xFF), at: SourcePosition(offset: 4, line: 2, column: 3))
    ) {
      try MarkdownDocument.read([0x61, 0x0A, 0x62, 0x63, 0xFF])
    }
  }

  @Test("is refused where its blocks are nested too deep, and read up to there")
  func depth() throws {
    let limit = SourceLimits.depth
    func quotes(_ count: Int) -> [UInt8] { Array((String(repeating: ">", count: count) + "a").utf8) }
    #expect(try MarkdownDocument.read(quotes(limit - 1)).blocks.count == limit + 1)
    #expect(
      throws: FormatError(
        .markdown, .limitExceeded(name: "depth", limit: limit),
        at: SourcePosition(offset: limit, line: 1, column: limit + 1))
    ) {
      try MarkdownDocument.read(quotes(50_000))
    }
  }

  @Test("is refused where a few bytes ask for very many cells or destinations")
  func expansion() {
    let columns = String(repeating: "|a", count: 2_000) + "\n" + String(repeating: "|-", count: 2_000) + "\n"
    let cells = columns + String(repeating: "a\n", count: 1_000)
    #expect(throws: FormatError.self) { try MarkdownDocument.read(Array(cells.utf8)) }
    let long = "[a]: " + String(repeating: "x", count: 100_000) + "\n\n" + String(repeating: "[a] ", count: 2_000)
    #expect(throws: FormatError.self) { try MarkdownDocument.read(Array(long.utf8)) }
  }

  @Test(
    "is read in time that grows with its length",
    .timeLimit(.minutes(5)),
    arguments: [
      "[", "]", "![", "*", "*a ", "a**b", "*a_ ", "`", "`a``", "[a](", "[a](<b", "[a](b \"", "[[]](", "[a][", "<!--",
      "<?", "<![CDATA[", "<a b=\"", "<a:", "&", "\\|", "|", "[a]: /u\n", "[a]: b \"\n", "-|-\n", "a\n=\n", "```\n",
      "\n",
      "- a\n", "> a\n", "\0", "\r", "\t",
    ])
  func repeated(_ piece: String) throws {
    let document = try MarkdownDocument.read(Array(String(repeating: piece, count: 20_000).utf8))
    #expect(document.blocks.count >= 1)
  }

  @Test("of any shape ends in a document whose tree and positions hold together")
  func noise() throws {
    let pieces = [
      "*", "_", "`", "[", "](", ")", "]", "<", ">", "&", "\\", "|", "-", "+ ", "1. ", "#", "~~~", "    ", "\t", "\n",
      "\r", "\r\n", "a", "é", "\u{A0}", "\0", "[a]: b\n", "|-|-\n", "===\n", "<b>", "<!--", "-->", "[x] ", "**k**: ",
    ]
    var noise = Noise(seed: 11)
    for _ in 0..<400 {
      var text = ""
      for _ in 0..<(noise.next() % 60) { text += pieces[Int(noise.next() % UInt64(pieces.count))] }
      let bytes = Array(text.utf8)
      let document = try MarkdownDocument.read(bytes)
      for (index, block) in document.blocks.enumerated() {
        #expect(block.end > index && block.end <= document.blocks[block.parent].end)
        #expect(block.position <= block.endPosition && block.endPosition.offset <= bytes.count)
        #expect(document.blocks[block.parent].position <= block.position, "in \(text.debugDescription)")
      }
      for inline in document.inlines { #expect(document.position(of: inline).offset <= bytes.count) }
    }
  }
}
