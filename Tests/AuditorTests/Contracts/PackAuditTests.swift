import Auditor
import Rules
import Testing

/// One change to the sample pack, and what the lint must say of it: `RULE where`.
struct SpoiltPack: Sendable, CustomTestStringConvertible {
  let path: String
  let old: String
  let new: String
  let findings: [String]

  init(_ path: String, _ old: String, _ new: String, _ findings: String...) {
    self.path = path
    self.old = old
    self.new = new
    self.findings = findings
  }

  var testDescription: String { "\(old) -> \(new)" }

  static let identities: [SpoiltPack] = [
    SpoiltPack(
      SamplePack.catalogue, "output_id: zones", "output_id:", "ID_MISSING outputs/[1]",
      "OUTPUT_UNKNOWN gates/gate.6A/authorizes_outputs/zones"),
    SpoiltPack(
      SamplePack.catalogue, "output_id: zones", "output_id: stops", "ID_DUPLICATE outputs/stops",
      "NOT_AUTHORISED outputs/stops/read_requires_gates/gate.6A", "NOT_REQUIRED gates/gate.2B/authorizes_outputs/stops",
      "OUTPUT_UNKNOWN gates/gate.6A/authorizes_outputs/zones"),
    SpoiltPack(
      SamplePack.catalogue, "[gate.6A]", "[gate.6a]", "GATE_UNKNOWN outputs/zones/read_requires_gates/gate.6a",
      "NOT_REQUIRED gates/gate.6A/authorizes_outputs/zones"),
    SpoiltPack(
      SamplePack.map, "authorizes_outputs: [zones]", "authorizes_outputs:", "GATE_NO_OUTPUTS gates/gate.6A",
      "NOT_AUTHORISED outputs/zones/read_requires_gates/gate.6A"),
    SpoiltPack(
      SamplePack.map, "[gate.2B]", "[gate.2B, gate.9]",
      "UPSTREAM_UNKNOWN gates/gate.6A/upstream_gate_dependencies/gate.9"),
    SpoiltPack(
      SamplePack.map, "dependencies: []", "dependencies: [gate.6A]",
      "GATE_CYCLE gates/gate.2B/upstream_gate_dependencies"),
    SpoiltPack(
      SamplePack.map, "dependencies: []", "dependencies: [gate.2B]",
      "GATE_CYCLE gates/gate.2B/upstream_gate_dependencies"),
  ]

  static let templates: [SpoiltPack] = [
    SpoiltPack(
      SamplePack.catalogue, "data/zones.json", "\"data/zones.json\\n\"",
      "TEMPLATE_WHITESPACE outputs/zones/path_template"),
    SpoiltPack(
      SamplePack.catalogue, "data/zones.json", "\"\\u00a0data/zones.json\"",
      "TEMPLATE_WHITESPACE outputs/zones/path_template"),
    SpoiltPack(
      SamplePack.catalogue, "data/zones.json", "data/{run_id}/zones.json",
      "TEMPLATE_TOKEN outputs/zones/path_template/run_id"),
    SpoiltPack(SamplePack.catalogue, "part-*", "{}", "TEMPLATE_BRACE outputs/stops/path_template"),
    SpoiltPack(SamplePack.catalogue, "{seed}", "{{seed}}", "TEMPLATE_BRACE outputs/stops/path_template"),
    SpoiltPack(
      SamplePack.catalogue, "data/zones.json", "/data/zones.json", "TEMPLATE_ESCAPE outputs/zones/path_template"),
    SpoiltPack(
      SamplePack.catalogue, "data/zones.json", "data/../zones.json", "TEMPLATE_ESCAPE outputs/zones/path_template"),
    SpoiltPack(SamplePack.catalogue, "seed={seed}/", "", "PARTITION_UNUSED outputs/stops/partitions/seed"),
    SpoiltPack(SamplePack.catalogue, "scope_global", "scope_", "SCOPE_PARTITIONS outputs/zones/scope"),
    SpoiltPack(SamplePack.catalogue, "scope_manifest_fingerprint_seed", "scope_seed_manifest_fingerprint"),
    SpoiltPack(
      SamplePack.catalogue, "scope_manifest_fingerprint_seed", "scope_seed", "SCOPE_PARTITIONS outputs/stops/scope"),
    SpoiltPack(
      SamplePack.map, "scope: scope_seed", "scope: run", "TEMPLATE_TOKEN gates/gate.6A/bundle_root_template/seed",
      "TEMPLATE_TOKEN gates/gate.6A/index_path_template/seed",
      "TEMPLATE_TOKEN gates/gate.6A/passed_flag_path_template/seed"),
    SpoiltPack(
      SamplePack.map, "v/6A/{seed}/index.json", "v/{name}/index.json",
      "TEMPLATE_TOKEN gates/gate.6A/index_path_template/name"),
  ]

