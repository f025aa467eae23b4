import Rules

/// Fetches a repository for looking at it: its history without old contents, its newest files, nothing of it executed.
struct GitClone: Sendable {
  /// Commits of history; everything when nil, which phases need whose documents name commits.
  var depth: Int?
  /// How long one repository may take.
  var seconds = 1_800
  /// The environment of this process, for credentials and proxies.
  let environment: [String: String]

  /// Clones into a folder that does not exist yet.
  ///
  /// - Throws: `GitError` with what git said, without the folder's name.
  func make(_ remote: String, revision: String?, into folder: String) throws(GitError) {
    // What a repository brings is data: no hook, no monitor, no template, no helper that a remote's name would start.
    let settings = [
      "core.hooksPath=/dev/null", "core.fsmonitor=false", "init.templateDir=", "protocol.ext.allow=never",
      "submodule.recurse=false", "advice.detachedHead=false",
    ]
    var arguments = settings.flatMap { ["-c", $0] }
    arguments += ["clone", "--quiet", "--no-local", "--filter=blob:none", "--no-tags", "--single-branch"]
    arguments += ["--no-recurse-submodules"]
    if let depth { arguments += ["--depth=\(depth)"] }
    if let revision { arguments += ["--branch=\(revision)"] }
    arguments += ["--", remote, folder]
    var limits = ChildProcess.Limits()
    limits.seconds = seconds
    let outcome: ChildProcess.Outcome
    do throws(ProcessError) {
      outcome = try ChildProcess.run("git", arguments, environment: cleaned, limits: limits)
    } catch {
      throw .process(error)
    }
    if outcome.status == 0 { return }
    let message = String(decoding: outcome.errorOutput, as: UTF8.self).replacing(folder, with: "the clone")
    throw .failed(command: "clone", message: Self.telling(message))
  }

  /// Git warns first and says what went wrong last; a line that begins with `fatal` is the reason.
  private static func telling(_ message: String) -> String {
    let lines = message.split(separator: "\n").map(String.init)
    return lines.first { $0.hasPrefix("fatal:") } ?? lines.last ?? "no message"
  }

  private var cleaned: [String: String] {
    let ours = [
      "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE",
    ]
    var clean = environment.filter { name, _ in
      !ours.contains(name) && name != "GIT_TEMPLATE_DIR" && name != "GIT_ALTERNATE_OBJECT_DIRECTORIES"
    }
    clean["LC_ALL"] = "C"
    clean["GIT_TERMINAL_PROMPT"] = "0"
    clean["GIT_LFS_SKIP_SMUDGE"] = "1"
    if clean["GIT_ALLOW_PROTOCOL"] == nil { clean["GIT_ALLOW_PROTOCOL"] = "file:git:http:https:ssh" }
    return clean
  }
}
