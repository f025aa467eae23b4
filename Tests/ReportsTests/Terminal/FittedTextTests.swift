import Reports
import Testing

@Suite("Text fits the terminal")
struct FittedTextTests {
  @Test("a line goes on below at a blank, under the last column of the first third")
  func columns() {
    let line = "  1:11     error   the path exists for one user only  hard-path.home"
    #expect(
      fitted(line, width: 40) == """
          1:11     error   the path exists for
                   one user only  hard-path.home
        """)
    #expect(
      fitted(line, width: 60) == """
          1:11     error   the path exists for one user only
                           hard-path.home
        """)
    #expect(fitted(line, width: 80) == line)
  }

  @Test("a line without columns goes on two blanks further in")
  func prose() {
    #expect(fitted("reports: a.json, b.json, c.xml", width: 20) == "reports: a.json,\n  b.json, c.xml")
    #expect(fitted("    fix: derive the path from it", width: 20) == "    fix: derive the\n      path from it")
  }

  @Test("a list without blanks breaks behind its commas, any other long word stays whole")
  func longWords() {
    let list = "PHASE_1  PARTIAL  activity.started,activity.verified"
    #expect(fitted(list, width: 30) == "PHASE_1  PARTIAL\n         activity.started,\n         activity.verified")
    let path = "a/rather/long/path/that/somebody/may/copy"
    #expect(fitted("in \(path) there", width: 20) == "in\n  \(path)\n  there")
  }

  @Test("what shows a line of source is cut")
  func source() {
    #expect(fitted("     │ ROOT = \"/a/b\" and so on", width: 20) == "     │ ROOT = \"/a/b…")
    let start = "     \u{1B}[2m│\u{1B}[0m ROOT = \"/a/b"
    #expect(fitted(start + "\" and so on", width: 20) == start + "…")
  }

  @Test("colours take no room, and lines are parted where they are without them", arguments: [20, 27, 40, 60, 80])
  func colours(width: Int) {
    let plain =
      "  22:3     error   the registry calls it PROVEN, it is PARTIAL  dod.contradicted\nOutcome: clean (exit 0)"
    let colored =
      "  22:3     \u{1B}[31merror  \u{1B}[0m the registry calls it PROVEN, it is PARTIAL  "
      + "\u{1B}[2mdod.contradicted\u{1B}[0m\n\u{1B}[1mOutcome:\u{1B}[0m \u{1B}[32mclean\u{1B}[0m (exit 0)"
    let shown = fitted(colored, width: width)
    let stripped = ["\u{1B}[31m", "\u{1B}[2m", "\u{1B}[1m", "\u{1B}[32m", "\u{1B}[0m"].reduce(shown) {
      $0.replacing($1, with: "")
    }
    func trimmed(_ text: String) -> [[Substring]] { text.split(separator: "\n").map { $0.split(separator: " ") } }
    #expect(trimmed(stripped) == trimmed(fitted(plain, width: width)))
  }

  @Test("no word is lost and no line is longer than a word forces it to be", arguments: 20...90)
  func lossless(width: Int) {
    var state: UInt64 = UInt64(width)
    func next(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    for _ in 0..<50 {
      let words = (0..<next(30)).map { _ in
        String(repeating: " ", count: next(4)) + String(repeating: "x", count: next(14)) + "y"
      }
      let text = words.joined(separator: " ")
      let shown = fitted(text, width: width)
      #expect(shown.split { " \n".contains($0) } == text.split(separator: " "))
      for line in shown.split(separator: "\n") {
        let isOneWord = line.split(separator: " ").count == 1
        #expect(line.count <= width || isOneWord, "\(line.count) columns of \(width): \(line)")
      }
    }
  }
}