  static let gates: [SpoiltPack] = [
    SpoiltPack(
      SamplePack.map, "  index_path_template: v/6A/{seed}/index.json\n", "",
      "GATE_FIELD gates/gate.6A/index_path_template"),
    SpoiltPack(
      SamplePack.map, "  bundle_root_template: v/6A/{seed}/\n", "", "GATE_FIELD gates/gate.6A/bundle_root_template"),
    SpoiltPack(
      SamplePack.map, "digest_field: hex, exclude", "exclude",
      "GATE_FIELD gates/gate.2B/verification_method/digest_field"),
    SpoiltPack(
      SamplePack.map, "sha256_index_json_ascii_lex_raw_bytes", "md5", "GATE_LAW gates/gate.6A/verification_method/kind"),
    SpoiltPack(SamplePack.map, "index_order", "random", "GATE_ORDERING gates/gate.6A/verification_method/ordering"),
    SpoiltPack(
      SamplePack.map, "digest_field: hex, exclude", "ordering: index_order, digest_field: hex, exclude",
      "GATE_ORDERING gates/gate.2B/verification_method/ordering"),
    SpoiltPack(SamplePack.map, "run_root", "root", "GATE_PATH_BASE gates/gate.6A/verification_method/path_base"),
    SpoiltPack(
      SamplePack.map, "[_passed.flag]", "[other]",
      "GATE_FLAG_HASHED gates/gate.2B/verification_method/exclude_filenames"),
    SpoiltPack(
      SamplePack.map, ", exclude_filenames: [_passed.flag]", "",
      "GATE_FLAG_HASHED gates/gate.2B/verification_method/exclude_filenames"),
  ]

  static let references: [SpoiltPack] = [
    SpoiltPack(
      SamplePack.catalogue, "schemas.2B.yaml#/egress/stops", "'#/egress/stops'", "REF_FILE outputs/stops/schema_ref"),
    SpoiltPack(
      SamplePack.catalogue, "schemas.2B.yaml#/egress/stops", "/etc/hosts#x", "REF_ESCAPE outputs/stops/schema_ref"),
    SpoiltPack(
      SamplePack.catalogue, "schemas.2B.yaml#/egress/stops", "../../../../../x.yaml",
      "REF_ESCAPE outputs/stops/schema_ref"),
    SpoiltPack(SamplePack.catalogue, "shared/zones.yaml", "shared/none.yaml", "REF_FILE outputs/zones/schema_ref"),
    SpoiltPack(SamplePack.catalogue, "schema_ref: shared/zones.yaml", "schema_ref: ''"),
    SpoiltPack(
      SamplePack.catalogue, "shared/zones.yaml", "shared/zones.yaml#/", "REF_FRAGMENT outputs/zones/schema_ref"),
    SpoiltPack(SamplePack.catalogue, "schemas.2B.yaml#/egress/stops", "schemas.2B.yaml#/validation/list/1/type"),
    SpoiltPack(
      SamplePack.catalogue, "dictionary.yaml#stops", "dictionary.yaml#stop", "REF_FRAGMENT outputs/stops/dictionary_ref"
    ),
    SpoiltPack(SamplePack.map, "schemas.2B.yaml#seal", "schemas.2B.yaml##seal"),
    SpoiltPack(
      SamplePack.map, "schemas.2B.yaml#seal", "schemas.2B.yaml#/seal", "REF_FRAGMENT gates/gate.2B/index_schema_ref"),
    SpoiltPack(
      SamplePack.catalogue, "owner_segment: 2B", "owner_segment: 4B", "REF_FILE outputs/stops/dictionary_ref",
      "REF_FILE outputs/stops/schema_ref"),
    SpoiltPack(SamplePack.schemas, "egress:", "egress: [", "FILE_INVALID \(SamplePack.schemas)"),
  ]

  static let contracts: [SpoiltPack] = [
    SpoiltPack(SamplePack.receipt, "type: object", "type: objekt", "CONTRACT_INVALID \(SamplePack.receipt)"),
    SpoiltPack(SamplePack.receipt, "{type: string}", "{pattern: '('}", "CONTRACT_INVALID \(SamplePack.receipt)"),
    SpoiltPack(
      SamplePack.receipt, "#/$defs/hex", "#/$defs/hax", "CONTRACT_REF \(SamplePack.receipt)#/properties/digest/$ref"),
    SpoiltPack(SamplePack.receipt, "#name", "#nome", "CONTRACT_REF \(SamplePack.receipt)#/properties/who/$ref"),
    SpoiltPack(
      SamplePack.receipt, "2B/schemas", "9Z/schemas", "CONTRACT_REF \(SamplePack.receipt)#/properties/stop/$ref"),
    SpoiltPack(
      SamplePack.receipt, "stop: {$ref: '../", "stop: {$ref: '../../../../../../",
      "CONTRACT_REF \(SamplePack.receipt)#/properties/stop/$ref"),
    SpoiltPack(
      SamplePack.receipt, "common.schema.yaml#name", "https://example.com/c.yaml",
      "CONTRACT_REF \(SamplePack.receipt)#/properties/who/$ref"),
    SpoiltPack(
      SamplePack.receipt, "elsewhere/receipt", "https://example.com/receipt",
      "CONTRACT_REF \(SamplePack.receipt)#/properties/digest/$ref",
      "CONTRACT_REF \(SamplePack.receipt)#/properties/stop/$ref",
      "CONTRACT_REF \(SamplePack.receipt)#/properties/who/$ref"),
    SpoiltPack(
      SamplePack.receipt, "properties:", "x-shapes: {a: {$ref: '#/b'}}\nproperties:",
      "CONTRACT_REF \(SamplePack.receipt)#/x-shapes/a/$ref"),
  ]

