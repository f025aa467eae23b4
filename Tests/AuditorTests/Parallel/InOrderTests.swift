import Testing

@testable import Auditor

@Suite("Outcomes in order")
struct InOrderTests {
  @Test("each is taken once, when all before it have been")
  func order() {
    let ordered = InOrder([]) { (taken: inout [String], index, outcome: String) in taken.append("\(index)\(outcome)") }
    ordered.add("c", at: 2)
    #expect(ordered.state == [])
    ordered.add("a", at: 0)
    #expect(ordered.state == ["0a"])
    ordered.add("b", at: 1)
    #expect(ordered.state == ["0a", "1b", "2c"])
  }

  @Test("threads bring them in any order", arguments: [1, 2, 16])
  func threads(jobs: Int) {
    let ordered = InOrder([]) { (taken: inout [Int], _, outcome: Int) in taken.append(outcome) }
    _ = IndexedWork.run(jobs: jobs, count: 1_000) { indices in
      while let index = indices.next() { ordered.add(index, at: index) }
    }
    #expect(ordered.state == Array(0..<1_000))
  }
}
