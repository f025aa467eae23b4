import EndToEnd
import Testing

/// Things inside things, deeper than anybody would write them.
@Suite struct NestingTests {
  private static let deep = 200_000

  private static func nested(_ opening: String, _ closing: String = "", count: Int = deep) -> Entry {
    .file(String(repeating: opening, count: count) + String(repeating: closing, count: count))
  }

  static let cases = [
    HostileCase(
      "files of nothing but brackets",
      [
        "src/a.json": nested("[", "]"), "src/b.yaml": nested("{a: ", "}"), "src/c.xml": nested("<a>", "</a>"),
        "src/d.py": nested("(", ")"), "src/e.js": nested("{", "}"), "src/f.md": nested("> "), "src/g.md": nested("- "),
        "src/h.html": nested("<div>"), "src/i.ts": nested("`${"), "src/j.sh": nested("$(("), "src/k.c": nested("/*"),
      ],
      .audit()),
    HostileCase(
      "contracts nested too deeply",
      ["a.schema.json": nested("{\"not\":", "}"), "b.schema.yaml": nested("{not: ", "}")],
      .audit(telling: ["a.schema.json", "b.schema.yaml"])),
    HostileCase(
      "a gate map nested too deeply", ["gate_map.yaml": nested("[", "]")], .audit(telling: ["gate_map.yaml"])),
    HostileCase(
      "a configuration nested too deeply", ["auditor.yaml": nested("{a: ", "}")],
      .command("audit", "--json", answering: [4], saying: "limit 'depth'"),
      .refused("scan", "--json", saying: "limit 'depth'")),
    HostileCase(
      "a document of quotes in quotes", ["dod/DOD__OPS.md": nested("> ", count: 50_000)],
      .command("audit", "--json", answering: [2, 4], saying: Planted.paths[0], Planted.paths[1])),
    HostileCase(
      "a test report nested too deeply", ["junit.xml": nested("<testsuite>", "</testsuite>")],
      .command("junit", "summarize", "junit.xml", answering: [4], saying: "junit.xml")),
    HostileCase(
      "folders beyond the longest path", .audit(telling: ["1000 folders deep"]), .scan(telling: ["1000 folders deep"])
    ) { workspace in
      try Made.deepFolders(2_000, in: workspace, below: "src")
    },
    HostileCase("folders with names of 255 bytes", .audit()) { workspace in
      // 15 of them are a path of 3,840 bytes: the longest that most programs can still name.
      let name = String(repeating: "n", count: 255)
      try workspace.put(Planted.source, at: Array(repeating: name, count: 14).joined(separator: "/") + "/a.py")
    },
  ]

  @Test(arguments: cases) func `keeps every promise`(_ example: HostileCase) throws { try example.check() }
}
