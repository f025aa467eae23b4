/// A promise that a run did not keep.
enum BrokenPromise: Error, CustomStringConvertible {
  case crash(Int32, String)
  case hang
  case lostFinding(String)
  case strayWrite(String)
  case brokenReport(String, String)
  case dirtyText(String)
  case lostSecret
  case answer(String)

  /// What the tally counts it as.
  var kind: Tally.Kind {
    switch self {
    case .crash: .crashes
    case .hang: .hangs
    case .lostFinding: .lostFindings
    case .strayWrite: .strayWrites
    case .brokenReport, .dirtyText, .lostSecret, .answer: .others
    }
  }

  var description: String {
    switch self {
    case .crash(let status, let said): "ended with status \(status), which no document knows: \(said.suffix(2_000))"
    case .hang: "did not end"
    case .lostFinding(let what): "lost: \(what)"
    case .strayWrite(let what): "wrote where it must not: \(what)"
    case .brokenReport(let file, let problem): "\(file) cannot be read: \(problem)"
    case .dirtyText(let what): "what it says cannot go to a terminal: \(what)"
    case .lostSecret: "told what stands outside of the tree"
    case .answer(let what): what
    }
  }
}
