import Auditor
import Formats
import Glibc
import Rules

extension Command {
  /// Runs a real command and records what took place.
  static let run = Command(
    ["run"], summary: "Run a command and record an honest chain of the run in the activity feed",
    description: """
      Runs PROGRAM as it is, with the standard input, output and error of this command, and ends as it ends: with its exit \
      status, or by its signal. Adds to the activity feed: started, with the commit and the digests of the declared inputs; \
      completed (or failed), with exit status, duration and the digests of inputs and outputs; verified, when the command \
      succeeded, every declared file was there, no input changed and the outputs read again are the same. What cannot be \
      recorded is said on standard error and changes nothing else.
      Of the command line the feed gets the program's name, the names of options and a digest; arguments may be secrets.
      Environment: as for dod. The clock is the system's.
      """,
    operands: .program("PROGRAM"),
    flags: [phase, inputs, outputs, notVerified, showsCommand],
    examples: [
      Example("auditor run --phase PHASE_7 -- make test", "the exit status is that of make test"),
      Example(
        "auditor run --phase PHASE_7 --input 'src/**/*.py' --output junit.xml -- pytest --junitxml=junit.xml",
        "what was read and written is held by its digests"),
      Example("auditor run --phase PHASE_7 --no-verify -- ./deploy.sh", "somebody else has to verify"),
    ]
  ) { arguments, console in
    guard let phaseID = arguments.value(phase) else {
      throw UsageError.missingOperand("--phase ID", command: "run")
    }
    guard PhaseID.isUsable(phaseID) else {
      throw UsageError.invalidValue(
        flag: phase.name, value: phaseID, expected: "a phase id: part of a file name, no '/' or control characters")
    }
    let words = programWords(arguments.operands.count)
    var request = RunRecorder.Request(phaseID: phaseID, environment: processEnvironment())
    request.inputs = arguments.list(inputs)
    request.outputs = arguments.list(outputs)
    request.isVerified = !arguments.has(notVerified)
    request.showsCommand = arguments.has(showsCommand)
    var recorder: RunRecorder?
    do {
      recorder = try RunRecorder(request, words: words) { console.complain("auditor run: \($0)") }
    } catch {
      console.complain("auditor run: the run is not recorded: \(error)")
    }
    let end = CommandProcess.run(words)
    if let failure = end.failure { console.complain("auditor run: \(failure)") }
    recorder?.finish(end)
    if let recorder { console.detail("auditor run: recorded run \(recorder.runID) of \(phaseID)") }
    end.leave()
  }

  private static let phase = Flag("phase", .value("ID"), help: "The phase that the command is a run of")
  private static let inputs = Flag(
    "input", .list("PATH"), help: "What the command reads: a file, a folder or a quoted glob; may be given again")
  private static let outputs = Flag(
    "output", .list("PATH"), help: "What the command writes: a file, a folder or a quoted glob; may be given again")
  private static let notVerified = Flag("no-verify", help: "Record no 'verified'")
  private static let showsCommand = Flag("show-command", help: "Record the command's words, secrets and all")

  /// The last words of this process's command line, byte for byte: a file name need not be text.
  private static func programWords(_ count: Int) -> [[UInt8]] {
    let first = Int(CommandLine.argc) - count
    return (first..<first + count).map { index in
      guard let word = unsafe CommandLine.unsafeArgv[index] else { return [] }
      return unsafe Array(UnsafeRawBufferPointer(start: word, count: strlen(word)))
    }
  }
}
