import Formats
import Testing

@Suite("Where lines begin")
struct LineTableTests {
  @Test("a line feed, a carriage return or both in this order end a line")
  func ends() {
    #expect(starts(of: "a\nb\r\nc\rd") == [0, 2, 5, 7])
    #expect(starts(of: "") == [0])
    #expect(starts(of: "\n") == [0, 1])
    #expect(starts(of: "\r\n\n\r\r\n") == [0, 2, 3, 4, 6])
  }

  @Test(
    "texts of nothing but line ends, of every length and at every place of a block",
    arguments: Array(0..<70) + [127, 128, 129, 200])
  func dense(length: Int) {
    for pattern in ["\n", "\r", "\r\n", "\n\r", "x\r\n"] {
      let text = String(String(repeating: pattern, count: length).unicodeScalars.prefix(length))
      #expect(starts(of: text) == reference(text), "\(length) of \(pattern.debugDescription)")
    }
  }

  @Test("any mixture of them", arguments: 0..<40)
  func mixtures(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    for _ in 0..<20 {
      var text = ""
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      for _ in 0..<(state >> 33) % 300 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.unicodeScalars.append(["\n", "\r", "a", "b", "é"][Int((state >> 33) % (seed % 2 == 0 ? 5 : 3))])
      }
      #expect(starts(of: text) == reference(text))
    }
  }

  @Test("long lines, with and without carriage returns", arguments: 0..<40)
  func longLines(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    var text = ""
    for _ in 0..<40 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text += String(repeating: "x", count: Int(state >> 33) % 90) + (seed % 4 == 0 && state >> 60 == 0 ? "\r" : "\n")
    }
    #expect(starts(of: text) == reference(text))
  }

  @Test("an offset is found in its line, and beyond the end in the last one")
  func positions() {
    let table = LineTable(Array("ab\ncd\n".utf8).span)
    #expect(table.position(at: 4).line == 2)
    #expect(table.position(at: 4).column == 2)
    #expect(table.position(at: 100).line == 3)
    #expect(table.start(ofLine: 4) == nil)
  }

  private func starts(of text: String) -> [Int] {
    let table = LineTable(Array(text.utf8).span)
    return (1...table.count).compactMap { table.start(ofLine: $0) }
  }

  private func reference(_ text: String) -> [Int] {
    let bytes = Array(text.utf8)
    return [0]
      + bytes.indices.filter { index in
        bytes[index] == 0x0A || bytes[index] == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)
      }.map { $0 + 1 }
  }
}
