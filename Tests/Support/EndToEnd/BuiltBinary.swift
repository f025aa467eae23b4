import Auditor
import Glibc

/// The `auditor` that was built together with these tests.
package enum BuiltBinary {
  /// It stands beside the test bundle.
  package static let path: String = {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let parts = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(separator: "/")
    return "/" + parts.dropLast().joined(separator: "/") + "/auditor"
  }()

  /// After so many a program counts as hanging.
  package static let usualSeconds = 120

  /// Runs it with exactly this environment, besides a search path.
  ///
  /// - Parameter wrapper: a program with arguments that runs another (`setpriv …`).
  package static func run(
    _ arguments: [String], in folder: String, environment: [String: String] = [:], through wrapper: [String] = [],
    seconds: Int = usualSeconds
  ) throws -> Outcome {
    try start(wrapper + [path] + arguments, in: folder, environment: environment, seconds: seconds)
  }

  /// Runs any program below a folder; a test that hangs is ended.
  package static func start(
    _ words: [String], in folder: String, environment: [String: String] = [:], seconds: Int = usualSeconds
  ) throws -> Outcome {
    var limits = ChildProcess.Limits()
    limits.seconds = seconds
    let variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"].merging(environment) { $1 }
    // A child of this process cannot be started in another folder without changing the folder of every test.
    let outcome = try ChildProcess.run("env", ["--chdir", folder] + words, environment: variables, limits: limits)
    return Outcome(
      status: outcome.status, standardOutput: outcome.output, standardError: outcome.errorOutput)
  }
}

extension Workspace {
  /// Runs the binary in the tree. Git keeps to the tree; time is the clock's unless the environment says otherwise.
  package func run(
    _ arguments: [String], environment: [String: String] = [:], through wrapper: [String] = [],
    seconds: Int = BuiltBinary.usualSeconds
  ) throws -> Outcome {
    try BuiltBinary.run(
      arguments, in: root, environment: gitSettings.merging(environment) { $1 }, through: wrapper, seconds: seconds)
  }

  /// The same, with the arguments as they come.
  package func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

  /// Runs another program in the tree.
  package func start(_ words: [String], environment: [String: String] = [:]) throws -> Outcome {
    try BuiltBinary.start(words, in: root, environment: gitSettings.merging(environment) { $1 })
  }

  private var gitSettings: [String: String] {
    [
      "HOME": enclosure, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
      "GIT_CEILING_DIRECTORIES": enclosure,
    ]
  }
}
