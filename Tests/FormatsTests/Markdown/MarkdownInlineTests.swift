import Formats
import Testing

@Suite("Markdown text")
struct MarkdownInlineTests {
  /// The first block's text with its spans: `*` emphasis, `**` strong, `[…]` a link, `![…]` an image, `` ` `` code.
  private func marked(_ text: String) throws -> String {
    let document = try MarkdownDocument.read(Array(text.utf8))
    let inlines = try #require(document.blocks.first { !$0.inlines.isEmpty }).inlines
    var marked = ""
    var ends: [String] = []
    for index in inlines {
      let content = document.plainText(of: index..<(index + 1))
      switch document.inlines[index].kind {
      case .text: marked += content
      case .code: marked += "`\(content)`"
      case .html: marked += "<>"
      case .softBreak: marked += "/"
      case .hardBreak: marked += "//"
      case .emphasisStart: open("*", "*")
      case .strongStart: open("**", "**")
      case .linkStart: open("[", "]")
      case .imageStart: open("![", "]")
      case .end: marked += ends.removeLast()
      }
    }
    func open(_ start: String, _ end: String) {
      marked += start
      ends.append(end)
    }
    #expect(ends.isEmpty, "spans are properly nested")
    return marked
  }

  @Test(
    "has emphasis by the rules of delimiter runs",
    arguments: [
      ("*a*", "*a*"), ("**a**", "**a**"), ("***a***", "***a***"), ("*a **b***", "*a**b***"), ("a*b*c", "a*b*c"),
      ("a_b_c", "a_b_c"), ("* a*", "* a*"), ("**a*b", "**a*b"), ("***a**", "***a**"), ("*a**b*", "*a**b*"),
      ("\u{A0}*a*\u{A0}", "\u{A0}*a*\u{A0}"), ("\u{20AC}*\u{20AC}a*", "\u{20AC}*\u{20AC}a*"), ("_(b)_.", "*(b)*."),
    ])
  func emphasis(_ text: String, _ expected: String) throws {
    #expect(try marked("x\u{A0}\(text)").dropFirst(2) == expected[...])
  }

  @Test(
    "has code, breaks, escapes, character references and raw HTML",
    arguments: [
      ("``a`b``", "`a`b`"), ("`a", "`a"), ("\\`a`", "`a`"), ("` `` `", "````"), ("a  \nb\\\nc\nd", "a//b//c/d"),
      ("\\*a\\*\\z", "*a*\\z"), ("&copy;&#x41;&#0;&nope;&ngE;", "©A\u{FFFD}&nope;≧\u{338}"), ("a<b c='>'>d", "a<>d"),
      ("a<!-- `b` -->c", "a<>c"), ("a<b c=>", "a<b c=>"), ("<!-- a", "<!-- a"), ("a\u{0}b", "a\u{FFFD}b"),
    ])
  func pieces(_ text: String, _ expected: String) throws {
    #expect(try marked("x\(text)").dropFirst() == expected[...])
  }

  @Test(
    "has links and images",
    arguments: [
      ("[a](b)", "[a]", "b"), ("[a](<b c> 'd')", "[a]", "b c"), ("[a](b\\)&amp;)", "[a]", "b)&"),
      ("[a](b(c)d)", "[a]", "b(c)d"), ("[*a](b)*", "[*a]*", "b"), ("[a][R]", "[a]", "/r"), ("[r][]", "[r]", "/r"),
      ("[ r ]", "[r]", "/r"), ("[STRASSE]", "[STRASSE]", "/s"),
      ("<http://a.b?c&amp;>", "[http://a.b?c&amp;]", "http://a.b?c&amp;"),
      ("<a@b.c>", "[a@b.c]", "mailto:a@b.c"), ("[a[b](c)d](e)", "[a[b]d](e)", "c"), ("[![x](y)](z)", "[![x]]", "z"),
    ])
  func links(_ text: String, _ expected: String, _ destination: String) throws {
    let source = "\(text)\n\n[r]: /r\n[r]: /second\n[straße]: /s"
    #expect(try marked(source) == expected)
    #expect(try MarkdownDocument.read(Array(source.utf8)).links.map(\.destination) == [destination])
  }

  @Test(
    "has no link where there is none",
    arguments: ["[a] (b)", "[a](b c)", "[a](<b)", "[a](b", "[nope][]", "[a](b \"c)", "<a b>", "<a@b->", "![a](b)"])
  func noLinks(_ text: String) throws {
    #expect(try MarkdownDocument.read(Array(text.utf8)).links.isEmpty)
  }

  @Test("keeps of an image the plain text of its description")
  func images() throws {
    let document = try MarkdownDocument.read(Array("![a *b* [c](d) `e`](f \"g\")".utf8))
    #expect(document.images.map(\.text) == ["a b c e"])
    #expect(document.images.map(\.title) == ["g"])
    #expect(document.links.isEmpty && document.codeSpans.isEmpty)
  }

  @Test("knows where its pieces begin, through quotes, tabs, cells and replaced bytes")
  func positions() throws {
    let text = "> a\u{0}b `c`\n>\t[d](e)\n\n|x|\n|-|\n|a \\| `y \\| z`|\n"
    let document = try MarkdownDocument.read(Array(text.utf8))
    #expect(document.codeSpans.map(\.position.description) == ["1:8", "6:8"])
    #expect(document.codeSpans.map(\.content) == ["c", "y | z"])
    #expect(document.links.map(\.position.description) == ["2:3"])
    let last = try #require(document.inlines.last)
    #expect(document.position(of: last).description == "6:8")
  }
}
