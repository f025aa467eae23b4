import EndToEnd
import Testing

/// Links that go round, or lead out.
@Suite struct LinkTests {
  private static let outside: [String: Entry] = [
    "../outside/secret.py": .file("ROOT = \"/Users/\(Promises.secret)/work\"\n"),
    "../outside/.gitignore": "*\n",
    "../outside/exclude": "*\n",
    "../outside/auditor.yaml": "scan: {exclude: ['**']}\n",
    "../outside/rules.yaml": "rules: []\n",
  ]

  static let cases = [
    HostileCase(
      "chains, loops and fans of links",
      outside.merging([
        "l/self": .link(to: "self"), "l/a": .link(to: "b"), "l/b": .link(to: "a"), "l/up": .link(to: "../.."),
        "l/root": .link(to: "/"), "l/out": .link(to: "../../outside"), "l/proc": .link(to: "/proc/self/root"),
        "l/fd": .link(to: "/proc/self/fd/0"), "l/zero": .link(to: "/dev/zero"), "l/tty": .link(to: "/dev/tty"),
        "l/absent": .link(to: "nowhere"), "l/long": .link(to: String(repeating: "../l/", count: 800) + "x"),
      ]) { $1 }, .audit(), .scan()),
    HostileCase("a hundred thousand ways through links", .audit()) { workspace in
      for depth in 0..<16 {
        try workspace.put(.folder, at: "fan/\(depth)")
        for way in 0..<2 { try workspace.put(.link(to: "../\(depth + 1)"), at: "fan/\(depth)/way\(way)") }
      }
    },
    HostileCase(
      "ignore files that are links", outside.merging([".gitignore": .link(to: "../outside/.gitignore")]) { $1 },
      .audit()),
    HostileCase(
      "a list of exclusions outside of the tree",
      outside.merging([".git/info/exclude": .link(to: "../../../outside/exclude"), ".git/HEAD": "ref: refs/heads/x\n"])
      { $1 },
      .scan()),
    HostileCase(
      "a configuration outside of the tree",
      outside.merging(["auditor.yaml": .link(to: "../outside/auditor.yaml")]) { $1 },
      .command("audit", answering: [4], saying: "leads outside the root"),
      .refused("scan", saying: "leads outside the root")),
    HostileCase(
      "rules outside of the tree",
      outside.merging(["auditor.yaml": "rules: [own]\n", "own": .link(to: "../outside/rules.yaml")]) { $1 },
      .command("audit", answering: [4], saying: "leads outside the root"),
      .refused("scan", saying: "leads outside the root")),
    HostileCase(
      "a folder of reports that is a link to another of the tree",
      ["real/keep.txt": "kept\n", "reports": .link(to: "real")], .audit().reporting(to: "tree/real")),
    HostileCase(
      "a folder of reports that is a link out of the tree",
      ["reports": .link(to: "../outside"), "../outside": .folder],
      .command("audit", "--json", answering: [4], saying: "leads outside the root")),
    HostileCase(
      "reports that are links to what must be kept",
      [
        "reports/dod_report.latest.json": .link(to: "../keep.txt"),
        "reports/junit.xml": .link(to: "../../outside/keep.txt"),
        "reports/report.html": .link(to: "/dev/full"), "keep.txt": "kept\n", "../outside/keep.txt": "kept\n",
      ], .audit()),
    HostileCase(
      "evidence bundles that are links out",
      outside.merging([
        "bundle/artifact_index.json": .link(to: "../../outside/secret.py"),
        "gates/gate_map.yaml": .link(to: "../../outside/rules.yaml"),
      ]) { $1 }, .audit()),
  ]

  @Test(arguments: cases) func `keeps every promise`(_ example: HostileCase) throws { try example.check() }
}
