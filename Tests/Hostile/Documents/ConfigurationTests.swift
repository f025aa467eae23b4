import EndToEnd
import Testing

/// Configurations, rule packs, policies, waivers and baselines that belong to the audited tree and are hostile.
@Suite struct ConfigurationTests {
  private static let refused = HostileRun.command("scan", "--json", answering: [4])
  private static let refusedAudit = HostileRun.command("audit", "--json", "--no-cache", answering: [4])

  private static func pack(_ patterns: [String]) -> Entry {
    .file(
      "rules:\n"
        + patterns.enumerated().map { index, pattern in
          """
            - id: own-\(index)
              message: found
              severity: note
              languages: [generic]
              pattern-regex: '\(pattern)'
              metadata: {remediation: none}
              examples: {match: [], ok: []}

          """
        }.joined())
  }

  static let cases = [
    HostileCase("a configuration of aliases", ["auditor.yaml": DefinitionTests.bomb], refused, refusedAudit),
    HostileCase("an alias that holds itself", ["auditor.yaml": "scan: &a {include: [*a]}\n"], refused, refusedAudit),
    HostileCase(
      "a configuration of every wrong type",
      [
        "auditor.yaml":
          "scan: 1\ndod: [x]\ngates: {}\ncontracts: 1e999\nrules: {a: b}\nfail_on: [never]\ndisable: {x: y}\nwaivers: 1\nbaseline: []\nledger: {}\nreality: 3\nevidence: x\npacks: {}\nbundles: 1\n"
      ],
      refused, refusedAudit),
    HostileCase("keys that come twice", ["auditor.yaml": "scan: {exclude: ['**']}\nscan: {}\n"], refused, refusedAudit),
    HostileCase(
      "paths that lead out",
      [
        "auditor.yaml":
          "rules: [../x, /etc]\ndod: {docs: ../outside, feed: /dev/zero}\ncontracts: [../../x]\nledger: ../sprung\n"
      ], refused, refusedAudit),
    HostileCase(
      "a name of 50,000 bytes and a suggestion for it",
      ["auditor.yaml": .file(String(repeating: "sacn", count: 12_500) + ": {}\n")], refused),
    HostileCase(
      "very many unknown keys", ["auditor.yaml": .file((0..<5_000).map { "key\($0): 1\n" }.joined())], refused),
    HostileCase(
      "patterns with more ways than can be counted",
      ["auditor.yaml": .file("scan:\n  exclude: [\"" + String(repeating: "{a,b}", count: 40) + "\"]\n")],
      refused.expecting(.answers([1, 4], []))),
    HostileCase(
      "patterns of stars",
      [
        "auditor.yaml": .file(
          "scan:\n  exclude: [\"" + String(repeating: "**/*", count: 300) + "b\", \""
            + String(repeating: "*a", count: 500) + "b\"]\n"), "aaaa/aaaa/aaaa.py": "x = 1\n",
      ],
      HostileRun.scan().expecting(.findsAtLeast)),
    HostileCase(
      "brackets and braces that nobody closes", ["auditor.yaml": "scan: {exclude: ['[', '{a,', 'a[!', '\\\\', '']}\n"],
      refused.expecting(.answers([1, 4], []))),
    HostileCase(
      "rules that take powers elsewhere",
      [
        "auditor.yaml": "rules: [own.yaml]\n", "own.yaml": pack(["(a+)+$", "(a|aa)*c", "(.*)*x", "(?:a?){500}a{500}"]),
        "a.py": .file(String(repeating: "a", count: 20_000) + "!\n"),
      ],
      refused.expecting(.answers([0, 1, 4], [])), .command("rules", "test", "own.yaml", answering: [0, 1, 4])),
    HostileCase(
      "rules beyond the limits",
      [
        "auditor.yaml": "rules: [own.yaml]\n",
        "own.yaml": pack(["((a{1000}){1000}){1000}", String(repeating: "(", count: 50_000), "\\p{Nothing}", "(?<=a)b"]),
      ], refused, refusedAudit),
    HostileCase(
      "a rule pack that is a folder of FIFOs",
      ["auditor.yaml": "rules: [own]\n", "own/a.yaml": .fifo, "own/b.yaml": .link(to: "/dev/zero")], refused,
      refusedAudit),
    HostileCase(
      "rules that are no rules", ["auditor.yaml": "rules: [own.yaml]\n", "own.yaml": DefinitionTests.bomb], refused),
    HostileCase(
      "suppressions of everything",
      [
        "src/a.py": .file(
          String(
            repeating: "x = 1  # auditor:ignore hard-path, todo-critical -- \u{202E}no reason (until 9999-99-99)\n",
            count: 2_000))
      ],
      HostileRun.audit("--no-cache")),
    HostileCase(
      "waivers and baselines that are hostile",
      [
        "auditor.yaml": "waivers: [w.yaml]\nbaseline: b.jsonl\n", "w.yaml": DefinitionTests.bomb,
        "b.jsonl": .bytes([UInt8](repeating: 0xFF, count: 100_000)),
      ], refused, refusedAudit),
    HostileCase(
      "a baseline that is a link out", ["auditor.yaml": "baseline: b.jsonl\n", "b.jsonl": .link(to: "/dev/zero")],
      refused,
      .command("baseline", "write", "--baseline", "b.jsonl", answering: [0, 4])),
  ]

  @Test(arguments: cases) func `keeps every promise`(_ example: HostileCase) throws { try example.check() }
}
