import Formats
import Glibc
import Testing

/// Gates over many files: each file is read once, and with a cache only the gates of which one has changed.
@Suite struct BigGateTests {
  private static let canTrace = access("/usr/bin/strace", X_OK) == 0
  private static let verify = ["gates", "verify", "--root", "run", "--gate-map", "map.yaml", "--json"]

  private static func gate(_ id: String, _ folder: String, law: String = "sha256_bundle_digest") -> String {
    """
      - gate_id: \(id)
        passed_flag_path_template: flags/\(id)
        bundle_root_template: \(folder)
        index_path_template: indexes/\(id).json
        verification_method: {kind: \(law), digest_field: sha}

    """
  }

  private static func seal(_ text: String) -> Entry {
    .file("sha = \(SHA256.digest(Array(text.utf8)).hex)\n")
  }

  /// A bundle, a bundle in it, and an index over files of both.
  private static let nested: [String: Entry] = [
    "map.yaml": .file(
      "gates:\n" + gate("whole", "data") + gate("part", "data/inner")
        + gate("listed", "data", law: "sha256_index_json_ascii_lex_raw_bytes") + gate("other", "more")),
    "run/data/a": "aaa", "run/data/inner/b": "bb", "run/data/inner/c": "c", "run/more/d": "dddd",
    "run/indexes/listed.json": #"[{"path": "inner/c"}, {"path": "a"}]"#,
    "run/indexes/whole.json": "[]", "run/indexes/part.json": "[]", "run/indexes/other.json": "[]",
    "run/flags/whole": seal("aaabbc"), "run/flags/part": seal("bbc"), "run/flags/listed": seal("aaac"),
    "run/flags/other": seal("dddd"),
  ]

