import Formats
import Testing

@Suite("Markdown blocks")
struct MarkdownBlockTests {
  /// The tree in one line: `quote(list(item(paragraph)))`.
  private func outline(_ text: String) throws -> String {
    let document = try MarkdownDocument.read(Array(text.utf8))
    return outline(of: 0, in: document)
  }

  private func outline(of block: Int, in document: MarkdownDocument) -> String {
    var parts: [String] = []
    var child = block + 1
    while child < document.blocks[block].end {
      parts.append(outline(of: child, in: document))
      child = document.blocks[child].end
    }
    let name = "\(document.blocks[block].kind)".prefix { $0 != "(" }
    return parts.isEmpty ? String(name) : "\(name)(\(parts.joined(separator: " ")))"
  }

  @Test(
    "form a tree",
    arguments: [
      ("", "document"),
      ("a\nb\n\nc", "document(paragraph paragraph)"),
      ("> a\nlazy\n\nb", "document(quote(paragraph) paragraph)"),
      ("- a\n  - b\n- c", "document(list(item(paragraph list(item(paragraph))) item(paragraph)))"),
      ("- a\n+ b", "document(list(item(paragraph)) list(item(paragraph)))"),
      ("a\n2. b\n1. c", "document(paragraph list(item(paragraph)))"),
      ("-\n\n  a", "document(list(item) paragraph)"),
      ("- \n  a", "document(list(item(paragraph)))"),
      ("- - -\n- -", "document(thematicBreak list(item(list(item))))"),
      ("> - a\n>\n>   b", "document(quote(list(item(paragraph paragraph))))"),
      ("<div>\n*a*\n\n*b*", "document(html paragraph)"),
      ("<script>\n\n- a\n</script>\nb", "document(html paragraph)"),
      ("a\n<b>\n\n<b>\na", "document(paragraph html)"),
      ("[a]: /u\n[b]: /v 'x'\n\nc", "document(paragraph)"),
      ("[a]: /u\n===\nb", "document(paragraph)"),
      ("[a]: /u\n- ", "document(paragraph)"),
      ("\t\tcode\n", "document(codeBlock)"),
      ("- a\n\n\t\tcode", "document(list(item(paragraph codeBlock)))"),
    ])
  func tree(_ text: String, _ expected: String) throws {
    #expect(try outline(text) == expected)
  }

  @Test(
    "hold tables with a header and a delimiter row of as many cells",
    arguments: [
      ("|a|b|\n|-|:-:|\n|c|\n\nd", "document(table(row(cell cell) row(cell)) paragraph)"),
      ("a\nb|c\n-|-\n", "document(paragraph table(row(cell cell)))"),
      ("|a|b|\n|-|\n", "document(paragraph)"),
      ("a|b\n- | -\n", "document(paragraph list(item(paragraph)))"),
      ("a|b\n-|-\nc|d\n> e", "document(table(row(cell cell) row(cell cell)) quote(paragraph))"),
      ("> a|b\n> -|-\nc|d", "document(quote(table(row(cell cell))) paragraph)"),
    ])
  func tables(_ text: String, _ expected: String) throws {
    #expect(try outline(text) == expected)
  }

  @Test(
    "of code keep their lines and lose their indentation",
    arguments: [
      ("```a b\nx\n ```", "a b", "x\n"),
      ("  ~~~\n    x\n y\n", "", "  x\ny\n"),
      ("````\n```\n````", "", "```\n"),
      ("``` c\\+\\+ &ouml;\r\nx\r\ry", "c++ ö", "x\n\ny\n"),
      ("    a\n\n      b\n   \n", "", "a\n\n  b\n"),
      (">\t\tx", "", "  x\n"),
      ("- ```\n      x\n  ```", "", "    x\n"),
    ])
  func code(_ text: String, _ info: String, _ content: String) throws {
    let document = try MarkdownDocument.read(Array(text.utf8))
    #expect(document.codeBlocks.map(\.info) == [info])
    #expect(document.codeBlocks.map(\.content) == [content])
  }

  @Test("keep the info string as written too")
  func rawInfo() throws {
    let document = try MarkdownDocument.read(Array("``` a\\*b &amp; c  \n```".utf8))
    #expect(document.codeBlocks.map(\.rawInfo) == ["a\\*b &amp; c"])
  }

  @Test("know where they begin and end")
  func positions() throws {
    let document = try MarkdownDocument.read(Array("# a\n\n> - b\n>   c\n\n[x]: /u\nd\n---\n".utf8))
    let places = document.blocks.map { "\($0.kind) \($0.position)-\($0.endPosition)" }
    #expect(
      places == [
        "document 1:1-8:4", "heading(0) 1:1-1:4", "quote 3:1-4:6", "list(start: nil) 3:3-4:6", "item 3:3-4:6",
        "paragraph 3:5-4:6", "heading(1) 7:1-8:4",
      ])
  }
}
