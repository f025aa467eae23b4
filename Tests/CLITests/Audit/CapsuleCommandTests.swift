import Formats
import Testing

/// `report --capsule`: a folder that can be checked with `sha256sum`, `xmllint` and `sqlite3` alone.
@Suite struct CapsuleCommandTests {
  /// The tools of `verify.sh`; a machine without them has nothing to test here.
  static let hasTools: Bool = {
    let found = try? BuiltBinary.start(["sh", "-c", "command -v sha256sum xmllint sqlite3"], in: "/")
    if found?.status != 0 { print("skipped: sha256sum, xmllint or sqlite3 is not installed") }
    return found?.status == 0
  }()

  private let tree = Sample.project(.proven, gate: .sealed, source: Sample.badSource)

  private func made(_ entries: [String: Entry]) throws -> Workspace {
    let workspace = try Workspace(entries)
    let outcome = try workspace.run(
      ["report", "--capsule", "../capsule"], environment: ["SOURCE_DATE_EPOCH": "1767225600"])
    #expect(outcome.output.hasPrefix("../capsule: "), "\(outcome)")
    #expect(outcome.output.contains("SHA256SUMS is sha256:"))
    return workspace
  }

  @Test func everythingIsThereAndNothingElseIsTouched() throws {
    let workspace = try made(tree)
    #expect(
      workspace.names(in: "../capsule") == [
        "README.txt", "SHA256SUMS", "capsule.json", "dod_report.json", "evidence", "junit.xml", "report.html", "rules",
        "verify.sh",
      ])
    #expect(workspace.names(in: "reports").isEmpty)
    #expect(workspace.names(in: "..").filter { $0 != ".cache" } == ["capsule", "tree"])
    #expect(
      try workspace.bytes(of: "../capsule/evidence/evidence/feed.jsonl") == workspace.bytes(of: "evidence/feed.jsonl"))
  }

  @Test func theSameRunIsTheSameCapsule() throws {
    let workspace = try made(tree)
    let sums = try workspace.bytes(of: "../capsule/SHA256SUMS")
    _ = try workspace.run(["report", "--capsule", "../capsule"], environment: ["SOURCE_DATE_EPOCH": "1767225600"])
    #expect(try workspace.bytes(of: "../capsule/SHA256SUMS") == sums)
    #expect(workspace.names(in: "..").filter { $0 != ".cache" } == ["capsule", "tree"])
  }

  @Test(.enabled(if: hasTools)) func theScriptFindsThatEverythingHolds() throws {
    for entries in [tree, ReportTests.mixed, ["auditor.yaml": "scan: ["], Sample.project()] {
      let workspace = try made(entries)
      let checked = try workspace.start(["sh", "../capsule/verify.sh", "."])
      #expect(checked.status == 0, "\(checked)")
      #expect(checked.complaints.isEmpty && checked.output.contains("everything in the capsule holds\n"))
    }
    let workspace = try made(tree)
    let alone = try workspace.start(["sh", "../capsule/verify.sh"])
    #expect(
      alone.status == 0 && alone.output.contains("OPS: the feed holds started, completed and verified"), "\(alone)")
    #expect(alone.output.contains("1 files outside of the capsule were not checked"))
  }

  @Test(
    .enabled(if: hasTools),
    arguments: [
      ("evidence/evidence/run.log", "43 checks held\n"), ("evidence/evidence/feed.jsonl", ""), ("junit.xml", "<a>"),
      ("report.html", "<p>"), ("stranger", "x"), ("dod_report.json", "{}"),
    ])
  func theScriptFindsWhatWasChanged(path: String, text: String) throws {
    let workspace = try made(tree)
    try workspace.put(.file(text), at: "../capsule/\(path)")
    let checked = try workspace.start(["sh", "../capsule/verify.sh"])
    #expect(checked.status == 1, "\(checked)")
    #expect(checked.output.contains("this capsule does not hold"))
  }

  @Test(.enabled(if: hasTools)) func newDigestsDoNotHideALie() throws {
    let workspace = try made(ReportTests.mixed)
    let lie = "sed -i 's/\"verdict\": \"PARTIAL\"/\"verdict\": \"PROVEN\"/' dod_report.json"
    let sums = "find . -type f ! -name SHA256SUMS -printf '%P\\0' | xargs -0 sha256sum > ../sums; mv ../sums SHA256SUMS"
    let made = try workspace.start(["sh", "-c", "cd ../capsule && \(lie) && \(sums)"])
    #expect(made.status == 0, "\(made)")
    let checked = try workspace.start(["sh", "../capsule/verify.sh"])
    #expect(checked.status == 1)
    #expect(checked.output.contains("holds    the files are those that SHA256SUMS names"))
    #expect(
      checked.output.contains("FAILS    OPS is PROVEN by its chain, its evidence, its prerequisites and its commit"))
  }

  @Test(.enabled(if: hasTools)) func aMissingToolIsSaid() throws {
    let workspace = try made(tree)
    let tools = "sh sed grep head tail find tr wc cat cp mktemp rm dirname sha256sum xmllint"
    let script =
      "mkdir ../bin && for t in \(tools); do ln -s $(command -v $t) ../bin/$t; done; PATH=$PWD/../bin sh ../capsule/verify.sh"
    let checked = try workspace.start(["sh", "-c", script])
    #expect(checked.status == 4, "\(checked)")
    #expect(checked.output.contains("skipped  dod_report.json: sqlite3 is not installed"))
  }

  @Test func somebodysFolderIsLeftAlone() throws {
    let workspace = try Workspace(tree.merging(["../capsule/notes.txt": "mine"]) { $1 })
    let outcome = try workspace.run(["report", "--capsule", "../capsule"])
    #expect(outcome.status == 4)
    #expect(outcome.complaints.contains("holds 'notes.txt', which is no part of a capsule"))
    #expect(workspace.names(in: "../capsule") == ["notes.txt"])
    #expect(try workspace.run(["report", "--capsule", "c", "--out", "p"]).status == 64)
  }

  @Test func namesThatNeedEscapingAreCarried() throws {
    let workspace = try made(tree.merging(["dod/DOD__a\\b c.md": "# x\n", "dod/DOD__l\nm.md": "# y\n"]) { $1 })
    let checked = try workspace.start(["sh", "-c", "cd ../capsule && sha256sum --check --strict --quiet SHA256SUMS"])
    #expect(checked.status == 0, "\(checked)")
    if Self.hasTools { #expect(try workspace.start(["sh", "../capsule/verify.sh", "."]).status == 0) }
  }

  @Test func earlierRunsOfALedgerAreDrawn() throws {
    let workspace = try Workspace(ReportTests.mixed)
    for second in 1...3 {
      _ = try workspace.run(["audit", "--ledger", "../ledger.sqlite"], environment: ["SOURCE_DATE_EPOCH": "\(second)"])
    }
    let page = try workspace.run(
      ["report", "--ledger", "../ledger.sqlite", "--out", "-"], environment: ["SOURCE_DATE_EPOCH": "4"])
    #expect(page.status == 2, "\(page.complaints)")
    #expect(page.output.contains("4 runs from 1970-01-01T00:00:01Z to 1970-01-01T00:00:04Z"))
    let none = try workspace.run(["report", "--ledger", "../no.sqlite", "--out", "-"])
    #expect(none.status == 2 && !none.output.contains("id=\"history\""))
  }
}
