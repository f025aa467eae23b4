import Auditor

/// A git repository of one test's own.
final class TemporaryRepository {
  let path: String
  let environment = [
    "PATH": "/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
    "HOME": "/nonexistent",
  ]
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path + "/work"
    try AtomicFile.makeFolder(path)
    try git("init", "-q")
    try git("symbolic-ref", "HEAD", "refs/heads/main")
  }

  /// Makes a commit of all files and returns its name.
  func commit(_ message: String) throws -> String {
    try git("add", "-A")
    try git("commit", "-q", "--allow-empty", "-m", message)
    return try git("rev-parse", "HEAD")
  }

  @discardableResult
  func git(_ arguments: String...) throws -> String {
    let identity = ["user.name=t", "user.email=t@example.org", "commit.gpgSign=false"].flatMap { ["-c", $0] }
    let outcome = try ChildProcess.run("git", identity + ["-C", path] + arguments, environment: environment)
    guard outcome.status == 0 else { throw Failure(message: String(decoding: outcome.errorOutput, as: UTF8.self)) }
    return String(decoding: outcome.output.filter { $0 != 0x0A }, as: UTF8.self)
  }

  func write(_ text: String, to name: String) throws {
    try AtomicFile.write(Array(text.utf8), to: "\(path)/\(name)")
  }

  struct Failure: Error {
    let message: String
  }
}
