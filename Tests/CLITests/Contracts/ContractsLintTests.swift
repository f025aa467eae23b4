import Testing

/// `contracts lint` from end to end.
@Suite struct ContractsLintTests {
  private static let pack = "docs/model_spec/data-engine/interface_pack"

  private func workspace(outputs: String) throws -> Workspace {
    try Workspace([
      "\(Self.pack)/engine_outputs.catalogue.yaml": .file(outputs),
      "\(Self.pack)/engine_gates.map.yaml": "gates: []\n",
    ])
  }

  @Test func `a clean pack exits 0 and says what was looked at`() throws {
    let workspace = try workspace(outputs: "outputs:\n- {output_id: a, scope: scope_global, path_template: a.json}\n")
    let outcome = try workspace.run("contracts", "lint", "--pack", ".")
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output == "clean: 1 output, 0 gates, 0 contracts, 2 files read\n")
    let answer = try workspace.run("contracts", "lint", "--pack", ".", "--json").json()
    #expect(answer["clean"]?.boolean == true)
    #expect(answer["findings"]?.count == 0)
  }

  @Test func `a finding names its rule, its line and what to do`() throws {
    let workspace = try workspace(
      outputs: "outputs:\n- output_id: \"a\\u001b\"\n  scope: scope_global\n  path_template: /a.json\n")
    let outcome = try workspace.run("contracts", "lint", "--pack", ".")
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.output.contains("  4:18     TEMPLATE_ESCAPE outputs/a\\u{1b}/path_template\n"), "\(outcome)")
    #expect(outcome.output.contains("fix: Name a path below the root"), "\(outcome)")
    let finding = try workspace.run("contracts", "lint", "--pack", ".", "--format", "json").json()["findings"]?[0]
    #expect(finding?["rule"]?.string == "TEMPLATE_ESCAPE")
    #expect(finding?["where"]?.string == "outputs/a\u{1B}/path_template")
    #expect(finding?["line"]?.integer == 4)
  }

  @Test func `no folder is no verdict, no --pack a usage error`() throws {
    let workspace = try Workspace([:])
    #expect(try workspace.run("contracts", "lint", "--pack", "gone").status == 4)
    #expect(try workspace.run("contracts", "lint").status == 64)
  }
}
