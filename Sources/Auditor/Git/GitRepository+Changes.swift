import Rules

extension GitRepository {
  /// What changed, and against what.
  package struct Changes: Sendable {
    /// The commit that was compared with; nil before the first commit.
    package let base: String?
    /// Paths relative to the top of the work tree, each once.
    package let changes: [GitChange]
    /// The paths of the index, where they were asked for.
    package var tracked: [[UInt8]] = []
  }

  /// What the work tree has and the merge base of `HEAD` and a revision has not: commits, what is staged, what is not,
  /// and files that git neither tracks nor ignores (`REV...HEAD` and the working tree).
  ///
  /// - Parameter honoursIgnoreFiles: whether untracked files that git ignores are left out.
  package func changes(since revision: String, honoursIgnoreFiles: Bool = true) throws -> Changes {
    let (compared, files) = try Together.run {
      let base = try self.mergeBase(of: revision, and: "HEAD")
      return (base: base, tracked: try diff([base]))
    } _: {
      try self.files(honoursIgnoreFiles: honoursIgnoreFiles)
    }
    let untracked = files.untracked.map { GitChange(path: $0, kind: .file, lines: .all, blob: nil) }
    return Changes(base: compared.base, changes: compared.tracked + untracked, tracked: files.tracked)
  }

  /// What the end of a range has and its beginning has not, with the names of the contents at its end.
  package func changes(in range: GitRange) throws -> Changes {
    guard range.isFromMergeBase else {
      let (base, end) = (try commit(range.start), try commit(range.end))
      return Changes(base: base, changes: try diff([base, end], readsWorkTree: false))
    }
    try check(range.start)
    try check(range.end)
    // Git finds the merge base of `A...B` itself; the name of it is for the report, and an error about it goes before.
    let (base, changes) = try Together.run {
      try mergeBase(of: range.start, and: range.end)
    } _: {
      try diff(["\(range.start)...\(range.end)"], readsWorkTree: false)
    }
    return Changes(base: base, changes: changes)
  }

  /// What the index has and `HEAD` has not; everything in it before the first commit.
  package func stagedChanges() throws(GitError) -> Changes {
    let head = try commits(named: []).head
    return Changes(base: head, changes: try diff(["--cached"] + [head].compactMap { $0 }, readsWorkTree: false))
  }

  /// The regular files that the index has at some paths, or below them; paths are relative to the folder by which the
  /// repository was found.
  ///
  /// - Throws: `GitError` where a path is in conflict: nobody can say which side counts.
  func staged(_ paths: [String]) throws(GitError) -> [(path: String, blob: String)] {
    if paths.isEmpty { return [] }
    let output = try answer("ls-files", ["-s", "-z", "--"] + paths.map { ":(literal)\($0)" })
    var files: [(path: String, blob: String)] = []
    for entry in output.split(separator: 0) {
      // `100644 OBJECT STAGE<tab>PATH`
      guard let tab = entry.firstIndex(of: 0x09) else { continue }
      let words = String(decoding: entry[..<tab], as: UTF8.self).split(separator: " ")
      let path = String(decoding: entry[(tab + 1)...], as: UTF8.self)
      guard words.count == 3, words[0].hasPrefix("100") else { continue }
      guard words[2] == "0" else {
        throw .failed(command: "ls-files", message: "\(path) is in conflict; resolve it and stage it")
      }
      files.append((path, String(words[1])))
    }
    return files
  }

  /// The contents of blobs, in their order; nil for one above the limit.
  package func contents(of blobs: [String], limit: Int) throws(GitError) -> [[UInt8]?] {
    if let contents = try contentsAtOnce(of: blobs, limit: limit) { return contents }
    let sizes = try batch("--batch-check=%(objectsize)", blobs).split(separator: 0x0A).map {
      Int(String(decoding: $0, as: UTF8.self))
    }
    guard sizes.count == blobs.count, !sizes.contains(nil) else {
      throw .failed(command: "cat-file", message: "a staged file is not in the repository; git fsck tells more")
    }
    var contents: [[UInt8]?] = []
    var next = 0
    while next < blobs.count {
      // As many as fit into one answer; at least one.
      var end = next
      var byteCount = 0
      while end < blobs.count, end == next || byteCount + (sizes[end] ?? 0) <= limit {
        if let size = sizes[end], size <= limit { byteCount += size }
        end += 1
      }
      contents += try batch(blobs[next..<end], sizes: sizes[next..<end], limit: limit)
      next = end
    }
    return contents
  }

  /// The contents of all blobs from one process that is not asked for their sizes first: a change is small, most often.
  /// Nil where they are more than the limit together, or one cannot be had.
  private func contentsAtOnce(of blobs: [String], limit: Int) throws(GitError) -> [[UInt8]]? {
    if blobs.isEmpty { return [] }
    let output: [UInt8]
    do throws(GitError) {
      output = try batch("--batch", blobs, outputBytes: limit)
    } catch {
      guard case .process(let error) = error, case .tooMuchOutput = error.reason else { throw error }
      return nil
    }
    var contents: [[UInt8]] = []
    var offset = 0
    while contents.count < blobs.count {
      // `OBJECT blob SIZE`, the content, a line feed.
      guard let start = output[min(offset, output.count)...].firstIndex(of: 0x0A) else { return nil }
      let words = output[offset..<start].split(separator: 0x20)
      guard words.count == 3, let size = Int(String(decoding: words[2], as: UTF8.self)), size >= 0,
        start + 1 + size <= output.count
      else { return nil }
      contents.append(Array(output[(start + 1)..<(start + 1 + size)]))
      offset = start + 1 + size + 1
    }
    return contents
  }

