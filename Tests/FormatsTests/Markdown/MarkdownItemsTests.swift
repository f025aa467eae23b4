import Formats
import Testing

@Suite("Markdown documents list")
struct MarkdownItemsTests {
  private func read(_ text: String) throws -> MarkdownDocument { try MarkdownDocument.read(Array(text.utf8)) }

  @Test(
    "a task where an item begins with a box and text",
    arguments: [
      ("- [ ] a", false, "a"), ("* [x] a", true, "a"), ("1. [X]\ta", true, "a"), ("- [x]\n  a *b*", true, "a b"),
      ("> - [x] a", true, "a"), ("- [x] a\n\n  b", true, "a"), ("-\n  [ ] a", false, "a"),
      ("- [x] a\n\n[x]: /u", true, "a"), ("- [n]: /u\n  [x] a", true, "a"), ("- - [ ] a", false, "a"),
    ])
  func tasks(_ text: String, _ isChecked: Bool, _ expected: String) throws {
    let tasks = try read(text).tasks
    #expect(tasks.map(\.isChecked) == [isChecked])
    #expect(tasks.map(\.text) == [expected])
  }

  @Test(
    "no task for what only looks like one",
    arguments: [
      "- []", "- [x]", "- [ ]a", "- [y] a", "- [  ] a", "- \\[x] a", "- [x]\u{A0}a", "- **[x]** a", "[x] a",
      "- a\n\n  [x] b",
      "- # [x] a", "- [x] a\n  ---", "    - [x] a", "```\n- [x] a\n```", "<!--\n- [x] a\n-->",
    ])
  func noTasks(_ text: String) throws {
    #expect(try read(text).tasks.isEmpty)
  }

  @Test("a task's places and the heading before it")
  func taskPlaces() throws {
    let document = try read("- [ ] a\n\n# One\n> 1.  [x] b\n")
    #expect(document.tasks.map(\.position.description) == ["1:1", "4:3"])
    #expect(document.tasks.map(\.boxPosition.description) == ["1:3", "4:7"])
    #expect(document.tasks.map(\.heading) == [nil, 0])
  }

  @Test(
    "metadata where an item begins with strong text and a colon",
    arguments: [
      ("- **K**: v *w*", "K", "v w"), ("- **K:** v", "K", "v"), ("1. __K__ : v", "K", "v"),
      ("- **`K` L**:v", "K L", "v"),
      ("- **K**:", "K", ""), ("- **K**: v\nlazy", "K", "v lazy"), ("- **K**: a: b", "K", "a: b"),
    ])
  func metadata(_ text: String, _ key: String, _ value: String) throws {
    let metadata = try read(text).metadata
    #expect(metadata.map(\.key) == [key])
    #expect(metadata.map(\.value) == [value])
  }

  @Test(
    "no metadata without strong text, a colon and a key",
    arguments: ["- *K*: v", "- **K** v", "- a **K**: v", "**K**: v", "- [x] **K**: v", "- ***K***: v", "- **:** v"])
  func noMetadata(_ text: String) throws {
    #expect(try read(text).metadata.isEmpty)
  }

  @Test("headings with their level, text and first line")
  func headings() throws {
    let headings = try read("# a `b` ##\n\n[x]: /u\nc\nd\n===\n> ###### e\n#no\n").headings
    #expect(headings.map(\.level) == [1, 1, 6])
    #expect(headings.map(\.text) == ["a b", "c d", "e"])
    #expect(headings.map(\.position.line) == [1, 4, 7])
  }

  @Test("tables whose rows are cut or filled to the header's width")
  func tables() throws {
    let table = try #require(try read("x\n| a | b |\n|--|--|\n| 1 |\n2 | `3 \\| 4` | 5\n").tables.first)
    #expect(table.position.line == 2)
    #expect(table.header == ["a", "b"])
    #expect(table.rows.map(\.cells) == [["1", ""], ["2", "3 | 4"]])
    #expect(table.rows.map(\.position.line) == [4, 5])
  }

  @Test("sections: what stands below a heading")
  func sections() throws {
    let document = try read("a\n# A\nb\n## B\n- [x] c\n\n> # quoted\n\n# C\nd\n")
    let sections = document.sections
    #expect(sections.map { document.headings[$0.heading].text } == ["A", "B", "C"])
    #expect(sections.map(\.parent) == [nil, 0, nil])
    let task = try #require(document.tasks.first)
    #expect(sections.map { $0.blocks.contains(task.block) } == [true, true, false])
    #expect(sections.map { $0.ownBlocks.contains(task.block) } == [false, true, false])
  }

  @Test("everything as JSON")
  func json() throws {
    var writer = JSONWriter()
    writer.beginObject()
    try read("# A\r\n- [x] b `c`\r\n").writeFields(to: &writer)
    writer.endObject()
    let text = String(decoding: writer.takeBytes(), as: UTF8.self)
    #expect(
      text == """
        {"headings":[{"level":1,"text":"A","line":1}],\
        "tasks":[{"checked":true,"text":"b c","line":2,"section":"A"}],"code_blocks":[],"code_spans":["c"],\
        "links":[],"tables":[],"metadata":[]}
        """)
  }
}
