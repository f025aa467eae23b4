import Glibc
import Synchronization

/// Runs another program to its end: no shell, an explicit environment, bounded in output and time, both outputs drained
/// while input is fed, so that no pipe can fill up and stall.
package enum ChildProcess {
  /// How a program ended and what it said.
  package struct Outcome: Sendable {
    /// The exit status, or 128 and the number of the signal that ended it.
    package let status: Int32
    /// Standard output.
    package let output: [UInt8]
    /// Standard error.
    package let errorOutput: [UInt8]
  }

  /// What a program may use up.
  package struct Limits: Sendable {
    /// Bytes of standard output and standard error together.
    package var outputBytes = 256 << 20
    /// Seconds from start to end.
    package var seconds = 300

    /// The usual limits.
    package init() {}
  }

  /// Runs a program and waits for it.
  ///
  /// - Parameters:
  ///   - program: a path, or a name that is looked up in the absolute folders of the environment's `PATH` (a relative
  ///     one could lead into an audited tree).
  ///   - environment: the whole environment of the program.
  ///   - input: its standard input.
  /// - Throws: `ProcessError` when it cannot run to its end. A status other than 0 is an outcome.
  package static func run(
    _ program: String, _ arguments: [String], environment: [String: String], input: [UInt8] = [],
    limits: Limits = Limits()
  ) throws(ProcessError) -> Outcome {
    guard let path = find(program, in: environment["PATH"]) else {
      throw ProcessError(program: program, reason: .notFound)
    }
    let (child, ends) = try start(path, program, arguments, environment, hasInput: !input.isEmpty)
    var exchange = ProcessExchange(ends: ends, input: input, limits: limits)
    let broken = exchange.run()
    exchange.close()
    if broken != nil { kill(child, SIGKILL) }
    let status = wait(for: child)
    if let broken { throw ProcessError(program: program, reason: broken) }
    return Outcome(status: status, output: exchange.output, errorOutput: exchange.errorOutput)
  }

  /// One at a time: between opening its descriptors and marking them as closed on exec, another child could inherit
  /// them and keep a pipe open.
  private static let starting = Mutex<Void>(())

  private static func start(
    _ path: String, _ program: String, _ arguments: [String], _ environment: [String: String], hasInput: Bool
  ) throws(ProcessError) -> (child: pid_t, ends: ChildEnds) {
    try starting.withLock { _ throws(ProcessError) in
      let ends = try ChildEnds.open(for: program, hasInput: hasInput)
      do throws(ProcessError) {
        let child = try Spawn(path: path, program: program).start(arguments, environment, ends)
        ends.closeTheirs()
        return (child, ends)
      } catch {
        ends.closeAll()
        throw error
      }
    }
  }

  /// The program's file, or nil.
  static func find(_ program: String, in searchPath: String?) -> String? {
    if program.utf8.contains(UInt8(ascii: "/")) { return program }
    let folders = (searchPath ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").filter { $0.hasPrefix("/") }
    return folders.map { "\($0)/\(program)" }.first { unsafe access($0, X_OK) == 0 }
  }

  private static func wait(for child: pid_t) -> Int32 {
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }
}