  /// How often each member was opened. A call of one thread may be traced in two parts; the second names the file.
  private func opened(_ workspace: Workspace) throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for line in try workspace.start(["cat", "trace"]).output.split(separator: "\n") {
      for name in ["a", "inner/b", "inner/c"] where line.hasSuffix("/run/data/\(name)>") {
        counts[name, default: 0] += 1
      }
      if line.hasSuffix("/run/more/d>") { counts["d", default: 0] += 1 }
    }
    return counts
  }

  private let tracing = ["strace", "-f", "-y", "-o", "trace", "-e", "trace=openat"]

  private func statuses(_ outcome: Outcome) throws -> [String] {
    try outcome.json()["gates"]?.texts(of: "status") ?? []
  }

  @Test(.enabled(if: canTrace, "strace is not installed"), arguments: ["1", "4"])
  func `a file that several gates hash is read once`(jobs: String) throws {
    let workspace = try Workspace(Self.nested)
    let outcome = try workspace.run(Self.verify + ["--jobs", jobs], through: tracing)
    #expect(try statuses(outcome) == ["PASS", "PASS", "PASS", "PASS"], "\(outcome)")
    #expect(try opened(workspace) == ["a": 1, "inner/b": 1, "inner/c": 1, "d": 1])
  }

  @Test func `gates that share files fail each for itself`() throws {
    let workspace = try Workspace(Self.nested)
    try workspace.put("b!", at: "run/data/inner/b")
    // In the order of ids: listed, other, part, whole.
    #expect(try statuses(workspace.run(Self.verify)) == ["PASS", "PASS", "FAIL", "FAIL"])
    _ = try workspace.start(["rm", "run/data/inner/c"])
    #expect(try statuses(workspace.run(Self.verify)) == ["MISSING", "PASS", "FAIL", "FAIL"])
    try workspace.put(.link(to: "../../../../outside"), at: "run/data/inner/c")
    #expect(try statuses(workspace.run(Self.verify)) == ["CONFLICT", "PASS", "CONFLICT", "CONFLICT"])
  }

  @Test func `orders that contradict each other cost a second look and no verdict`() throws {
    let files = Dictionary(uniqueKeysWithValues: (0..<40).map { ("run/data/\($0)", Entry.file("file \($0)")) })
    let forth = (0..<40).map { "{\"path\": \"\($0)\"}" }
    let text = { (numbers: [Int]) in numbers.map { "file \($0)" }.joined() }
    let unsorted = "sha256_index_json_ascii_lex_raw_bytes, ordering: listed"
    let workspace = try Workspace(
      files.merging([
        "map.yaml": .file(
          "gates:\n" + Self.gate("back", "data", law: unsorted) + Self.gate("forth", "data", law: unsorted)),
        "run/indexes/forth.json": .file("[\(forth.joined(separator: ","))]"),
        "run/indexes/back.json": .file("[\(forth.reversed().joined(separator: ","))]"),
        "run/flags/forth": Self.seal(text(Array(0..<40))), "run/flags/back": Self.seal(text((0..<40).reversed())),
      ]) { $1 })
    #expect(try statuses(workspace.run(Self.verify)) == ["PASS", "PASS"])
  }

  @Test(.enabled(if: canTrace, "strace is not installed"))
  func `a second run with the cache reads only what changed`() throws {
    let workspace = try Workspace(Self.nested)
    // What was written this very moment is not trusted.
    _ = try workspace.start(["sleep", "0.3"])
    #expect(try workspace.run(Self.verify + ["--cache"]).status == 0)
    let second = try workspace.run(Self.verify + ["--cache"], through: tracing)
    #expect(try statuses(second) == ["PASS", "PASS", "PASS", "PASS"], "\(second)")
    #expect(try opened(workspace) == [:])
    try workspace.put("dddd", at: "run/more/d")
    #expect(
      try statuses(workspace.run(Self.verify + ["--cache"], through: tracing)) == ["PASS", "PASS", "PASS", "PASS"])
    #expect(try opened(workspace) == ["d": 1])
    #expect(workspace.names(in: "run") == ["data", "flags", "indexes", "more"])
  }

  @Test func `the cache hides no change, and can be held to the files`() throws {
    let workspace = try Workspace(Self.nested)
    _ = try workspace.start(["sleep", "0.3"])
    #expect(try workspace.run(Self.verify + ["--cache"]).status == 0)
    // The same size and the same times: only the inode's own time tells.
    _ = try workspace.start([
      "sh", "-c", "touch -r run/more/d stamp && printf 'DDDD' > run/more/d && touch -r stamp run/more/d",
    ])
    #expect(try statuses(workspace.run(Self.verify + ["--cache"])) == ["PASS", "FAIL", "PASS", "PASS"])
    try workspace.put("new", at: "run/data/new")
    #expect(try statuses(workspace.run(Self.verify + ["--cache"])) == ["PASS", "FAIL", "PASS", "FAIL"])
    let held = try workspace.run(Self.verify + ["--verify-cache"])
    #expect(try held.status == 1 && statuses(held) == ["PASS", "FAIL", "PASS", "FAIL"], "\(held)")
  }

  @Test func `a damaged cache is made anew, and a lying one is found`() throws {
    let workspace = try Workspace(Self.nested)
    _ = try workspace.start(["sleep", "0.3"])
    #expect(try workspace.run(Self.verify + ["--cache"]).status == 0)
    let folder = "../.cache/auditor"
    let name = try #require(workspace.names(in: folder).first { $0.contains("-gates-") })
    let path = "\(workspace.root)/\(folder)/\(name)"
    do {
      let database = try SQLiteDatabase.open(path, .readWriteCreate)
      try database.execute("UPDATE gate SET digest = '\(String(repeating: "0", count: 64))'")
    }
    let held = try workspace.run(Self.verify + ["--verify-cache"])
    #expect(held.status == 4 && held.complaints.contains("the cache says otherwise of other"), "\(held)")
    #expect(try workspace.run(Self.verify + ["--cache"]).status == 0)
    try workspace.put("no database at all", at: "\(folder)/\(name)")
    #expect(try workspace.run(Self.verify + ["--cache"]).status == 0)
  }

  @Test(.enabled(if: TerminalTests.hasTerminal, "needs script (util-linux)"))
  func `progress is shown to whoever watches, and to nobody else`() throws {
    let workspace = try Workspace(Self.nested)
    #expect(try workspace.run(Self.verify).complaints.isEmpty)
    let line = "'\(BuiltBinary.path)' \(Self.verify.joined(separator: " "))"
    let shown = try workspace.start(
      ["script", "--quiet", "--return", "--command", line, "/dev/null"],
      environment: ["TERM": "xterm-256color", "SHELL": "/bin/sh"])
    #expect(shown.output.contains("hashing "), "\(shown)")
  }
}
