import Formats
import Glibc
import Rules

/// Records an honest chain around a command: `started` before it runs; `completed` with exit status, duration and digests
/// when it has succeeded, else `failed`; `verified` when what it wrote has been read again and what it read has not
/// changed. Nothing is written ahead, and nothing that goes wrong here changes what the command does.
package struct RunRecorder: Sendable {
  /// What is asked for.
  package struct Request: Sendable {
    /// The phase that the command is a run of.
    package var phaseID: String
    /// Files that it reads: paths, folders, globs.
    package var inputs: [String] = []
    /// Files that it writes.
    package var outputs: [String] = []
    /// Whether a run that succeeded is verified here; else somebody else has to.
    package var isVerified = true
    /// Whether the words of the command are recorded as they are.
    package var showsCommand = false
    /// The environment, for the settings and for git.
    package var environment: [String: String]

    /// A request with what has no default.
    package init(phaseID: String, environment: [String: String]) {
      self.phaseID = phaseID
      self.environment = environment
    }
  }

  private let request: Request
  private let words: CommandWords
  private let settings: DoDSettings
  private let workingDirectory: String
  private let run: FeedEvent.Run
  private let complain: @Sendable (String) -> Void
  private var inputs: DeclaredFiles
  private var lastMilliseconds: Int64 = 0
  private var start = ContinuousClock.now

  /// Records that the command is about to run.
  ///
  /// - Parameters:
  ///   - words: the program and its arguments.
  ///   - complain: told each thing that could not be recorded.
  /// - Throws: what keeps anything from being recorded: settings that cannot be used.
  package init(
    _ request: Request, words: [[UInt8]], complain: @escaping @Sendable (String) -> Void
  ) throws {
    let here = try WorkingDirectory.path()
    self.request = request
    self.words = CommandWords(words)
    self.complain = complain
    workingDirectory = here
    settings = try DoDSettings.gather(environment: request.environment, workingDirectory: here)
    run = FeedEvent.Run(
      phaseID: request.phaseID, runID: try RunID.make(at: ReportTime.system()).description, tool: "auditor run",
      emitter: .wrapper)
    inputs = DeclaredFiles(root: settings.root, workingDirectory: here, feed: settings.feed)
    inputs.read(request.inputs)
    for problem in inputs.problems { complain("not recorded: \(problem)") }
    writeStart()
    start = ContinuousClock.now
  }

  /// The identity of the run, as its events name it.
  package var runID: String { run.runID }

  /// Records how the command ended.
  package mutating func finish(_ end: CommandEnd) {
    let duration = start.duration(to: ContinuousClock.now)
    var outputs = files()
    outputs.read(request.outputs)
    for problem in outputs.problems { complain("not recorded: \(problem)") }
    append(end.isSuccess ? "completed" : "failed", at: nextMoment()) { json in
      json.member("exit_status", Int(end.status))
      if let signal = end.signal { json.member("signal", Int(signal)) }
      if end.failure != nil { json.member("was_started", false) }
      json.key("duration_ms")
      json.integer(duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000)
      json.member("evidence", outputs.paths)
      // An output is what the run left, whatever stood there before.
      write(inputs.digests.merging(outputs.digests) { $1 }, "hashes", to: &json)
    }
    if end.isSuccess, request.isVerified { verify(outputs) }
  }

  private mutating func writeStart() {
    let commit = commit
    append("started", at: nextMoment()) { json in
      words.write(isPlain: request.showsCommand, to: &json)
      json.member("commit_sha", commit)
      write(inputs.digests, "inputs", to: &json)
    }
  }

  /// Reads everything again: what was recorded has to be what is there.
  private mutating func verify(_ outputs: DeclaredFiles) {
    var outputsAgain = files()
    outputsAgain.read(request.outputs)
    var inputsAgain = files()
    inputsAgain.read(request.inputs)
    let isInput = { (path: String) in outputs.digests[path] == nil }
    let readBefore = inputs.digests.filter { isInput($0.key) }
    let readAgain = inputsAgain.digests.filter { isInput($0.key) }
    let changed = readBefore.filter { readAgain[$0.key] != $0.value }.keys.sorted()
    for path in changed { complain("not verified: \(path) was declared as input and changed during the run") }
    if outputsAgain.digests != outputs.digests { complain("not verified: something still writes the outputs") }
    guard changed.isEmpty, outputsAgain.digests == outputs.digests, outputs.problems.isEmpty, inputs.problems.isEmpty
    else { return }
    append("verified", at: nextMoment()) { json in
      json.member("checked", ["exit_status", "inputs_unchanged", "outputs_read_again"])
      json.member("evidence", outputs.paths)
    }
  }

  private func files() -> DeclaredFiles {
    DeclaredFiles(root: settings.root, workingDirectory: workingDirectory, feed: settings.feed)
  }

  /// The commit that the run started from; empty outside of git.
  private var commit: String {
    let repository = try? GitRepository.containing(settings.root, environment: request.environment)
    return (try? repository?.commits(named: []).head) ?? ""
  }

  private func write(_ digests: [String: String], _ key: String, to json: inout JSONWriter) {
    json.object(key) { json in
      for (path, digest) in digests.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
        json.member(path, digest)
      }
    }
  }

  /// A clock that is put back must not put the end before the start.
  private mutating func nextMoment() -> Int64 {
    lastMilliseconds = max(ReportTime.system().timestamp.milliseconds, lastMilliseconds + 1)
    return lastMilliseconds
  }

  private func append(_ action: String, at milliseconds: Int64, _ members: (inout JSONWriter) -> Void) {
    let event = FeedEvent(action, of: run, milliseconds: milliseconds, members)
    do throws(FileError) {
      try settings.places.check(settings.feed)
      try ActivityFeed(settings.feed, isMade: true).append([event])
    } catch {
      complain("'\(action)' of run \(run.runID) was not added to the feed: \(error)")
    }
  }
}
