import Testing

@testable import Reports

/// The rolling hash of GitHub code scanning, with the published values of its implementation.
@Suite struct LineHashTests {
  private func hashes(_ text: String) -> [String] {
    let found = LineHash.hashes(of: Array(text.utf8), lines: Set(1...20))
    return found.sorted { $0.key < $1.key }.map(\.value)
  }

  @Test func anEmptyFileHasOneLine() {
    #expect(hashes("") == ["c129715d7a2bc9a3:1"])
  }

  @Test func blanksDoNotCount() {
    #expect(
      hashes(" a\nb\n  \t\tc\n d")
        == ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"])
  }

  @Test(arguments: ["\n", "\r", "\r\n"])
  func everyLineEndIsOne(_ end: String) {
    let text = [" hello; \t", "world!!!", "", "", "  \t\tGreetings", " End", ""].joined(separator: end)
    #expect(
      hashes(text) == [
        "e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1", "b3edc88f2938467e:1",
        "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1",
      ])
  }

  @Test func equalLinesAreCounted() {
    let text = String(repeating: String(repeating: "x", count: 120) + "\n", count: 4)
    let counts = hashes(text).map { $0.split(separator: ":").last.map(String.init) ?? "" }
    #expect(counts.prefix(3) == ["1", "2", "3"])
  }
}
