import Rules
import Testing

/// Names by their bytes.
@Suite struct FeedNamesTests {
  private func place(_ name: String, in table: FeedNames) -> Int? {
    let bytes = Array("<\(name)>".utf8)
    return table.place(of: bytes.span, 1..<(bytes.count - 1))
  }

  @Test func `every name has its place, whatever their number`() {
    var table = FeedNames()
    let names = (0..<3_000).map { "PHASE_\($0)" } + ["", "é", "e\u{301}", "\u{0}"]
    for (index, name) in names.enumerated() {
      let bytes = Array(name.utf8)
      #expect(table.intern(bytes.span, bytes.indices) == index)
      #expect(table.intern(bytes.span, bytes.indices) == index)
    }
    #expect(table.count == names.count)
    #expect(names.enumerated().allSatisfy { place($1, in: table) == $0 && table[$0] == $1 })
    #expect(place("PHASE_3000", in: table) == nil && place("phase_1", in: table) == nil)
    #expect(place("x", in: FeedNames()) == nil)
  }
}
