import Reports
import Testing

@Suite struct RemainingTimeTests {
  @Test(arguments: [
    (1, 100, 10, "about 17 min left"), (50, 100, 10, "about 10 s left"), (99, 100, 100, "about 2 s left"),
    (1, 1_000, 60, "about 17 h left"),
  ])
  func `what is left is guessed from what is done`(done: Int, total: Int, seconds: Int, text: String) {
    #expect(RemainingTime(done: done, total: total, elapsed: .seconds(seconds)).text == text)
  }

  @Test(arguments: [(0, 100, 10), (100, 100, 10), (50, 100, 2), (0, 0, 10)])
  func `nothing is guessed from nothing, or at the end`(done: Int, total: Int, seconds: Int) {
    #expect(RemainingTime(done: done, total: total, elapsed: .seconds(seconds)).text == nil)
  }
}