  private func batch(
    _ blobs: ArraySlice<String>, sizes: ArraySlice<Int?>, limit: Int
  ) throws(GitError) -> [[UInt8]?] {
    let wanted = zip(blobs, sizes).filter { ($1 ?? 0) <= limit }.map(\.0)
    let output = wanted.isEmpty ? [] : try batch("--batch", wanted)
    var contents: [[UInt8]?] = []
    var offset = 0
    for size in sizes {
      guard let size, size <= limit else {
        contents.append(nil)
        continue
      }
      guard let start = output[min(offset, output.count)...].firstIndex(of: 0x0A), start + 1 + size <= output.count
      else { throw .failed(command: "cat-file", message: "it answered less than it announced") }
      contents.append(Array(output[(start + 1)..<(start + 1 + size)]))
      offset = start + 1 + size + 1
    }
    return contents
  }

  private func batch(_ option: String, _ blobs: [String], outputBytes: Int? = nil) throws(GitError) -> [UInt8] {
    let input = Array(blobs.map { "\($0)\n" }.joined().utf8)
    let outcome = try run(["cat-file", option], input: input, outputBytes: outputBytes)
    return try checked(outcome, "cat-file").output
  }

  private func mergeBase(of revision: String, and other: String) throws(GitError) -> String {
    try check(revision)
    try check(other)
    let outcome = try run(["merge-base", revision, other])
    if outcome.status == 0 { return Self.word(outcome.output) }
    if other == "HEAD", try commits(named: []).head == nil { throw .noCommit }
    if outcome.status == 1 { throw .noMergeBase(revision, and: other, isShallow: isShallow) }
    _ = try commit(other)
    throw .unknownRevision(revision, isShallow: isShallow)
  }

  /// The full name of the commit that a revision stands for.
  private func commit(_ revision: String) throws(GitError) -> String {
    try check(revision)
    let outcome = try run(["rev-parse", "--verify", "--quiet", "\(revision)^{commit}"])
    guard outcome.status == 0 else { throw .unknownRevision(revision, isShallow: isShallow) }
    return Self.word(outcome.output)
  }

  /// What begins with a dash would be an option; no revision does.
  private func check(_ revision: String) throws(GitError) {
    guard !revision.isEmpty, !revision.hasPrefix("-"), !revision.utf8.contains(0) else {
      throw .unknownRevision(revision, isShallow: isShallow)
    }
  }

  private static func word(_ output: [UInt8]) -> String {
    String(decoding: output.prefix { $0 != 0x0A }, as: UTF8.self)
  }

  /// One `git diff`, in a form that no configuration of the user or the repository alters, and with no program of theirs.
  private func diff(_ what: [String], readsWorkTree: Bool = true) throws(GitError) -> [GitChange] {
    let form = [
      "--raw", "--numstat", "--patch", "-z", "--unified=0", "--inter-hunk-context=0", "--no-abbrev", "--no-color",
      "--find-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--no-relative",
      "--src-prefix=a/", "--dst-prefix=b/", "--no-function-context", "--diff-algorithm=myers",
    ]
    let outcome = try checked(try run(["diff"] + form + what + ["--"], withoutFilters: readsWorkTree), "diff")
    guard let changes = GitDiffReader.read(outcome.output) else {
      throw .failed(command: "diff", message: "it printed what is no diff")
    }
    return changes
  }

  /// The paths that git tracks, and those that it does not, without folders that are repositories of their own.
  private func files(honoursIgnoreFiles: Bool) throws(GitError) -> (tracked: [[UInt8]], untracked: [[UInt8]]) {
    let ignoring = honoursIgnoreFiles ? ["--exclude-standard"] : []
    let command = ["ls-files", "-t", "-z", "--full-name", "--cached", "--others"] + ignoring
    let outcome = try checked(try run(command), "ls-files")
    var tracked: [[UInt8]] = []
    var untracked: [[UInt8]] = []
    // Each path behind a letter and a blank.
    for line in outcome.output.split(separator: 0) where line.count > 2 {
      let path = Array(line.dropFirst(2))
      if line.first != UInt8(ascii: "?") {
        // A path in conflict stands there once a side.
        if tracked.last != path { tracked.append(path) }
      } else if path.last != UInt8(ascii: "/") {
        untracked.append(path)
      }
    }
    return (tracked, untracked)
  }

  private func checked(_ outcome: ChildProcess.Outcome, _ command: String) throws(GitError) -> ChildProcess.Outcome {
    guard outcome.status == 0 else {
      throw .failed(
        command: command, message: Self.firstLine(String(decoding: outcome.errorOutput, as: UTF8.self)))
    }
    return outcome
  }

  /// Runs git at the top of the work tree.
  ///
  /// - Parameter withoutFilters: clean filters that a configuration names are programs; comparing files would run them.
  private func run(
    _ arguments: [String], input: [UInt8] = [], withoutFilters: Bool = false, outputBytes: Int? = nil
  ) throws(GitError) -> ChildProcess.Outcome {
    var environment = self.environment
    if withoutFilters {
      let found = try Self.git(
        ["config", "--name-only", "-z", "--get-regexp", #"^filter\..*\.(clean|smudge|process|required)$"#],
        in: folder, environment)
      var count = environment["GIT_CONFIG_COUNT"].flatMap { Int($0) } ?? 0
      for name in Set(found.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }).sorted() {
        environment["GIT_CONFIG_KEY_\(count)"] = name
        environment["GIT_CONFIG_VALUE_\(count)"] = name.hasSuffix(".required") ? "false" : ""
        count += 1
      }
      environment["GIT_CONFIG_COUNT"] = "\(count)"
    }
    var limits = ChildProcess.Limits()
    if let outputBytes { limits.outputBytes = outputBytes }
    return try Self.git(arguments, in: topLevel ?? folder, environment, input: input, limits: limits)
  }
}
