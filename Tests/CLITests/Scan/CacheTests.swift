import Formats
import Glibc
import Testing

/// A scan that goes by an earlier one says what a clean one says, byte for byte.
@Suite struct CacheTests {
  private static let bad = "ROOT = \"/Users/alice/work\"\n"

  private func project() throws -> Workspace {
    var entries: [String: Entry] = [
      "auditor.yaml": "scan: {exclude: [\"gen/**\"]}\n", "gen/x.py": .file(Self.bad), "bin.dat": .bytes([1, 0, 2]),
      "notes.txt": "nothing\n", "deep/er/still.sh": "cd /home/alice/project\n",
      "key.py": "DSN = \"postgres://u:hunter2secret@db/x\"\n",
      "waived.py": "ROOT = \"/Users/alice/w\"  # auditor:ignore hard-path -- the demo machine (until 2999-01-01)\n",
    ]
    for number in 0..<20 { entries["src/f\(number).py"] = .file("x = \(number)\n" + Self.bad) }
    return try Workspace(entries)
  }

  /// Files that were written long enough ago for their stamps to tell.
  private func settle(_ workspace: Workspace) throws { _ = try workspace.start(["sleep", "0.2"]) }

  /// A scan with the cache and one without it have to print the same.
  private func agree(_ workspace: Workspace, _ arguments: [String] = []) throws -> Outcome {
    let cached = try workspace.run(["scan", "--json"] + arguments)
    let clean = try workspace.run(["scan", "--json", "--no-cache"] + arguments)
    #expect(cached.standardOutput == clean.standardOutput, "\(cached)\n\(clean)")
    #expect(cached.status == clean.status)
    return cached
  }

  private func databases(_ workspace: Workspace) -> [String] {
    workspace.names(in: "../.cache/auditor").filter { $0.hasSuffix(".sqlite") }
  }

  @Test func `says the same again, and after every sort of change`() throws {
    let workspace = try project()
    try settle(workspace)
    let first = try agree(workspace)
    #expect(databases(workspace).count == 1)
    #expect(try agree(workspace).standardOutput == first.standardOutput)
    // Another content of the same size, its old time put back.
    _ = try workspace.start([
      "sh", "-c", "touch -r src/f1.py ../time && sed -i s/alice/bobby/ src/f1.py && touch -r ../time src/f1.py",
    ])
    #expect(try agree(workspace).output.contains("/Users/bobby/work"))
    // Gone, new, renamed, swapped, made binary, made text.
    _ = try workspace.start([
      "sh", "-c", "rm src/f2.py; mv src/f3.py src/g3.py; mv src/f4.py t; mv src/f5.py src/f4.py; mv t src/f5.py",
    ])
    try workspace.put(.file(Self.bad), at: "src/new.py")
    try workspace.put(.bytes([0x78, 0]), at: "src/f6.py")
    try workspace.put(.file(Self.bad), at: "bin.dat")
    _ = try agree(workspace)
    try settle(workspace)
    _ = try agree(workspace)
    _ = try agree(workspace, ["src/f7.py", "deep"])
    _ = try agree(workspace, ["--disable", "secret"])
    _ = try agree(workspace, ["--no-ignore"])
    _ = try agree(workspace)
    let verified = try workspace.run("scan", "--verify-cache")
    #expect(verified.status == 1, "\(verified)")
    #expect(verified.complaints.contains("the cache agrees"), "\(verified)")
  }

  @Test func `an audit writes the same reports`() throws {
    let workspace = try project()
    try settle(workspace)
    let fixed = ["SOURCE_DATE_EPOCH": "1781524800"]
    _ = try workspace.run(["audit"], environment: fixed)
    _ = try workspace.run(["audit"], environment: fixed)
    let cached = try workspace.bytes(of: "reports/dod_report.latest.json")
    _ = try workspace.run(["audit", "--no-cache"], environment: fixed)
    #expect(try workspace.bytes(of: "reports/dod_report.latest.json") == cached)
  }

  @Test func `known files are not read again`() throws {
    guard Unprivileged.isPossible else { return }
    let workspace = try project()
    try workspace.giveAway()
    try settle(workspace)
    let first = try workspace.run(["scan", "--json"], through: Unprivileged.wrapper)
    _ = first
    try settle(workspace)
    let trace = try workspace.start(["sh", "-c", "command -v strace"])
    guard trace.status == 0 else { return }
    _ = try workspace.run(["scan"], through: ["strace", "-f", "-o", "../trace", "-e", "openat"])
    let log = String(decoding: try workspace.bytes(of: "../trace"), as: UTF8.self)
    #expect(!log.contains("f7.py"), "\(log)")
  }

