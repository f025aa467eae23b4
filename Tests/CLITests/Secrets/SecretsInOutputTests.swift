import Auditor
import Formats
import Testing

/// No secret that tells by its form what it is appears in clear in anything that is written: not on standard output, not on
/// standard error, in no report, ledger, capsule, baseline or feed, wherever in the tree it stood.
@Suite struct SecretsInOutputTests {
  private static let fixed = ["SOURCE_DATE_EPOCH": "1781524800", "LOGNAME": "ops"]

  /// Runs a command in the tree and looks at what it said.
  private func run(_ planted: PlantedSecrets, _ words: [String], _ more: [String: String] = [:]) throws -> Outcome {
    let outcome = try planted.workspace.run(words, environment: Self.fixed.merging(more) { $1 })
    let seen = planted.seen(in: outcome.standardOutput) + planted.seen(in: outcome.standardError)
    #expect(seen.isEmpty, "auditor \(words.joined(separator: " ")) shows \(seen)")
    return outcome
  }

  /// Every file below a folder of the tree, with its name.
  private func check(_ planted: PlantedSecrets, below folder: String) throws {
    let listing = try planted.workspace.start(["find", folder, "-type", "f"]).output.split(separator: "\n").map(
      String.init)
    #expect(!listing.isEmpty)
    for path in listing {
      let seen = planted.seen(in: Array(path.utf8) + (try planted.workspace.bytes(of: path)))
      #expect(seen.isEmpty, "\(path) holds \(seen)")
    }
  }

  @Test(arguments: ["scan", "audit"])
  func `no format of findings shows one`(command: String) throws {
    let planted = try PlantedSecrets()
    var formats = ["text", "json", "junit", "sarif", "sarif-github", "github", "gitlab", "markdown"]
    if command == "audit" { formats += ["html", "oscal"] }
    for format in formats {
      let outcome = try run(planted, [command, "--format", format])
      // The finding in each file of a secret name is told, and the names stay apart.
      #expect(outcome.output.contains("***"), "\(format) told nothing")
    }
    let report = try run(planted, [command, "--json"]).json()
    let paths = Set(report["findings"]?.elements.compactMap { $0["path"]?.text } ?? [])
    #expect(paths.count { $0.hasPrefix("src/names/") } == planted.tokens.count)
    // Unsuppressed, undisguised, without a cache, one job: the same.
    _ = try run(planted, [command, "--verbose", "--no-cache", "--jobs", "1", "--fail-on", "note"])
  }

  @Test func `no file of an audit holds one`() throws {
    let planted = try PlantedSecrets()
    _ = try run(planted, ["audit", "--ledger", "../out/audits.sqlite", "--reports-dir", "../out/reports", "--verbose"])
    _ = try run(planted, ["audit", "--ledger", "../out/audits.sqlite", "--reports-dir", "../out/again"])
    _ = try run(planted, ["report", "--out", "../out/page.html", "--ledger", "../out/audits.sqlite"])
    _ = try run(planted, ["report", "--out", "-"])
    _ = try run(planted, ["report", "--capsule", "../out/capsule"])
    _ = try run(planted, ["baseline", "write", "--baseline", "../out/baseline.jsonl"])
    _ = try run(planted, ["scan", "--baseline", "../out/baseline.jsonl"])
    _ = try run(planted, ["baseline", "prune", "--baseline", "../out/baseline.jsonl"])
    for words in [["verify"], ["verify", "--json"], ["export"]] {
      _ = try run(planted, ["ledger"] + words + ["--ledger", "../out/audits.sqlite"])
    }
    for words in [[], ["--json"], ["--org"], ["--org", "--json"], ["--org", "--format", "html"]] {
      _ = try run(planted, ["trend", "--ledger", "../out/audits.sqlite"] + words)
    }
    try check(planted, below: "../out")
  }

  @Test func `a baseline covers a file whose name it does not tell`() throws {
    let planted = try PlantedSecrets()
    _ = try run(planted, ["baseline", "write", "--baseline", "../out.jsonl"])
    let report = try run(planted, ["scan", "--json", "--baseline", "../out.jsonl"]).json()
    let named = report["findings"]?.elements.filter { $0["path"]?.text.hasPrefix("src/names/") == true } ?? []
    #expect(!named.isEmpty && named.allSatisfy { $0.at("suppressed", "kind")?.text == "baseline" })
  }

  @Test func `a report of somebody else brings none into the ledger`() throws {
    let planted = try PlantedSecrets()
    let report = try run(planted, ["audit", "--json"]).output
    let words = planted.tokens.joined(separator: " ") + planted.addresses.joined(separator: " ") + planted.tokens[1]
    let forged = report.replacing("\"message\": \"", with: "\"message\": \"\(words)\\n\(planted.tokens[1]) ")
      .replacing("\"path\": \"src/", with: "\"path\": \"\(planted.tokens[2])/src/")
      .replacing("\"reason\": \"", with: "\"reason\": \"\(words)")
    try planted.workspace.put(.file(forged), at: "../out/report.json")
    let script = "(jq -c 'del(.findings)' report.json; jq -c '.findings[]' report.json) > report.jsonl; rm report.json"
    for name in ["report.json", "report.jsonl"] {
      if name == "report.jsonl" {
        guard try planted.workspace.start(["sh", "-c", "cd ../out && command -v jq && \(script)"]).status == 0 else {
          break
        }
      }
      let place = ["--ledger", "../out/ledger/\(name).sqlite", "--target", "shop-\(planted.tokens[0])"]
      _ = try run(planted, ["ledger", "record"] + place + ["../out/\(name)"])
      _ = try run(planted, ["ledger", "record"] + place + ["../out/\(name)"])
      let outcome = try run(planted, ["ledger", "export", "--ledger", "../out/ledger/\(name).sqlite"])
      #expect(outcome.output.contains("***"))
      _ = try run(
        planted, ["trend", "--ledger", "../out/ledger/\(name).sqlite", "--target", "shop-\(planted.tokens[0])"])
    }
    try check(planted, below: "../out/ledger")
  }

