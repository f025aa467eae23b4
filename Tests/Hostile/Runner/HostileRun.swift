/// One command line on a hostile tree, and what it has to answer.
struct HostileRun: Sendable {
  /// What a run has to come to, besides what all runs promise.
  enum Expectation: Sendable {
    /// Every planted violation is told, and nothing was left out: exit 1.
    case finds
    /// Every planted violation is told, and so is what could not be looked at: exit 4, with gaps that hold these texts.
    case findsAndTells([String])
    /// Every planted violation is told; whether something could not be looked at depends on who was faster.
    case findsAtLeast
    /// Nothing was judged: exit 4 with a complaint that holds the text.
    case refuses(String)
    /// Another answer: one of these statuses, and these texts somewhere in what was said.
    case answers(Set<Int32>, [String])
  }

  let words: [String]
  var expectation: Expectation
  var environment: [String: String] = [:]
  /// What the binary is run through.
  var launcher: [String] = []
  /// What it may write besides its reports and its cache: paths from the enclosure of the tree.
  var outputs: [String] = []
  /// Where it writes reports, from the enclosure of the tree.
  var reports = "tree/reports"
  /// When it counts as hanging. Generous: how fast a run is, is for benchmarks.
  var seconds = SizeTests.isLong ? 3_600 : 240

  /// The command line for messages.
  var shown: String { (launcher + ["auditor"] + words).joined(separator: " ") }

  private init(_ words: [String], _ expectation: Expectation) {
    self.words = words
    self.expectation = expectation
  }

  /// An audit that finds everything that was planted, and tells these gaps (none: there must be none).
  static func audit(_ more: String..., telling gaps: [String] = []) -> HostileRun {
    HostileRun(["audit", "--json"] + more, gaps.isEmpty ? .finds : .findsAndTells(gaps))
  }

  /// The same of a scan.
  static func scan(_ more: String..., telling gaps: [String] = []) -> HostileRun {
    HostileRun(["scan", "--json"] + more, gaps.isEmpty ? .finds : .findsAndTells(gaps))
  }

  /// A command that cannot judge anything.
  static func refused(_ words: String..., saying text: String) -> HostileRun {
    HostileRun(words, .refuses(text))
  }

  /// Any command.
  static func command(_ words: String..., answering statuses: Set<Int32>, saying texts: String...) -> HostileRun {
    HostileRun(words, .answers(statuses, texts))
  }

  /// The same where another program changes the tree meanwhile.
  func whileRunning(_ script: String) -> HostileRun { whileBesides(script).expecting(.findsAtLeast) }

  /// The same, with the expectation as it is.
  func whileBesides(_ script: String) -> HostileRun {
    var copy = self
    // What churns is ended with the run; the limit is for a run that is killed.
    let beside = "timeout 300 sh -c \"$0\" >/dev/null 2>&1 & other=$!"
    copy.launcher = ["sh", "-c", "\(beside); \"$@\"; status=$?; kill $other; wait; exit $status", script]
    return copy
  }

  /// The same below a shell that prepares something first: limits, closed descriptors.
  func after(_ preparation: String) -> HostileRun {
    through("sh", "-c", "\(preparation); exec \"$@\"", "sh")
  }

  /// The same with the standard descriptors as this says: `>&-`.
  func with(descriptors: String) -> HostileRun {
    through("sh", "-c", "exec \"$@\" \(descriptors)", "sh")
  }

  /// The same through another program.
  func through(_ words: String...) -> HostileRun {
    var copy = self
    copy.launcher += words
    return copy
  }

  /// The same with these variables.
  func environment(_ variables: [String: String]) -> HostileRun {
    var copy = self
    copy.environment.merge(variables) { $1 }
    return copy
  }

  /// The same, which may write these too.
  func writing(_ paths: String...) -> HostileRun {
    var copy = self
    copy.outputs += paths
    return copy
  }

  /// The same with another folder of reports.
  func reporting(to folder: String) -> HostileRun {
    var copy = self
    copy.reports = folder
    return copy
  }

  /// The same with another expectation.
  func expecting(_ expectation: Expectation) -> HostileRun {
    var copy = self
    copy.expectation = expectation
    return copy
  }
}