  @Test func `rules, days and baselines of another sort begin anew`() throws {
    let workspace = try project()
    try settle(workspace)
    _ = try agree(workspace)
    let pack = """
      rules:
        - id: word
          message: "found"
          severity: error
          pattern-regex: 'nothing'
          metadata: {remediation: "leave it out"}
          examples: {match: ["nothing"], ok: ["a dog"]}
      """
    try workspace.put(.file(pack), at: "../pack.yaml")
    #expect(try agree(workspace, ["--rules", "../pack.yaml"]).output.contains("notes.txt"))
    _ = try agree(workspace)
    let later = ["SOURCE_DATE_EPOCH": "32503680000"]
    let outcome = try workspace.run(["scan", "--json"], environment: later)
    #expect(outcome.output.contains("suppression.expired"), "\(outcome)")
    _ = try workspace.run("baseline", "write")
    _ = try agree(workspace, ["--baseline", "auditor.baseline.jsonl"])
    #expect(try agree(workspace, ["--baseline", "auditor.baseline.jsonl"]).status == 0)
  }

  @Test func `holds no secret, and is for its owner alone`() throws {
    let workspace = try project()
    try settle(workspace)
    _ = try workspace.run("scan")
    let name = try #require(databases(workspace).first)
    let bytes = try workspace.bytes(of: "../.cache/auditor/\(name)")
    #expect(!String(decoding: bytes, as: UTF8.self).contains("hunter2"))
    var status = stat()
    #expect(lstat("\(workspace.enclosure)/.cache/auditor/\(name)", &status) == 0 && status.st_mode & 0o077 == 0)
  }

  @Test(arguments: ["garbage", "cut", "bent", "empty"]) func `a damaged one is made anew, and that is said`(
    how: String
  ) throws {
    let workspace = try project()
    try settle(workspace)
    let clean = try agree(workspace)
    let path = "../.cache/auditor/\(try #require(databases(workspace).first))"
    let bytes = try workspace.bytes(of: path)
    switch how {
    case "garbage": try workspace.put("this is no database, however long it may be\n", at: path)
    case "cut": try workspace.put(.bytes(Array(bytes.prefix(bytes.count / 2))), at: path)
    case "bent":
      // Every row, without the database itself noticing.
      let script = """
        import sqlite3,sys
        c=sqlite3.connect(sys.argv[1])
        c.execute('update folder set entries = zeroblob(99)')
        c.commit()
        """
      guard try workspace.start(["python3", "-c", script, path]).status == 0 else { return }
    default: try workspace.put("", at: path)
    }
    let outcome = try workspace.run("scan", "--json")
    #expect(outcome.standardOutput == clean.standardOutput, "\(outcome)")
    if how != "empty" { #expect(outcome.complaints.contains("damaged and is made anew"), "\(outcome)") }
    let again = try workspace.run("scan", "--json")
    #expect(again.standardOutput == clean.standardOutput && again.complaints.isEmpty, "\(again)")
  }

  @Test func `a cache that lies is found out`() throws {
    let workspace = try project()
    try settle(workspace)
    _ = try workspace.run("scan")
    // Another root's rows under this root's name: the names and stamps are the same, what was found is not.
    let path = "../.cache/auditor/\(try #require(databases(workspace).first))"
    let script = """
      import sqlite3,sys,hashlib
      c=sqlite3.connect(sys.argv[1])
      for p,e in c.execute('select path, entries from folder').fetchall():
          body=e[8:].replace(b'/Users/alice/work', b'/Users/nobod/work')
          c.execute('update folder set entries=? where path=?', (hashlib.sha256(body).digest()[:8]+body, p))
      c.commit()
      """
    guard try workspace.start(["python3", "-c", script, path]).status == 0 else { return }
    #expect(try workspace.run("scan").output.contains("/Users/nobod/work"))
    let outcome = try workspace.run("scan", "--verify-cache")
    #expect(outcome.status == 4, "\(outcome)")
    #expect(outcome.complaints.contains("the cache says otherwise than the files"))
    #expect(!outcome.output.contains("nobod"))
    #expect(try workspace.run("scan", "--verify-cache").status == 1)
  }

  @Test func `without a place for it everything is read, and that is said`() throws {
    let workspace = try project()
    let clean = try workspace.run("scan", "--json", "--no-cache")
    let places: [([String: String], String)] = [
      (["HOME": ""], "neither XDG_CACHE_HOME nor HOME"), (["HOME": "/proc/nowhere"], "no cache: "),
      (["XDG_CACHE_HOME": workspace.root], "lies in the scanned tree"), (["XDG_CACHE_HOME": "/dev/null"], "no cache: "),
    ]
    for (environment, words) in places {
      let outcome = try workspace.run(["scan", "--json"], environment: environment)
      #expect(outcome.standardOutput == clean.standardOutput)
      #expect(outcome.complaints.contains(words), "\(outcome)")
      #expect(try workspace.run(["scan", "--quiet"], environment: environment).complaints.isEmpty)
    }
    #expect(workspace.names(in: ".") == workspace.names(in: ".").filter { $0 != "auditor" })
  }

  @Test func `two runs at once are both right`() throws {
    let workspace = try project()
    try settle(workspace)
    let script = "for i in 1 2 3 4; do \"$0\" scan --json > ../out$i & done; wait"
    _ = try workspace.start(["sh", "-c", script, BuiltBinary.path])
    let clean = try workspace.run("scan", "--json", "--no-cache").standardOutput
    for number in 1...4 { #expect(try workspace.bytes(of: "../out\(number)") == clean) }
    #expect(try workspace.run("scan", "--verify-cache").status == 1)
  }
}