  @Test func `no command about phases, gates, contracts or evidence shows one`() throws {
    let planted = try PlantedSecrets()
    let root = ["DOD_ROOT": ".", "DOD_DOCS": "dod", "DOD_FEED": "evidence/feed.jsonl"]
    for words in [
      ["--all"], ["--all", "--json"], ["--phase", planted.phase], ["--all", "--forensics"],
      ["--all", "--forensics", "--json"], ["--all", "--missing-only"],
    ] {
      _ = try run(planted, ["dod"] + words, root)
      _ = try run(planted, ["dod"] + words)
    }
    _ = try run(planted, ["drift", "--once", "--json"], root)
    _ = try run(planted, ["signoff", planted.phase, "--ledger", "../s.sqlite", "--actor", planted.tokens[1]], root)
    let map = ["--root", "gates/run", "--gate-map", "gates/gates.map.yaml"]
    for words in [
      ["verify"], ["closure"], ["lint"], ["verify", "--json"], ["closure", "--json"], ["lint", "--json"],
    ] {
      _ = try run(planted, ["gates"] + words + map + (words[0] == "lint" ? [] : ["--gate", planted.gate]))
    }
    _ = try run(planted, ["gates", "explain", "--gate-map", "gates/gates.map.yaml", planted.gate])
    _ = try run(planted, ["contracts", "lint", "--pack", "."])
    for name in ["\(planted.tokens[0]).schema.json", "bad.schema.json", "ref.schema.json", "none.schema.json"] {
      for format in [[], ["--json"]] {
        _ = try run(planted, ["schema", "validate", "--schema", "contracts/\(name)", "dod/registry.yaml"] + format)
      }
    }
    _ = try run(planted, ["bundle", "validate", "gates/run"])
    _ = try run(planted, ["reality", "gates/run"])
    _ = try run(planted, ["reality", "gates/run", "--json"])
    _ = try run(planted, ["prove-gate", "dod", planted.phase], root)
    _ = try run(planted, ["attest", "test-result"])
    _ = try run(planted, ["config", "explain"])
    _ = try run(planted, ["hash", "src/names/\(planted.tokens[0])/m-\(planted.tokens[0]).py"])
    _ = try run(planted, ["parse", "dod/registry.yaml"])
    _ = try run(planted, ["parse", "contracts/none.schema.json"])
    _ = try run(planted, ["rules", "test", "dod/registry.yaml"])
    _ = try run(planted, ["run", "--phase", planted.phase, "--show-command", "--", "true", planted.tokens[1]], root)
  }

  @Test func `no error shows one`() throws {
    let planted = try PlantedSecrets()
    let line = planted.tokens.joined(separator: " ")
    for (place, text) in [
      ("auditor.yaml", "\(planted.tokens[1]): 1\n"), ("auditor.yaml", "scan: [\(line)\n"),
      ("auditor.yaml", "scan: {exclude: [\"[\(line)\"]}\nfail_on: \(planted.addresses[0])\n"),
      ("auditor.yaml", "ledger: /etc/\(planted.tokens[2])\nwaivers: \(planted.tokens[3])\n"),
      (
        "auditor.yaml",
        "dod: {docs: \(planted.tokens[1]), feed: \(planted.tokens[2]), registry: \(planted.tokens[3])}\n"
      ),
    ] {
      try planted.workspace.put(.file(text), at: place)
      for command in [["audit"], ["audit", "--json"], ["scan"], ["config", "explain"], ["baseline", "write"]] {
        _ = try run(planted, command)
      }
    }
    for words in [
      ["scan", "absent/\(planted.tokens[1])"], ["audit", planted.tokens[2]], ["scan", "--rules", planted.tokens[3]],
      ["ledger", "verify", "--ledger", planted.tokens[4]], ["rules", "explain", planted.tokens[5]],
      ["scan", "--diff", planted.tokens[6]], ["gates", "verify", "--gate-map", planted.tokens[7]], [planted.tokens[8]],
      ["scan", "--\(planted.tokens[9])"], ["scan", "--jobs", planted.tokens[10]], ["hash", planted.addresses[0]],
      ["attest", "verify", "--allowed-signers", planted.tokens[11], planted.tokens[12]],
    ] {
      let outcome = try run(planted, words)
      #expect(outcome.status != 0, "\(words)")
    }
  }

  @Test func `no row of a sweep holds one`() throws {
    let planted = try PlantedSecrets()
    try planted.workspace.put(.file("p = '/ho" + "me/ann'\n"), at: "../many/r-\(planted.tokens[0])/a.py")
    _ = try planted.workspace.start(["cp", "-r", ".", "../many/all"])
    _ = try run(planted, ["sweep", "--below", "../many", "--out", "../out", "--ledger", "../out/l.sqlite"])
    _ = try run(planted, ["sweep", "--below", "../many", "--out", "../out", "--json"])
  }
}
