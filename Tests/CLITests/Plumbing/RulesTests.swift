import Testing

/// `auditor rules`: what rule authors and readers of findings ask.
@Suite struct RulesTests {
  @Test func `every rule that is listed can be explained`() throws {
    let list = try BuiltBinary.run(["rules", "list", "--json"], in: "/")
    #expect(list.status == 0)
    let ids = try #require(try list.json()["rules"]).texts(of: "id")
    #expect(ids.contains("hard-path.home") && ids == ids.sorted())
    for id in ids {
      let page = try BuiltBinary.run(["rules", "explain", id], in: "/")
      #expect(page.status == 0, "\(page)")
      #expect(page.output.contains(id))
    }
    #expect(try BuiltBinary.run(["rules", "explain", "secret"], in: "/").status == 0, "a family has a page too")
  }

  @Test func `the built-in examples hold`() throws {
    let outcome = try BuiltBinary.run(["rules", "test"], in: "/")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains(" 0 fail"))
  }

  private static func pack(pattern: String) -> Entry {
    """
    rules:
      - id: word
        message: "found"
        severity: error
        pattern-regex: '\(pattern)'
        metadata: {remediation: "leave it out"}
        examples:
          match: ["a cat"]
          ok: ["a dog"]

    """
  }

  @Test(arguments: [
    ("cat", 0, "0 fail"), ("zebra", 1, "packs/own.yaml:8: word: "), (".", 1, "packs/own.yaml:9: word: "),
  ])
  func `examples of a pack are run`(pattern: String, status: Int32, message: String) throws {
    let workspace = try Workspace(["packs/own.yaml": Self.pack(pattern: pattern)])
    let outcome = try workspace.run("rules", "test", "packs")
    #expect(outcome.status == status, "\(outcome)")
    #expect(outcome.output.contains(message), "\(outcome)")
  }

  @Test func `a pack that cannot be read gives no verdict`() throws {
    let workspace = try Workspace(["packs/own.yaml": "rules: ["])
    for arguments in [["rules", "test", "packs"], ["rules", "list", "--rules", "packs"], ["rules", "test", "gone"]] {
      let outcome = try workspace.run(arguments)
      #expect(outcome.status == 4, "\(outcome)")
      #expect(outcome.complaints.contains("packs/own.yaml:1") || outcome.complaints.contains("gone: cannot"))
    }
  }
}
