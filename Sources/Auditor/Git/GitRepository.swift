/// A git repository, asked through the `git` program. Nothing that its own configuration names is executed, and nothing
/// is fetched.
package struct GitRepository: Sendable, Equatable {
  /// The top of the work tree; nil in a bare repository.
  package let topLevel: String?
  /// The history is cut off: commits that exist elsewhere may be absent here.
  package let isShallow: Bool
  let folder: String
  let environment: [String: String]

  /// The repository that holds a folder; nil when there is none.
  package static func containing(
    _ folder: String, environment: [String: String]
  ) throws(GitError) -> GitRepository? {
    let clean = cleaned(environment)
    let place = GitPlace(containing: folder)
    if let file = place?.irregularFile { throw .irregularFile(file) }
    // Each answer is printed before the next question can fail: a bare repository has no top level.
    let outcome = try git(
      ["rev-parse", "--is-shallow-repository", "--is-inside-work-tree", "--show-toplevel"], in: folder, clean)
    let lines = Self.lines(outcome.output)
    if lines.count >= 2 {
      let topLevel = lines.count > 2 && outcome.status == 0 ? lines[2] : nil
      // The configuration is the tree's, which could have another folder read, and written to, in its place.
      if let topLevel, let place, ResolvedPath.real(topLevel) != place.top {
        throw .workTreeElsewhere(folder: place.top)
      }
      return GitRepository(
        topLevel: topLevel, isShallow: lines[0] == "true",
        folder: folder, environment: clean)
    }
    let message = String(decoding: outcome.errorOutput, as: UTF8.self)
    if message.contains("dubious ownership") { throw .dubiousOwnership(folder: folder) }
    if message.contains("not a git repository") || message.contains("cannot change to") { return nil }
    throw .failed(command: "rev-parse", message: Self.firstLine(message))
  }

  /// The full names of the commits that hexadecimal names stand for, and of `HEAD`, from one process.
  ///
  /// - Returns: `head` is nil before the first commit; `commits` lacks what is no commit, ambiguous, or not hexadecimal:
  ///   a branch or tag of that name is no answer.
  package func commits(
    named names: [String]
  ) throws(GitError) -> (head: String?, commits: [String: String]) {
    let asked = names.filter(Self.isHexadecimalName)
    let input = (["HEAD"] + asked).map { "\($0)^{commit}\n" }.joined()
    let outcome = try Self.git(["cat-file", "--batch-check"], in: folder, environment, input: Array(input.utf8))
    let lines = Self.lines(outcome.output)
    guard outcome.status == 0, lines.count == asked.count + 1 else {
      throw .failed(
        command: "cat-file", message: Self.firstLine(String(decoding: outcome.errorOutput, as: UTF8.self)))
    }
    let found = lines.map(Self.commitName)
    var commits: [String: String] = [:]
    for (name, commit) in zip(asked, found.dropFirst()) {
      // A tag's object stands for its commit; a branch that looks like a name does not.
      guard let commit else { continue }
      let isItself = commit.hasPrefix(name.lowercased())
      if isItself { commits[name] = commit } else if try isTagObject(name) { commits[name] = commit }
    }
    return (found[0], commits)
  }

  /// Those of some commits, by full name, from which another does not descend. One process, whatever their number.
  package func commits(_ names: [String], outsideHistoryOf head: String) throws(GitError) -> Set<String> {
    if names.isEmpty { return [] }
    let outcome = try Self.git(
      ["rev-list", "--stdin"], in: folder, environment,
      input: Array((names + ["^\(head)", ""]).joined(separator: "\n").utf8))
    guard outcome.status == 0 else {
      throw .failed(
        command: "rev-list", message: Self.firstLine(String(decoding: outcome.errorOutput, as: UTF8.self)))
    }
    return Set(Self.lines(outcome.output)).intersection(names)
  }

  /// Four (the least that git takes) to 64 hexadecimal digits.
  package static func isHexadecimalName(_ name: String) -> Bool {
    (4...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }
  }

  /// A full object name is never taken for a branch, so only its type has to be asked.
  private func isTagObject(_ name: String) throws(GitError) -> Bool {
    guard name.utf8.count == 40 || name.utf8.count == 64 else { return false }
    let outcome = try Self.git(["cat-file", "-t", name], in: folder, environment)
    return Self.lines(outcome.output) == ["tag"]
  }

  /// The first word of `NAME commit SIZE`; nil for `missing` and `ambiguous`.
  private static func commitName(_ line: String) -> String? {
    let words = line.split(separator: " ")
    return words.count == 3 && words[1] == "commit" ? String(words[0]) : nil
  }
}

extension GitRepository {
  /// What a git command ended with, asked in the repository's folder.
  func outcome(
    _ command: String, _ arguments: [String], input: [UInt8] = []
  ) throws(GitError) -> ChildProcess.Outcome {
    try Self.git([command] + arguments, in: folder, environment, input: input)
  }

  /// What a git command printed; one that fails is an error.
  func answer(_ command: String, _ arguments: [String], input: [UInt8] = []) throws(GitError) -> [UInt8] {
    let outcome = try outcome(command, arguments, input: input)
    guard outcome.status == 0 else {
      throw .failed(command: command, message: Self.firstLine(String(decoding: outcome.errorOutput, as: UTF8.self)))
    }
    return outcome.output
  }

  static func git(
    _ arguments: [String], in folder: String, _ environment: [String: String], input: [UInt8] = [],
    limits: ChildProcess.Limits = ChildProcess.Limits()
  ) throws(GitError) -> ChildProcess.Outcome {
    let settings = ["core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "protocol.allow=never"]
    let options = ["--no-pager", "--no-optional-locks"] + settings.flatMap { ["-c", $0] } + ["-C", folder]
    do {
      return try ChildProcess.run("git", options + arguments, environment: environment, input: input, limits: limits)
    } catch {
      throw .process(error)
    }
  }

  /// The user's environment without what would point git at another repository, another program or another language.
  private static func cleaned(_ environment: [String: String]) -> [String: String] {
    let kept = ["GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM"]
    var clean = environment.filter { name, _ in
      !name.hasPrefix("GIT_") || name.hasPrefix("GIT_CONFIG") || kept.contains(name)
    }
    clean["LC_ALL"] = "C"
    clean["GIT_OPTIONAL_LOCKS"] = "0"
    clean["GIT_TERMINAL_PROMPT"] = "0"
    // A partial clone would otherwise fetch what it is asked about.
    clean["GIT_NO_LAZY_FETCH"] = "1"
    clean["GIT_ALLOW_PROTOCOL"] = "none"
    clean["GIT_NO_REPLACE_OBJECTS"] = "1"
    return clean
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
  }

  static func firstLine(_ text: String) -> String {
    text.split(separator: "\n").first.map(String.init) ?? "no message"
  }
}
