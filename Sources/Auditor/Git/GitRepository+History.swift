import Rules

extension GitRepository {
  /// Commit objects as they are stored, by full name, from one process. What is absent is absent from the answer.
  func commitRecords(named names: [String]) throws(GitError) -> [String: CommitRecord] {
    guard !names.isEmpty else { return [:] }
    let input = names.map { $0 + "\n" }.joined()
    let output = try answer("cat-file", ["--batch"], input: Array(input.utf8))
    var records: [String: CommitRecord] = [:]
    var rest = output[...]
    while let end = rest.firstIndex(of: 0x0A) {
      let words = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ").map(String.init)
      rest = rest[(end + 1)...]
      // `NAME missing` has no content behind it.
      guard words.count == 3, let size = Int(words[2]), size >= 0, size <= rest.count else { continue }
      let object = Array(rest.prefix(size))
      rest = rest.dropFirst(size + 1)
      if words[1] == "commit", let record = CommitRecord(name: words[0], object: object) { records[words[0]] = record }
    }
    return records
  }

  /// The absolute paths that a commit changed against its parent; nil when the parent is not here, as at the end of a
  /// shallow history, or there is no work tree that the paths could lie in.
  func changes(of commit: CommitRecord) throws(GitError) -> [String]? {
    guard let topLevel else { return nil }
    // A shallow history names no parents; the object does.
    let parent = commit.parentCount == 0 ? ["--root", commit.name] : ["\(commit.name)^1", commit.name]
    if commit.parentCount > 0, try !hasParent(commit.name) { return nil }
    let output = try answer("diff-tree", ["-r", "-z", "--no-commit-id", "--name-only", "--no-renames"] + parent)
    return output.split(separator: 0).map { topLevel + "/" + String(decoding: $0, as: UTF8.self) }
  }

  /// Which of some paths git tracks; all are relative to the folder by which the repository was found.
  func tracked(_ paths: [String]) throws(GitError) -> Set<String> {
    var tracked: Set<String> = []
    var start = 0
    while start < paths.count {
      let part = paths[start..<min(start + Self.mostPathspecs, paths.count)]
      let output = try answer("ls-files", ["-z", "--"] + part.map { ":(literal)\($0)" })
      for path in output.split(separator: 0) { tracked.insert(String(decoding: path, as: UTF8.self)) }
      start += Self.mostPathspecs
    }
    return tracked
  }

  /// Few enough for the arguments of one process.
  private static let mostPathspecs = 400

  private func hasParent(_ name: String) throws(GitError) -> Bool {
    try outcome("rev-parse", ["--verify", "--quiet", "\(name)^1^{commit}"]).status == 0
  }
}

extension GitRepository {
  /// Where the repository keeps its objects: the absolute path that a `.git` file may name.
  func directory() throws(GitError) -> String {
    let outcome = try Self.git(["rev-parse", "--absolute-git-dir"], in: folder, environment)
    let path = Self.firstLine(String(decoding: outcome.output, as: UTF8.self))
    guard outcome.status == 0, path.hasPrefix("/") else {
      throw .failed(
        command: "rev-parse", message: Self.firstLine(String(decoding: outcome.errorOutput, as: UTF8.self)))
    }
    return path
  }
}