  static let files: [SpoiltPack] = [
    SpoiltPack(SamplePack.catalogue, "outputs:", "output:", "FILE_INVALID \(SamplePack.catalogue)"),
    SpoiltPack(SamplePack.catalogue, "outputs:", "outputs:\n- 3", "FILE_INVALID \(SamplePack.catalogue)"),
    SpoiltPack(SamplePack.map, "gates:", "gates: }", "FILE_INVALID \(SamplePack.map)"),
    SpoiltPack(SamplePack.receipt, "type: object", "\t}", "FILE_INVALID \(SamplePack.receipt)"),
  ]
}

@Suite("Linting interface packs")
struct PackAuditTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func lint(_ pack: SamplePack) throws -> PackResult {
    try pack.write(to: folder, below: "pack")
    return PackAudit(root: "\(folder.path)/pack").run()
  }

  private func told(_ result: PackResult) -> [String] {
    result.findings.map { "\($0.rule.rawValue) \($0.place)" }.sorted()
  }

  @Test("finds nothing in a pack that is right")
  func clean() throws {
    let result = try lint(SamplePack())
    #expect(told(result) == [])
    #expect(result.isClean)
    #expect((result.outputCount, result.gateCount, result.contracts.count) == (2, 2, 3))
    #expect(result.inputs.count == 8)
  }

  @Test(
    "finds each rule broken by itself",
    arguments: [
      SpoiltPack.identities, SpoiltPack.templates, SpoiltPack.gates, SpoiltPack.references, SpoiltPack.contracts,
      SpoiltPack.files,
    ].flatMap { $0 })
  func spoilt(change: SpoiltPack) throws {
    var pack = SamplePack()
    let text = try #require(pack.files[change.path])
    let range = try #require(text.firstRange(of: change.old), "the sample holds no '\(change.old)'")
    pack.files[change.path] = text.replacingCharacters(range, with: change.new)
    let result = try lint(pack)
    #expect(told(result) == change.findings.sorted())
    #expect(result.exitStatus == (change.findings.isEmpty ? .clean : .findings))
  }

  @Test("points at the line and column of what it found")
  func positions() throws {
    var pack = SamplePack()
    pack.files[SamplePack.catalogue]?.replace("[gate.6A]", with: "[gate.6A, gate.7]")
    pack.files[SamplePack.receipt]?.replace("#name", with: "#nome")
    let places = try lint(pack).findings.map { "\($0.location)" }
    #expect(places == ["\(SamplePack.receipt):5:15", "\(SamplePack.catalogue):16:34"])
  }

  @Test("takes the one file of several that lies in the segment's folder, and none when that decides nothing")
  func ambiguity() throws {
    var pack = SamplePack()
    let base = "\(SamplePack.engine)/layer-1/specs/contracts"
    pack.files["\(base)/3B/dictionary.yaml"] = "- {id: other}\n"
    #expect(told(try lint(pack)) == ["REF_AMBIGUOUS outputs/stops/dictionary_ref"])
    pack.files["\(base)/old/2B/dictionary.yaml"] = "- {id: stops}\n"
    #expect(told(try lint(pack)) == [])
    pack.files["\(base)/new/2B/dictionary.yaml"] = "- {id: stops}\n"
    #expect(told(try lint(pack)) == ["REF_AMBIGUOUS outputs/stops/dictionary_ref"])
    pack.files["\(base)/2B/dictionary.yaml"] = "- {id: stops}\n"
    #expect(told(try lint(pack)) == [])
  }

  @Test("follows no link out of the pack")
  func links() throws {
    try folder.write("type: array\n", to: "outside.yaml")
    var pack = SamplePack()
    pack.files["\(SamplePack.pack)/shared/zones.yaml"] = nil
    try pack.write(to: folder, below: "pack")
    try folder.makeFolder("pack/\(SamplePack.pack)/shared")
    try folder.link("pack/\(SamplePack.pack)/shared/zones.yaml", to: "../../../../../../outside.yaml")
    let result = PackAudit(root: "\(folder.path)/pack").run()
    #expect(told(result) == ["REF_ESCAPE outputs/zones/schema_ref"])
    #expect(!result.inputs.contains { $0.path.contains("zones") })
  }

  @Test("says only that the catalogue and the gate map are not there")
  func absent() throws {
    try folder.makeFolder("empty")
    let result = PackAudit(root: "\(folder.path)/empty").run()
    #expect(told(result) == ["FILE_INVALID \(SamplePack.map)", "FILE_INVALID \(SamplePack.catalogue)"].sorted())
    #expect(PackAudit(root: "\(folder.path)/none").run().exitStatus == .noVerdict)
  }
}

extension String {
  fileprivate func replacingCharacters(_ range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
