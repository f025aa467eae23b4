import Formats
import Glibc
import Testing

/// Runs are recorded, chained, checked and told by the built binary.
@Suite struct LedgerCommandTests {
  private static let ledger = "../audits.sqlite"

  @Test func `an audit is recorded, and what changed since the last one`() throws {
    let workspace = try Workspace(Sample.project(source: Sample.badSource))
    let first = try workspace.run("audit", "--ledger", Self.ledger)
    #expect(first.status == 1 && first.complaints.contains("run 1 of tree: 2 open, 2 new, 0 fixed"), "\(first)")
    try workspace.put(Sample.cleanSource, at: "src/area.py")
    let second = try workspace.run("audit", "--ledger", Self.ledger, "--target", "tree")
    #expect(second.status == 0 && second.complaints.contains("run 2 of tree: 0 open, 0 new, 2 fixed"), "\(second)")
    let verdict = try workspace.run("ledger", "verify", "--ledger", Self.ledger, "--json")
    #expect(verdict.status == 0, "\(verdict)")
    #expect(try verdict.json()["status"]?.text == "INTACT")
    #expect(try verdict.json()["runs"]?.integer == 2)
    let rows = try workspace.run("ledger", "export", "--ledger", Self.ledger).output.split(separator: "\n")
      .map { try JSON.read(Array($0.utf8)) }
    #expect(rows.filter { $0["change"]?.text == "fixed" }.count == 2)
    // The report that a run names is the one that was written.
    let report = try workspace.bytes(of: "reports/dod_report.latest.json")
    #expect(rows.last?["report_sha256"]?.text == SHA256.digest(report).hex)
  }

  @Test func `a ledger within the tree is no part of it`() throws {
    var entries = Sample.project()
    entries["auditor.yaml"] = "ledger: records/audits.sqlite\n"
    let workspace = try Workspace(entries)
    let fixed = ["SOURCE_DATE_EPOCH": "1767225600"]
    #expect(try workspace.run(["audit"], environment: fixed).status == 0)
    let report = try workspace.bytes(of: "reports/dod_report.latest.json")
    #expect(workspace.names(in: "records") == ["audits.sqlite"])
    #expect(try workspace.run(["audit"], environment: fixed).status == 0)
    #expect(try workspace.bytes(of: "reports/dod_report.latest.json") == report)
    let verdict = try workspace.run("ledger", "verify")
    #expect(verdict.status == 0 && verdict.output.contains("2 runs"), "\(verdict)")
  }

  @Test func `a tree does not choose a ledger outside of itself`() throws {
    var entries = Sample.project()
    entries["auditor.yaml"] = "ledger: out/audits.sqlite\n"
    entries["out"] = .link(to: "/tmp")
    let outcome = try Workspace(entries).run("audit")
    #expect(outcome.status == 4 && outcome.complaints.contains("leads outside the root"), "\(outcome)")
  }

  @Test func `a row that was edited is named`() throws {
    let workspace = try Workspace(Sample.project(source: Sample.badSource))
    _ = try workspace.run("audit", "--ledger", Self.ledger)
    do {
      let database = try SQLiteDatabase.open("\(workspace.enclosure)/audits.sqlite", .readWrite)
      try database.execute("UPDATE finding SET level = 'note' WHERE seq = 1")
    }
    let verdict = try workspace.run("ledger", "verify", "--ledger", Self.ledger)
    #expect(verdict.status == 1 && verdict.output.contains("BROKEN  row 1 (finding)"), "\(verdict)")
  }

  @Test(.enabled(if: Unprivileged.isPossible))
  func `a ledger that may only be read is checked, and not added to`() throws {
    let workspace = try Workspace(Sample.project())
    _ = try workspace.run("audit", "--ledger", Self.ledger)
    chmod("\(workspace.enclosure)/audits.sqlite", 0o444)
    let outcome = try workspace.run(["ledger", "verify", "--ledger", Self.ledger], through: Unprivileged.wrapper)
    #expect(outcome.status == 0 && outcome.output.contains("1 runs"), "\(outcome)")
    let refused = try workspace.run(
      ["ledger", "record", "--ledger", Self.ledger, "--target", "t", "reports/dod_report.latest.json"],
      through: Unprivileged.wrapper)
    #expect(refused.status == 4 && refused.complaints.contains("audits.sqlite"), "\(refused)")
  }

  @Test func `what is no ledger has no verdict`() throws {
    let workspace = try Workspace(["text": "no ledger\n"])
    for name in ["text", "absent", "."] {
      let outcome = try workspace.run("ledger", "verify", "--ledger", name)
      #expect(outcome.status == 4 && outcome.output.isEmpty, "\(outcome)")
    }
  }

  @Test func `no secret of the tree is in the ledger`() throws {
    let secret = ["AKIA", "QWERTYUIOPASDFGH"].joined()
    let workspace = try Workspace(["src/a.py": .file("aws_access_key_id = \"\(secret)\"\n")])
    let outcome = try workspace.run("audit", "--ledger", Self.ledger)
    #expect(outcome.complaints.contains("run 1"), "\(outcome)")
    let bytes = try workspace.bytes(of: Self.ledger)
    #expect(bytes.firstRange(of: Array(secret.utf8)) == nil)
    let exported = try workspace.run("ledger", "export", "--ledger", Self.ledger).output
    #expect(exported.contains("secret") && !exported.contains(secret), "\(exported)")
  }

  @Test func `runs that are recorded at once are all recorded`() throws {
    let workspace = try Workspace(Sample.project(source: Sample.badSource))
    let script = """
      for number in 1 2 3 4 5 6 7 8; do
        "$0" audit --ledger ../audits.sqlite --target "t$((number % 3))" --reports-dir "../r$number" > /dev/null 2>> ../said &
      done
      wait; cat ../said
      """
    let said = try workspace.start(["sh", "-c", script, BuiltBinary.path])
    let verdict = try workspace.run("ledger", "verify", "--ledger", Self.ledger)
    #expect(verdict.status == 0 && verdict.output.contains("8 runs"), "\(verdict)\n\(said)")
  }
}
