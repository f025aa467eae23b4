/// What came of all cases: the line that the tests print is computed from it.
struct FaultTally: Sendable {
  /// What a run promises whatever goes wrong.
  enum Promise: String, Sendable, CaseIterable {
    case crash = "crashes"
    case hang = "hangs"
    case quietPass = "quiet passes"
    case undocumentedStatus = "undocumented exit statuses"
    case halfWritten = "half-written files"
    case stray = "stray files"
    case unexplained = "unexplained failures"
  }

  /// How a case ended well.
  enum Ending: String, Sendable, CaseIterable {
    case absorbed = "made no difference"
    case told = "told, with no verdict"
    case missing = "told as evidence that is missing"
    case stopped = "stopped by the signal"
    case killed = "killed, and the next run whole"
  }

  /// A promise that was not kept, and when.
  struct Broken: Sendable, CustomStringConvertible {
    let promise: Promise
    let description: String
  }

  var cases = 0
  var endings: [Ending: Int] = [:]
  var broken: [Broken] = []

  mutating func add(_ other: FaultTally) {
    cases += other.cases
    endings.merge(other.endings, uniquingKeysWith: +)
    broken += other.broken
  }

  /// `fault: NAME: N cases: …; 0 crashes, …`.
  func line(_ name: String) -> String {
    let well = Ending.allCases.compactMap { ending in endings[ending].map { "\($0) \(ending.rawValue)" } }
    let ill = Promise.allCases.map { promise in "\(broken.count { $0.promise == promise }) \(promise.rawValue)" }
    return "fault: \(name): \(cases) cases: \(well.joined(separator: ", ")); \(ill.joined(separator: ", "))"
  }
}
