import Formats
import Glibc
import Testing

/// Sweeps over thirty repositories, in as many shards as one likes.
@Suite struct SweepTests {
  private static let fixed = ["SOURCE_DATE_EPOCH": "1767225600"]

  /// Thirty small repositories in two groups: clean ones, ones with findings, phases, gates, one whose configuration is
  /// broken, and one that is gone when it is looked at.
  private static func workspace() throws -> Workspace {
    let workspace = try Workspace()
    for index in 0..<30 {
      var entries: [String: Entry]
      switch index % 5 {
      case 0: entries = Sample.project(source: Sample.badSource)
      case 1: entries = Sample.project(.designed)
      case 2: entries = Sample.project(gate: .tampered)
      default: entries = Sample.project()
      }
      if index == 7 { entries["auditor.yaml"] = "scan: [" }
      for more in 0..<(index % 4) {
        entries["src/more\(more).py"] = .file("# \(String(repeating: "x", count: index))\n")
      }
      for (path, entry) in entries { try workspace.put(entry, at: "repositories/\(name(index))/\(path)") }
    }
    return workspace
  }

  private static func name(_ index: Int) -> String { "group\(index % 2)/repository\(index)" }

  private func plan(_ workspace: Workspace, shards: Int) throws -> String {
    let file = "plan\(shards).json"
    let outcome = try workspace.run(
      ["sweep", "plan", "--below", "repositories", "--shards", "\(shards)", "--out", file], environment: Self.fixed)
    try #require(outcome.status == 0, "\(outcome)")
    return file
  }

  private func runShard(_ workspace: Workspace, _ shard: Int, of count: Int, _ more: [String] = []) throws -> Outcome {
    try workspace.run(
      ["sweep", "run", "--plan", "plan\(count).json", "--shard", "\(shard)/\(count)", "--out", "rows\(count)"] + more,
      environment: Self.fixed)
  }

  private func merge(_ workspace: Workspace, _ count: Int) throws -> Outcome {
    try workspace.run(
      "sweep", "merge", "--plan", "plan\(count).json", "rows\(count)", "--out", "merged\(count).jsonl")
  }

  @Test func `any number of shards gives the same bytes`() throws {
    let workspace = try Self.workspace()
    for count in [1, 4, 7] { _ = try plan(workspace, shards: count) }
    _ = try workspace.start(["rm", "-r", "repositories/\(Self.name(3))"])
    var merged: [[UInt8]] = []
    for count in [1, 4, 7] {
      for shard in 1...count {
        let outcome = try runShard(workspace, shard, of: count, ["--jobs", "\(1 + shard % 2)"])
        #expect(outcome.status == 0 || outcome.status == 4, "\(outcome)")
        #expect(outcome.complaints.contains("--shard \(shard)/\(count), counted from 1"))
      }
      let outcome = try merge(workspace, count)
      #expect(outcome.status == 4, "\(outcome)")
      merged.append(try workspace.bytes(of: "merged\(count).jsonl"))
      // Only what a shard could not have is kept for another try.
      #expect(workspace.names(in: "rows\(count)").filter { $0.hasSuffix(".part") }.count == 1)
    }
    #expect(merged[0] == merged[1])
    #expect(merged[0] == merged[2])

    let rows = try JSONLines.read(merged[0])
    #expect(rows.count == 31)
    let names = rows.dropLast().map { $0["target"]?.text ?? "" }
    #expect(names == (0..<30).map(Self.name).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    let summary = rows.last?["summary"]
    #expect(summary?.at("targets", "failed")?.integer == 1)
    #expect(summary?.at("targets", "no_verdict")?.integer == 2)
    #expect(summary?.at("targets", "findings")?.integer == 11)
    #expect(summary?.at("targets", "incomplete")?.integer == 6)
    #expect(summary?.at("targets", "clean")?.integer == 11)
    let text = String(decoding: merged[0], as: UTF8.self)
    let namesPlace = text.contains(workspace.enclosure)
    #expect(!namesPlace, "a row names a place of this machine")
  }

