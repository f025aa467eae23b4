import Testing

@testable import Auditor

@Suite("Work shared by threads")
struct IndexedWorkTests {
  @Test("each index is given out once, whatever the number of threads", arguments: [1, 2, 7, 64])
  func once(jobs: Int) {
    let parts = IndexedWork.run(jobs: jobs, count: 1_000) { indices in
      var taken: [Int] = []
      while let index = indices.next() { taken.append(index) }
      return taken
    }
    #expect(parts.flatMap { $0 }.sorted() == Array(0..<1_000))
  }

  @Test("nothing to do is done at once")
  func none() {
    #expect(IndexedWork.run(jobs: 4, count: 0) { $0.next() }.allSatisfy { $0 == nil })
  }
}
