import Auditor
import Formats
import Rules
import Testing

@Suite("Schemas of an interface pack")
struct PackSchemasTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    var pack = SamplePack()
    pack.files["\(SamplePack.engine)/layer-1/specs/contracts/1A/dictionary.yaml"] =
      "- {id: stops, schema_ref: schemas.2B.yaml#/egress/stops}\n- {id: loop, schema_ref: dictionary.yaml#loop}\n"
    pack.files["\(PackLayout.examples)/receipt.good.json"] = #"{"digest": "0f", "stop": {}}"#
    pack.files["\(PackLayout.examples)/run.bad.json"] = #"{"receipt": {"digest": "0F"}}"#
    pack.files["\(PackLayout.examples)/unknown.json"] = "1"
    try pack.write(to: folder, below: "pack")
  }

  private func failing(_ reference: String, segment: String = "2B", _ instance: String) throws -> [String] {
    var schemas = try PackSchemas(root: "\(folder.path)/pack")
    let schema = try schemas.schema(reference, segment: segment)
    return schema.validate(try JSON.read(Array(instance.utf8))).map(\.failingPointer)
  }

  @Test("are found by path, by name, by place, and through a data set")
  func found() throws {
    #expect(try failing(SamplePack.receipt, #"{"digest": "0f", "who": "x"}"#) == [])
    #expect(
      try failing("receipt.schema.yaml", #"{"digest": "0F", "who": 1, "stop": []}"#) == ["/digest", "/who", "/stop"])
    #expect(try failing("run.schema.yaml", #"{"receipt": {"stop": 1}}"#) == ["/receipt/stop"])
    #expect(try failing("schemas.2B.yaml#/egress/stops", "[]") == [""])
    #expect(try failing("common.schema.yaml#name", "1") == [""])
    #expect(try failing("dictionary.yaml#stops", "1") == [""])
  }

  @Test(
    "are refused where they lead nowhere, out of the pack, or round in circles",
    arguments: [
      "none.yaml", "/etc/hosts", "../../../../../x.yaml", "schemas.2B.yaml#/nowhere", "dictionary.yaml#loop", "",
    ])
  func refused(reference: String) throws {
    #expect(throws: (any Error).self) { try failing(reference, "1") }
  }

  @Test("judge the pack's examples by the contracts that they are named like")
  func examples() throws {
    let examples = try PackSchemas(root: "\(folder.path)/pack").examples()
    #expect(
      examples.map { $0.contract?.split(separator: "/").last } == ["receipt.schema.yaml", "run.schema.yaml", nil])
  }

  @Test(
    "examples may be named by some words of a contract",
    arguments: [
      ("x/output_locator.first.json", "engine_output_locator"), ("event.json", nil), ("a.json", "a"), ("b.json", nil),
      (".json", nil),
    ] as [(String, String?)])
  func names(example: String, expected: String?) {
    let contracts = [
      "c/engine_output_locator.schema.yaml", "c/a.schema.yaml", "c/a_b.schema.yaml", "c/b_c.schema.yaml",
      "c/events.schema.yaml",
    ]
    #expect(ExampleName.contract(of: example, among: contracts) == expected.map { "c/\($0).schema.yaml" })
  }
}
