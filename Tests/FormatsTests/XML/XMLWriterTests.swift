import Formats
import Glibc
import Testing

/// Whatever comes in, what goes out is a well-formed XML 1.0 document, and the same calls give the same bytes.
@Suite struct XMLWriterTests {
  private func text(_ body: (inout XMLWriter) throws(FormatError) -> Void) throws -> String {
    String(decoding: try XMLWriter.document(.compact, body), as: UTF8.self)
  }

  @Test func writesElementsAttributesAndText() throws {
    let document = try XMLWriter.document { writer throws(FormatError) in
      try writer.start("a")
      try writer.attribute("é", "日本")
      try writer.start("b")
      try writer.text("one")
      try writer.text(" two")
      try writer.end()
      try writer.start("c")
      try writer.end()
      try writer.end()
    }
    let expected = """
      <?xml version="1.0" encoding="UTF-8"?>
      <a é="日本">
        <b>one two</b>
        <c/>
      </a>

      """
    #expect(String(decoding: document, as: UTF8.self) == expected)
  }

  @Test(arguments: [
    ("<&>\"'", "&lt;&amp;&gt;&quot;'"), ("]]>", "]]&gt;"), ("a\rb", "a&#13;b"), ("a\nb\tc", "a\nb\tc"),
    ("\u{1B}[31m\u{0}x\u{8}", "[31mx"), ("\u{FFFE}\u{FFFF}\u{FFFD}", "\u{FFFD}"),
    ("\u{202E}rtl\u{10FFFF}", "\u{202E}rtl\u{10FFFF}"),
  ])
  func escapesOrRemovesWhatXMLCannotCarry(input: String, output: String) throws {
    let written = try text { writer throws(FormatError) in
      try writer.start("a")
      try writer.text(input)
    }
    #expect(written == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>\(output)</a>\n")
  }

  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "a\u{FFFD}b"), ([0xC0, 0x80], "\u{FFFD}\u{FFFD}"), ([0xE2, 0x82], "\u{FFFD}"),
      ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"), ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xF0, 0x9F, 0x98, 0x41], "\u{FFFD}A"), ([0xF0, 0x9F, 0x98, 0x80], "😀"),
    ] as [([UInt8], String)])
  func repairsBytesThatAreNotUTF8(input: [UInt8], output: String) throws {
    let written = try text { writer throws(FormatError) in
      try writer.start("a")
      try writer.text(input.span)
    }
    #expect(written.hasSuffix("<a>\(output)</a>\n"))
    #expect(output == String(decoding: input, as: UTF8.self), "the standard library repairs alike")
  }

  @Test func keepsLineEndsOfAttributes() throws {
    let value = "a\r\n\tb \u{0}<\"'&>"
    let document = try XMLWriter.document { writer throws(FormatError) in
      try writer.start("a")
      try writer.attribute("v", value)
    }
    #expect(try XMLReaderTests.events(document).first?["v"] == "a\r\n\tb <\"'&>")
  }

  enum Misuse: CaseIterable {
    case nothing, textOutside, endOutside, badName, nulInName, attributeOutside, secondRoot, sameAttribute
    case attributeAfterText, tooDeep
  }

  @Test(arguments: Misuse.allCases) func misuseIsAnError(_ misuse: Misuse) {
    #expect(throws: FormatError.self) {
      try XMLWriter.document(.compact) { writer throws(FormatError) in try commit(misuse, &writer) }
    }
  }

  private func commit(_ misuse: Misuse, _ writer: inout XMLWriter) throws(FormatError) {
    switch misuse {
    case .nothing: break
    case .textOutside: try writer.text("x")
    case .endOutside: try writer.end()
    case .badName: try writer.start("a b")
    case .nulInName: try writer.start("a\0")
    case .attributeOutside: try writer.attribute("a", "1")
    case .secondRoot:
      try writer.start("a")
      try writer.end()
      try writer.start("b")
    case .sameAttribute:
      try writer.start("a")
      try writer.attribute("x", "1")
      try writer.attribute("x", "2")
    case .attributeAfterText:
      try writer.start("a")
      try writer.text("t")
      try writer.attribute("x", "1")
    case .tooDeep:
      for _ in 0...SourceLimits.depth { try writer.start("a") }
    }
  }

  @Test func streamsInChunksOfBoundedSize() throws {
    var chunks = 0
    var largest = 0
    var total = 0
    var writer = try XMLWriter { chunk in
      chunks += 1
      largest = max(largest, chunk.count)
      total += chunk.count
    }
    try writer.start("list")
    for number in 0..<50_000 {
      try writer.start("item")
      try writer.attribute("n", "\(number)")
      try writer.end()
    }
    try writer.finish()
    #expect(total > 900_000)
    #expect(chunks > 10)
    #expect(largest < 1 << 17)
  }

  @Test func theErrorOfTheSinkIsThrown() throws {
    let full = FormatError(.xml, .reported("disk full"))
    var writer = try XMLWriter { (_: Span<UInt8>) throws(FormatError) in throw full }
    try writer.start("a")
    do {
      try writer.finish()
      Issue.record("the writer hid a failed write")
    } catch {
      #expect(error == full)
    }
  }

  @Test func writesToAFileDescriptorAndTellsWhenItCannot() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    var writer = try XMLWriter(.compact, toFileDescriptor: ends[1])
    try writer.start("a")
    try writer.finish()
    var read = [UInt8](repeating: 0, count: 100)
    let count = Glibc.read(ends[0], &read, 100)
    #expect(String(decoding: read.prefix(count), as: UTF8.self).hasSuffix("<a/>\n"))
    close(ends[0])
    close(ends[1])
    #expect(throws: FormatError.self) {
      var writer = try XMLWriter(.compact, toFileDescriptor: -1)
      try writer.start("a")
      try writer.finish()
    }
  }

  @Test func aDroppedWriterDeliversNothing() throws {
    var delivered = 0
    do {
      var writer = try XMLWriter { chunk in delivered += chunk.count }
      try writer.start("a")
    }
    #expect(delivered == 0)
  }
}