  @Test func `the whole in one process gives the same rows`() throws {
    let workspace = try Self.workspace()
    _ = try plan(workspace, shards: 4)
    for shard in 1...4 { _ = try runShard(workspace, shard, of: 4) }
    _ = try merge(workspace, 4)
    let outcome = try workspace.run(["sweep", "--below", "repositories", "--out", "all"], environment: Self.fixed)
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("group1/repository7"), "\(outcome)")
    #expect(outcome.output.contains("Targets: 30"))
    let isSame = try workspace.bytes(of: "all/sweep.jsonl") == workspace.bytes(of: "merged4.jsonl")
    #expect(isSame)
  }

  @Test func `a row is what an audit of the repository answers`() throws {
    let workspace = try Self.workspace()
    let swept = try workspace.run(["sweep", "--below", "repositories", "--out", "all"], environment: Self.fixed)
    #expect(swept.status == 4)
    let rows = try JSONLines.read(workspace.bytes(of: "all/sweep.jsonl"))
    for index in [0, 1, 2, 3, 7] {
      let row = rows.first { $0["target"]?.text == Self.name(index) }
      let audited = try workspace.run(
        ["audit", "repositories/\(Self.name(index))", "--no-cache", "--json"], environment: Self.fixed)
      let report = try audited.json()
      #expect(row?["exit_status"]?.integer == Int64(audited.status))
      #expect(row?["findings"]?.texts(of: "fingerprint") == report["findings"]?.texts(of: "fingerprint"))
      #expect(row?.at("counts", "error")?.integer == report.at("summary", "findings", "error")?.integer)
      #expect(row?["git_head"]?.text == report["git_head"]?.text)
    }
  }

  @Test func `reports of each target are written where they are asked for`() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run(
      ["sweep", "--below", "repositories", "--out", "all", "--reports-dir", "reports"], environment: Self.fixed)
    #expect(outcome.status == 4)
    let report = try workspace.json(of: "reports/\(Self.name(0))/dod_report.json")
    #expect(report.at("summary", "exit_status")?.integer == 1)
    #expect(workspace.names(in: "reports/\(Self.name(1))") == ["dod_report.json", "junit.xml"])
  }

  @Test func `a shard that is killed and run again changes nothing`() throws {
    let workspace = try Self.workspace()
    _ = try plan(workspace, shards: 1)
    let clock = ContinuousClock()
    let usual = try clock.measure { _ = try runShard(workspace, 1, of: 1) }
    let expected = try workspace.bytes(of: "rows1/shard-00001-of-00001.jsonl")
    let microseconds = usual.components.seconds * 1_000_000 + usual.components.attoseconds / 1_000_000_000_000
    var killed = 0
    let steps = 6
    for step in 1...steps {
      _ = try workspace.start(["rm", "-rf", "rows1"])
      let delay = microseconds * Int64(step) / Int64(steps)
      let seconds = "\(delay / 1_000_000).\(String(String(1_000_000 + delay % 1_000_000).dropFirst()))"
      let arguments = ["sweep", "run", "--plan", "plan1.json", "--shard", "1/1", "--out", "rows1", "--jobs", "1"]
      let cut = try workspace.run(
        arguments, environment: Self.fixed, through: ["timeout", "--signal=KILL", seconds])
      if cut.status == 128 + SIGKILL {
        killed += 1
        let hasFile = workspace.names(in: "rows1").contains("shard-00001-of-00001.jsonl")
        if !hasFile {
          let outcome = try merge(workspace, 1)
          #expect(outcome.status == 4)
        }
      }
      let resumed = try runShard(workspace, 1, of: 1, ["--resume"])
      #expect(resumed.status == 0, "\(resumed)")
      let isSame = try workspace.bytes(of: "rows1/shard-00001-of-00001.jsonl") == expected
      #expect(isSame)
      #expect(workspace.names(in: "rows1") == ["shard-00001-of-00001.jsonl"])
    }
    #expect(killed > 0)
  }

  @Test func `resuming looks again only at what changed or failed`() throws {
    let workspace = try Self.workspace()
    _ = try plan(workspace, shards: 1)
    _ = try workspace.start(["mv", "repositories/\(Self.name(3))", "aside"])
    #expect(try runShard(workspace, 1, of: 1).status == 4)
    _ = try workspace.start(["mv", "aside", "repositories/\(Self.name(3))"])
    try workspace.put(Sample.badSource, at: "repositories/\(Self.name(4))/src/area.py")
    let resumed = try runShard(workspace, 1, of: 1, ["--resume"])
    #expect(resumed.status == 0, "\(resumed)")
    #expect(resumed.complaints.contains("2 targets looked at, 28 kept from before"), "\(resumed)")
    let rows = try JSONLines.read(workspace.bytes(of: "rows1/shard-00001-of-00001.jsonl"))
    #expect(rows.first { $0["target"]?.text == Self.name(4) }?["exit_status"]?.integer == 1)
    // A shard that is finished stands.
    let again = try runShard(workspace, 1, of: 1, ["--resume"])
    #expect(again.complaints.contains("0 targets looked at, 30 kept from before"), "\(again)")
  }

  @Test func `a merge names what is missing, twice there, foreign or damaged`() throws {
    let workspace = try Self.workspace()
    for count in [4, 7] { _ = try plan(workspace, shards: count) }
    for shard in 1...4 { _ = try runShard(workspace, shard, of: 4) }
    let third = "rows4/shard-00003-of-00004.jsonl"
    let rows = try workspace.bytes(of: third)

    _ = try workspace.start(["rm", third])
    let missing = try merge(workspace, 4)
    #expect(missing.status == 4)
    #expect(missing.complaints.contains("shard-00003-of-00004.jsonl is missing"), "\(missing)")
    #expect(workspace.names(in: ".").filter { $0.hasPrefix("merged") } == [])

    try workspace.put(.bytes(rows), at: "rows4/job-a/shard-00003-of-00004.jsonl")
    try workspace.put(.bytes(rows), at: "rows4/job-b/shard-00003-of-00004.jsonl")
    #expect(try merge(workspace, 4).complaints.contains("shard-00003-of-00004.jsonl is there twice"))
    _ = try workspace.start(["rm", "-r", "rows4/job-b"])
    let whole = try merge(workspace, 4)
    #expect(whole.complaints.contains("rows: merged4.jsonl"), "\(whole)")

    _ = try runShard(workspace, 2, of: 7)
    _ = try workspace.start(["cp", "rows7/shard-00002-of-00007.jsonl", "rows4/"])
    #expect(try merge(workspace, 4).complaints.contains("rows4/shard-00002-of-00007.jsonl is foreign"))
    _ = try workspace.start(["rm", "rows4/shard-00002-of-00007.jsonl"])

    let text = String(decoding: rows, as: UTF8.self)
    try workspace.put(
      .file(text.replacing("\"audited\"", with: "\"auditeD\"")), at: "rows4/job-a/shard-00003-of-00004.jsonl")
    #expect(try merge(workspace, 4).complaints.contains("is damaged"))
    try workspace.put(.bytes(Array(rows.dropLast(9))), at: "rows4/job-a/shard-00003-of-00004.jsonl")
    #expect(try merge(workspace, 4).complaints.contains("is damaged"))
    // Another plan of as many shards.
    _ = try workspace.run(["sweep", "plan", "--below", "repositories", "--shards", "4", "--out", "plan4.json"])
    #expect(try merge(workspace, 4).complaints.contains("made by another plan"))
  }

  @Test func `a scheduler's variables choose the shard, and nothing is never everything`() throws {
    let workspace = try Self.workspace()
    _ = try plan(workspace, shards: 4)
    let arguments = ["sweep", "run", "--plan", "plan4.json", "--shard", "auto", "--out", "rows4"]
    let none = try workspace.run(arguments)
    #expect(none.status == 4)
    #expect(none.complaints.contains("no scheduler says which shard this is"))
    #expect(workspace.names(in: "rows4").isEmpty)
    let some = try workspace.run(
      arguments, environment: ["TEST_SHARD_INDEX": "1", "TEST_TOTAL_SHARDS": "4", "TEST_SHARD_STATUS_FILE": "honoured"])
    #expect(some.status == 0, "\(some)")
    #expect(some.complaints.contains("shard 2/4: TEST_SHARD_INDEX=1"))
    #expect(workspace.names(in: "rows4") == ["shard-00002-of-00004.jsonl"])
    #expect(workspace.names(in: ".").contains("honoured"))
  }

  @Test func `targets come from lists, folders and git`() throws {
    let workspace = try Workspace()
    for (path, entry) in Sample.project(.proven) { try workspace.put(entry, at: path) }
    let commit = try workspace.commit()
    let made = try workspace.start(["git", "clone", "-q", "--bare", ".", "../bare/one.git"])
    try #require(made.status == 0, "\(made)")
    try workspace.put(
      .file(
        """
        # what is swept
        ../bare/one.git

        {"target": "../bare/one.git", "name": "named/two", "weight": 5}
        {"target": "../nothing-here.git", "name": "three"}
        """), at: "../list.txt")
    let gone = try workspace.run("sweep", "--targets", "../list.txt", "--out", "../out")
    #expect(gone.status == 4)
    #expect(gone.complaints.contains("nothing-here.git"), "\(gone)")

    let outcome = try workspace.run(
      "sweep", "../bare", "file://\(workspace.enclosure)/bare/absent.git", "--out", "../out")
    #expect(outcome.status == 4, "\(outcome)")
    let rows = try JSONLines.read(workspace.bytes(of: "../out/sweep.jsonl"))
    let one = rows.first { $0["target"]?.text == "one" }
    #expect(one?["git_head"]?.text == commit, "\(outcome)")
    let failed = rows.first { $0["status"]?.text == "error" }
    #expect(failed?["reason"]?.text.contains("git clone failed") ?? false, "\(outcome)")
    #expect(failed?["reason"]?.text.contains("auditor-sweep-") == false)
  }

  @Test func `a ledger keeps each row once`() throws {
    let workspace = try Workspace()
    for name in ["a", "b"] {
      for (path, entry) in Sample.project(source: Sample.badSource) {
        try workspace.put(entry, at: "all/\(name)/\(path)")
      }
    }
    func sweep(_ day: Int) throws -> Outcome {
      try workspace.run(
        ["sweep", "--below", "all", "--ledger", "l.sqlite"],
        environment: ["SOURCE_DATE_EPOCH": "\(1_767_225_600 + 86_400 * day)"])
    }
    #expect(try sweep(0).complaints.contains("2 runs; 4 new, 0 fixed"))
    let again = try workspace.run("sweep", "merge", "--plan", "sweep/plan.json", "--ledger", "l.sqlite")
    #expect(again.complaints.contains("0 runs; 0 new, 0 fixed"), "\(again)")
    try workspace.put(Sample.cleanSource, at: "all/b/src/area.py")
    try workspace.put("scan: [", at: "all/a/auditor.yaml")
    let next = try sweep(1)
    // What could not be judged is not gone.
    #expect(next.complaints.contains("2 runs; 0 new, 2 fixed"), "\(next)")
    #expect(try workspace.run("ledger", "verify", "--ledger", "l.sqlite").status == 0)
  }

  @Test func `a list that is wrong is told line by line`() throws {
    let workspace = try Workspace(["list": "{\"target\": 1}\n{\"target\":\"a\",\"nam\":\"b\"}\n{\n"])
    let outcome = try workspace.run("sweep", "plan", "--targets", "list")
    #expect(outcome.status == 4)
    for line in ["list:1:1: target must be a text", "list:2:1: ", "list:3:1: JSON"] {
      #expect(outcome.complaints.contains(line), "\(outcome)")
    }
    #expect(try workspace.run("sweep", "plan").complaints.contains("no target"))
    #expect(try workspace.run("sweep", "plan", ".").complaints.contains("holds no checkout"))
  }
}
