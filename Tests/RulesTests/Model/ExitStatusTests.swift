import Testing

@testable import Rules

@Suite("Exit statuses")
struct ExitStatusTests {
  @Test("the gravest wins: 4, then 3, 2, 1, 0")
  func gravest() {
    let all: [Rules.ExitStatus] = [.clean, .findings, .incomplete, .designed, .noVerdict]
    for (index, status) in all.enumerated() {
      for other in all[...index] {
        #expect(status.combined(with: other) == status)
        #expect(other.combined(with: status) == status)
      }
    }
  }

  @Test("a threshold is reached by its own level and those above")
  func thresholds() {
    let reached = FailureThreshold.allCases.map { threshold in
      Severity.allCases.filter { threshold.isReached(by: $0) }.map(\.rawValue)
    }
    #expect(reached == [["error"], ["warning", "error"], ["note", "warning", "error"], []])
  }
}
