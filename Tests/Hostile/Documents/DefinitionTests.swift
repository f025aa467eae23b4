import EndToEnd
import Testing

/// Definitions of done, registries and feeds that are more than anybody would write.
@Suite struct DefinitionTests {
  private static let head = "# Operations\n\n- **Phase / Task ID**: OPS\n- **Gate**: G1\n\n"
  private static let configuration: [String: Entry] = [
    "auditor.yaml": "dod: {docs: dod, feed: feed.jsonl, registry: registry.yaml}\nscan: {include: ['*/planted.py']}\n",
    "dod/DOD__OPS.md": .file(head),
    "feed.jsonl": "{\"ts\":\"2026-01-01T10:00:00Z\",\"phase_id\":\"OPS\",\"action\":\"started\"}\n",
    "registry.yaml": "phases:\n  OPS: {verdict: DESIGNED, requires: []}\n",
  ]

  /// A project with one phase, of which one file is hostile.
  private static func project(_ path: String, _ entry: Entry) -> [String: Entry] {
    configuration.merging([path: entry]) { $1 }
  }

  private static let judged = HostileRun.command(
    "audit", "--json", "--no-cache", answering: [2, 3], saying: Planted.paths[0], Planted.paths[1], "\"OPS\"")
  private static let told = HostileRun.command(
    "audit", "--json", "--no-cache", answering: [4], saying: Planted.paths[0], Planted.paths[1])
  private static let count = SizeTests.isLong ? 1_000_000 : 30_000

  static let cases = [
    HostileCase(
      "a document of very many boxes",
      project("dod/DOD__OPS.md", .file(head + String(repeating: "- [x] done\n", count: count))), judged),
    HostileCase(
      "a document with a table that grows in all directions",
      project(
        "dod/DOD__OPS.md",
        .file(
          head + String(repeating: "|a", count: 3_000) + "|\n" + String(repeating: "|-", count: 3_000) + "|\n"
            + String(repeating: "|b|\n", count: 3_000))),
      told.expecting(.answers([2, 3, 4], [Planted.paths[0], Planted.paths[1]]))),
    HostileCase(
      "a document whose fields come again and again",
      project(
        "dod/DOD__OPS.md",
        .file(head + String(repeating: "- **Phase / Task ID**: OPS\n- **Gate**: `G1`\n", count: 5_000))), judged),
    HostileCase(
      "a document that is one line",
      project("dod/DOD__OPS.md", .file(head.filter { $0 != "\n" } + String(repeating: " **Gate**: `", count: 50_000))),
      told.expecting(.answers([2, 3, 4], [Planted.paths[1]]))),
    HostileCase(
      "phases that are called like anything",
      .command("audit", "--json", answering: [2, 3, 4], saying: Planted.paths[1]),
      .command("dod", "--all", answering: [2, 3, 4]).writing("tree/observability")
    ) { workspace in
      for (path, entry) in configuration { try workspace.put(entry, at: path) }
      for (index, name) in [
        "..", "../../x", "a/b", "\u{1B}[2J", "__proto__", "", " ", "\u{202E}", "A", "a", "é", "e\u{301}", "]]>", "<b>",
        "${X}",
      ].enumerated() {
        try workspace.put(.file("- **Phase / Task ID**: \(name)\n- **Gate**: G\n"), at: "dod/DOD__P\(index).md")
      }
    },
    HostileCase("very many phases, each needing the next", judged, make: chain(100)),
    HostileCase(
      "very many phases in the registry, each needing the next",
      judged.expecting(.answers([2, 3, 4], [Planted.paths[1]])), .command("report", answering: [2, 3, 4])
    ) { workspace in
      for (path, entry) in configuration { try workspace.put(entry, at: path) }
      let chain = (0..<5_000).map { "  P\($0): {verdict: DESIGNED, requires: [P\($0 + 1)]}\n" }.joined()
      try workspace.put(.file("phases:\n  OPS: {verdict: DESIGNED, requires: [P0]}\n" + chain), at: "registry.yaml")
    },
    HostileCase(
      "phases that need each other",
      project(
        "registry.yaml", "phases:\n  OPS: {requires: [B, OPS]}\n  B: {requires: [C]}\n  C: {requires: [B, OPS]}\n"),
      judged),
    HostileCase("a registry of aliases", project("registry.yaml", bomb), told),
    HostileCase(
      "a registry that is anything else",
      project("registry.yaml", "phases: {OPS: 1, B: [], C: {requires: 1e999, verdict: {}}, ? [a] : b}\n"),
      told.expecting(.answers([2, 3, 4], [Planted.paths[1]]))),
    HostileCase(
      "a feed line beyond every limit",
      project("feed.jsonl", .file("{\"a\": \"" + String(repeating: "x", count: 70 << 20) + "\"}\n")), told),
    HostileCase(
      "a feed of very many lines",
      project(
        "feed.jsonl",
        .file(
          String(
            repeating: "{\"ts\":\"2026-01-01T10:00:00Z\",\"phase_id\":\"OPS\",\"action\":\"started\"}\n", count: count))
      ), judged),
    HostileCase(
      "a feed of broken lines only",
      project("feed.jsonl", .file(String(repeating: "{\"ts\":\n\u{0}\n[[[[\n", count: 2_000))), judged),
    HostileCase(
      "a feed that names evidence outside",
      project(
        "feed.jsonl",
        .file(
          [
            "../outside/x", "/etc/passwd", "/dev/zero", "a\u{0}b", "~", "", ".", "link", "fifo", "~root/x",
            String(repeating: "x/", count: 5_000),
          ]
          .map {
            "{\"ts\":\"2026-01-01T10:00:00Z\",\"phase_id\":\"OPS\",\"action\":\"completed\",\"evidence\":[\"\($0.replacingNUL)\"]}\n"
          }.joined())
      ).merging(["link": .link(to: "/etc/passwd"), "fifo": .fifo]) { $1 }, judged),
    HostileCase(
      "times of every kind",
      project(
        "feed.jsonl",
        .file(
          [
            "0000-00-00T00:00:00Z", "9999-12-31T23:59:60Z", "-1", "1e400", "2026-01-01", "٢٠٢٦",
            "2026-01-01T10:00:00+99:99", "NaN",
          ].map {
            "{\"ts\":\"\($0)\",\"ts_epoch_ms\":99999999999999999999,\"phase_id\":\"OPS\",\"action\":\"started\"}\n"
          }.joined())), judged),
  ]

  /// Each line stands for ten of the one before.
  static let bomb: Entry = .file(
    "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
      + (1..<12).map { index in
        "a\(index): &a\(index) [" + Array(repeating: "*a\(index - 1)", count: 10).joined(separator: ", ") + "]\n"
      }.joined())

  private static func chain(_ count: Int) -> @Sendable (Workspace) throws -> Void {
    { workspace in
      for (path, entry) in configuration { try workspace.put(entry, at: path) }
      for index in 0..<count {
        try workspace.put(
          .file("- **Phase / Task ID**: P\(index)\n- **Gate**: G\(index)\n- **Requires**: P\(index + 1)\n"),
          at: "dod/DOD__P\(index).md")
      }
    }
  }

  @Test(arguments: cases) func `keeps every promise`(_ example: HostileCase) throws { try example.check() }
}

extension String {
  /// NUL as JSON writes it.
  fileprivate var replacingNUL: String {
    split(separator: "\u{0}", omittingEmptySubsequences: false).joined(separator: "\\u0000")
  }
}
