import Rules
import Testing

@Suite("The chain of a phase")
struct ChainWindowTests {
  private struct Event {
    let action: ActivityAction
    let time: Int64
    let line: Int
  }

  @Test(
    "is the last started that has a completed, with what follows it",
    arguments: [
      ("s c v", [1, 2, 3]), ("s", [1, 0, 0]), ("s s", [1, 0, 0]), ("c v", [0, 0, 0]), ("", [0, 0, 0]),
      ("s c v s c v", [4, 5, 6]), ("s c v s", [1, 2, 3]), ("s c v s c", [4, 5, 0]), ("s s c c v v", [2, 3, 5]),
      ("s v c", [1, 3, 0]), ("v s c", [2, 3, 0]), ("c s v", [2, 0, 0]),
    ])
  func selects(letters: String, lines: [Int]) {
    let actions: [Character: ActivityAction] = ["s": .started, "c": .completed, "v": .verified]
    let events = letters.split(separator: " ").enumerated().compactMap { index, letter in
      letter.first.flatMap { actions[$0] }.map { Event(action: $0, time: Int64(index), line: index + 1) }
    }
    #expect(chain(events) == lines.map { $0 == 0 ? nil : $0 })
    #expect(chain(events.reversed()) == lines.map { $0 == 0 ? nil : $0 })
  }

  @Test("is the same whether the events stream by in any order or are sorted at once", arguments: 1...20)
  func streams(seed: UInt64) {
    var random = seed &* 0x9E37_79B9_7F4A_7C15
    func next(_ bound: UInt64) -> UInt64 {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (random >> 33) % bound
    }
    let events = (1...1_500).map { line in
      Event(
        action: ActivityAction.allCases[Int(next(3))], time: Int64(next(seed % 2 == 0 ? 40 : 100_000)), line: line)
    }
    #expect(chain(events) == slowly(events))
  }

  private func chain(_ events: [Event]) -> [Int?] {
    var window = ChainWindow()
    for event in events {
      window.add(
        event.action, at: EventTime(seconds: event.time), EventReference(line: event.line, offset: 0, byteCount: 0))
    }
    let selection = window.selection()
    return [selection.started?.line, selection.completed?.line, selection.verified?.line]
  }

  /// The rule, word for word.
  private func slowly(_ events: [Event]) -> [Int?] {
    let sorted = events.sorted { ($0.time, $0.line) < ($1.time, $1.line) }
    var best: [Int?] = [nil, nil, nil]
    for (index, event) in sorted.enumerated() where event.action == .started {
      let rest = sorted[(index + 1)...]
      if let completed = rest.firstIndex(where: { $0.action == .completed }) {
        let verified = rest[(completed + 1)...].first { $0.action == .verified }
        best = [event.line, sorted[completed].line, verified?.line]
      } else if best == [nil, nil, nil] {
        best = [event.line, nil, nil]
      }
    }
    return best
  }
}
