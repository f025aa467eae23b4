import EndToEnd
import Glibc
import Testing

/// Much of everything: bytes, lines, files, patterns. `make hostile-long` takes the sizes of the title.
@Suite struct SizeTests {
  static let isLong = getenv("AUDITOR_HOSTILE_LONG") != nil
  private static let files = isLong ? 1_000_000 : 20_000
  private static let lineBytes = isLong ? 63 << 20 : 4 << 20
  private static let giant = Entry.sparse(4 << 30)

  static let cases = [
    HostileCase(
      "files of 4 GB that hold nothing", ["big.py": giant, "big.json": giant, "sub/big": giant],
      .audit(telling: ["big.py", "big.json", "sub/big"])),
    HostileCase(
      "inputs of 4 GB that hold nothing",
      [
        "auditor.yaml": """
        dod: {docs: dod, feed: feed.jsonl, registry: registry.yaml}
        gates: [{map: gates.yaml}]
        contracts: [a.schema.json]
        scan: {exclude: ["*.json*", "*.yaml", dod/**]}

        """, "dod/DOD__OPS.md": giant, "feed.jsonl": giant, "registry.yaml": giant, "gates.yaml": giant,
        "a.schema.json": giant,
      ], .command("audit", "--json", answering: [4], saying: "gates.yaml", "a.schema.json", "dod", Planted.paths[1])),
    HostileCase("a configuration of 4 GB", ["auditor.yaml": giant], .refused("scan", saying: "larger than")),
    HostileCase("an ignore file of 4 GB", [".gitignore": giant], .scan(telling: [".gitignore"])),
    HostileCase("one line that is very long", .scan()) { workspace in
      let filler = String(repeating: "x = '/home' + \"a\\\\b\" # ", count: lineBytes / 24)
      try workspace.put(.file(filler + "\nROOT = \"/Users/alice/work\"\n"), at: "long.py")
      try workspace.put(.file("{\"a\": \"" + filler.filter { $0 != "\"" && $0 != "\\" } + "\"}"), at: "long.json")
    },
    HostileCase("a great many findings on one line", .audit()) { workspace in
      let violation = "\"/Users/alice/work\" "
      try workspace.put(.file(String(repeating: violation, count: 20_000)), at: "line.py")
      try workspace.put(.file(String(repeating: violation + "\n", count: 5_000)), at: "lines.py")
    },
    HostileCase("very many files in one folder", .scan("--no-cache")) { workspace in
      try Made.files(files, in: "many", of: workspace, content: "")
    },
    HostileCase("very many ignore patterns", .scan()) { workspace in
      let pattern = (0..<20_000).map { "**/a\($0)*/b?[c-d]*\($0)/**\n!a\($0)b*c*d*e*f\n" }
      try workspace.put(.file(pattern.joined()), at: ".gitignore")
      try Made.files(50, in: String(repeating: "aaaaaaaaaa/", count: 10) + "a", of: workspace, content: "x = 1\n")
    },
    HostileCase("patterns that take powers elsewhere", .scan()) { workspace in
      let stars = String(repeating: "*a", count: 60) + "b"
      let deep = String(repeating: "**/", count: 60) + "z"
      try workspace.put(.file("\(stars)\n\(deep)\n"), at: ".gitignore")
      try workspace.put("x = 1\n", at: String(repeating: "a/", count: 100) + String(repeating: "a", count: 200) + ".py")
    },
    HostileCase("a folder in a folder, each with an ignore file", .scan()) { workspace in
      var path = ""
      for depth in 0..<200 {
        path += "d/"
        try workspace.put(.file("x\(depth)\n!y\n"), at: "\(path).gitignore")
      }
      try workspace.put("x = 1\n", at: "\(path)a.py")
    },
  ]

  @Test(arguments: cases) func `keeps every promise`(_ example: HostileCase) throws { try example.check() }

  @Test(.enabled(if: isLong, "takes long; make hostile-long"))
  func `a single line of 1 GB keeps every promise`() throws {
    try HostileCase("a single line of 1 GB", .scan(telling: ["line.py"])) { workspace in
      let outcome = try workspace.start(["sh", "-c", "head -c 1073741824 /dev/zero | tr '\\0' x > line.py"])
      if outcome.status != 0 { throw SystemCallFailed("head", EIO) }
    }.check()
  }
}
