import EndToEnd
import Testing

/// Test reports, databases, ledgers and lists of targets that somebody prepared.
@Suite struct EvidenceTests {
  private static let count = SizeTests.isLong ? 1_000_000 : 30_000

  private static func junit(_ options: HostileRun.Expectation) -> HostileRun {
    HostileRun.command("junit", "summarize", "--json", "r.xml", answering: []).expecting(options)
  }

  static let cases = [
    HostileCase(
      "a test report with entities in entities",
      [
        "r.xml": .file(
          "<!DOCTYPE r [<!ENTITY a0 \"x\">" + (1..<30).map { "<!ENTITY a\($0) \"&a\($0 - 1);&a\($0 - 1);\">" }.joined()
            + "]><testsuite name=\"&a29;\"/>")
      ], junit(.answers([4], ["r.xml"]))),
    HostileCase(
      "a test report that reads other files",
      [
        "r.xml":
          "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY % y SYSTEM \"http://127.0.0.1:1/\"> %y;]><testsuite name=\"&x;\"/>\n"
      ], junit(.answers([4], ["r.xml"]))),
    HostileCase(
      "a test report of very many tests",
      [
        "r.xml": .file(
          "<testsuite tests=\"\(count)\">"
            + String(repeating: "<testcase name=\"a\" classname=\"b\" time=\"0.1\"/>\n", count: count) + "</testsuite>")
      ], junit(.answers([0], []))),
    HostileCase(
      "a test report with very many attributes",
      ["r.xml": .file("<testsuite " + (0..<5_000).map { "a\($0)=\"1\" " }.joined() + "/>")],
      junit(.answers([0, 1, 4], []))),
    HostileCase(
      "a test report with numbers of every kind",
      [
        "r.xml":
          "<testsuite tests=\"99999999999999999999\" failures=\"-1\" time=\"1e999\"><testcase time=\"NaN\"/><testcase time=\"&#0;\"/></testsuite>"
      ], junit(.answers([0, 1, 4], []))),
    HostileCase(
      "a test report that stops in the middle",
      ["r.xml": .file("<testsuite><testcase name=\"" + String(repeating: "x", count: 12 << 20))],
      junit(.answers([4], ["r.xml"]))),
    HostileCase(
      "a ledger that is a folder", ["l.sqlite": .folder],
      .command("audit", "--json", "--ledger", "l.sqlite", answering: [4], saying: Planted.paths[0], Planted.paths[1]),
      .command("ledger", "verify", "--ledger", "l.sqlite", answering: [4]),
      .command("trend", "--ledger", "l.sqlite", answering: [4])),
    HostileCase(
      "a ledger that is a FIFO, a device, or a link that goes round",
      ["f.sqlite": .fifo, "r.sqlite": .link(to: "r.sqlite")],
      .command("ledger", "verify", "--ledger", "f.sqlite", answering: [4]),
      .command("ledger", "verify", "--ledger", "/dev/zero", answering: [4]),
      .command("ledger", "verify", "--ledger", "r.sqlite", answering: [4])),
    HostileCase(
      "a ledger that is another database, or none",
      .command("ledger", "verify", "--ledger", "o.sqlite", answering: [4]),
      .command("ledger", "verify", "--ledger", "g.sqlite", answering: [4]),
      .command("audit", "--json", "--ledger", "g.sqlite", answering: [4], saying: Planted.paths[0]),
      .command("audit", "--json", "--ledger", "o.sqlite", answering: [4], saying: Planted.paths[0])
    ) { workspace in
      try database(
        workspace, "o.sqlite",
        "CREATE TABLE run(x); CREATE VIEW finding AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c;"
      )
      try workspace.put(.file("SQLite format 3\u{0}" + String(repeating: "x", count: 50_000)), at: "g.sqlite")
    },
    HostileCase(
      "a ledger with triggers and views of its own",
      .command("ledger", "verify", "--ledger", "../l.sqlite", answering: [1, 4]),
      .command("trend", "--ledger", "../l.sqlite", answering: [0, 1, 4]),
      .command("audit", "--json", "--ledger", "../l.sqlite", answering: [1, 4], saying: Planted.paths[0]).writing(
        "l.sqlite")
    ) { workspace in
      _ = try workspace.run("audit", "--quiet", "--ledger", "../l.sqlite")
      try database(
        workspace, "../l.sqlite",
        """
        DROP TRIGGER IF EXISTS x; CREATE TRIGGER x AFTER INSERT ON run BEGIN DELETE FROM finding; END;
        ALTER TABLE finding RENAME TO hidden;
        CREATE VIEW finding AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT hidden.* FROM hidden, c;
        """)
    }.restless("l.sqlite"),
    HostileCase(
      "targets of a sweep that are commands",
      [
        "targets":
          "ext::sh -c 'touch ../sprung'\n--upload-pack=touch ../sprung\n-oProxyCommand=touch ../sprung\nssh://-oProxyCommand=touch/x\nfile:///dev/zero\n../nowhere\n/dev/zero\nfifo\nloop\n\u{1B}[2J\n$(touch ../sprung)\nhttps://127.0.0.1:1/x\n",
        "fifo": .fifo, "loop": .link(to: "loop"),
      ],
      HostileRun.command("sweep", "--targets", "targets", "--out", "../rows", answering: [4]).writing("rows", "tmp/")),
    HostileCase(
      "checkouts of a sweep that are hostile",
      HostileRun.command("sweep", "--below", "below", "--out", "../rows", "--json", answering: [4]).writing("rows")
    ) { workspace in
      for (name, configuration) in [
        ("a", "scan: ["), ("b\u{1B}[2J", ""), ("c", "rules: [../../x]\n"), ("new\nline", ""), ("--d", ""),
      ] {
        try workspace.put("ref: refs/heads/x\n", at: "below/\(name)/.git/HEAD")
        try workspace.put(.folder, at: "below/\(name)/.git/objects")
        try workspace.put(.folder, at: "below/\(name)/.git/refs")
        try workspace.put(Planted.source, at: "below/\(name)/a.py")
        if !configuration.isEmpty { try workspace.put(.file(configuration), at: "below/\(name)/auditor.yaml") }
      }
      try workspace.put(.link(to: ".."), at: "below/round")
      try workspace.put(.link(to: "../../outside"), at: "below/out")
    },
    HostileCase(
      "rows on standard input that are hostile",
      HostileRun.command("scan", "--stdin-jsonl", answering: [4]).with(descriptors: "< rows"),
      HostileRun.command("scan", "--stdin-path", "a.py", answering: [0, 1, 4]).with(descriptors: "< rows")
    ) { workspace in
      let rows: [[UInt8]] = [
        Array("{\"path\": \"../../etc/passwd\", \"content\": \"x\"}".utf8), [0xFF, 0xFE], [],
        Array(String(repeating: "[", count: 100_000).utf8),
        Array("{\"path\": \"a\\u0000\", \"content\": \"\\ud800\"}".utf8),
      ]
      try workspace.put(.bytes(Array(rows.joined(separator: [0x0A]))), at: "rows")
    },
    HostileCase(
      "bundles that are folders of anything", .command("bundle", "validate", "b", answering: [1, 4]),
      .command("bundle", "open", "b", answering: [0, 1, 4]),
      .command("bundle", "inventory", ".", answering: [0, 1, 4]),
      .command("reality", "b", answering: [1, 2, 4]),
      .command("audit", "--json", answering: [1, 2, 4], saying: Planted.paths[0], Planted.paths[1])
    ) { workspace in
      try workspace.put(DefinitionTests.bomb, at: "b/artifact_index.yaml")
      try workspace.put(
        .file(
          "{\"artifacts\": [{\"path\": \"../../outside/x\", \"sha256\": \"\(String(repeating: "0", count: 64))\", \"size\": -1}, {\"path\": \"fifo\"}, {\"path\": \"/dev/zero\"}]}"
        ), at: "b/artifact_index.json")
      try workspace.put(.fifo, at: "b/fifo")
      try workspace.put(.link(to: "/dev/zero"), at: "b/run_manifest.json")
      try workspace.put(.link(to: "../../outside"), at: "b/LATEST")
    },
  ]

  private static func database(_ workspace: Workspace, _ path: String, _ script: String) throws {
    let outcome = try workspace.start(["sqlite3", path, script])
    if outcome.status != 0 { throw SystemCallFailed("sqlite3: \(outcome.complaints)", 0) }
  }

  @Test(arguments: cases) func `keeps every promise`(_ example: HostileCase) throws { try example.check() }
}
