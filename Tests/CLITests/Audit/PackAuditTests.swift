import Testing

/// Interface packs as a part of `audit`.
@Suite struct AuditedPackTests {
  private static let pack = "docs/model_spec/data-engine/interface_pack"

  private func entries(below folder: String) -> [String: Entry] {
    [
      "src/a.py": "x = 1\n",
      "\(folder)\(Self.pack)/engine_outputs.catalogue.yaml":
        "outputs:\n- {output_id: a, scope: scope_global, path_template: /a.json}\n",
      "\(folder)\(Self.pack)/engine_gates.map.yaml": "gates: []\n",
    ]
  }

  @Test(arguments: ["", "engine/"]) func `a pack that is found or named is linted`(folder: String) throws {
    var files = entries(below: folder)
    if !folder.isEmpty { files["auditor.yaml"] = "packs: [engine]\n" }
    let workspace = try Workspace(files)
    let outcome = try workspace.run("audit", "--json")
    let findings = try outcome.json()["findings"]?.elements.map { $0 } ?? []
    let finding = try #require(findings.first { $0["rule_id"]?.string == "contracts.template-escape" }, "\(outcome)")
    #expect(finding["path"]?.string == "\(folder)\(Self.pack)/engine_outputs.catalogue.yaml")
    #expect(finding["line"]?.integer == 2)
  }
}
