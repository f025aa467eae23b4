import Formats
import Glibc
import Rules
import Scanning
import Testing

@testable import Reports

/// A hundred thousand findings in each format, held to the schema that is published of it.
@Suite struct ManyFindingsByTheirSchemasTests {
  private static let folder =
    "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/reports/schema"

  private static func bytes(_ name: String) throws -> [UInt8] {
    let file = try #require(fopen("\(folder)/\(name)", "rb"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece.prefix(count) }
    return bytes
  }

  private static func check(_ document: [UInt8], by name: String) throws {
    let schema = try JSONSchema(try JSON.read(try bytes("\(name).schema.json")), patterns: SchemaPattern.compiler)
    let errors = schema.validate(try JSON.read(document))
    #expect(errors.isEmpty, "\(name): \(errors.prefix(3))")
  }

  private static func run() -> AuditRun {
    AuditRun(
      tool: .init(name: "auditor", version: "1", rulePackDigest: String(repeating: "0", count: 64)),
      time: Timestamp(milliseconds: 1_767_225_600_000), gitHead: String(repeating: "a", count: 40), threshold: .error,
      rules: [], inputs: [], findings: (0..<ManyFindings.files).flatMap { ManyFindings.findings($0) }, phases: [],
      gates: [], contracts: [], unevaluated: [], coverage: Coverage())
  }

  @Test func `the report of a scan`() throws {
    let report = ScanReport(
      findings: try ManyFindingsTests.set.get().findings, unevaluated: [], coverage: Coverage(),
      tool: .init(name: "auditor", version: "1", rulePackDigest: String(repeating: "0", count: 64)),
      scope: Scope(.tree))
    try Self.check(try WholeReport.bytes { sink in try report.writeJSON { try sink($0) } }, by: "scan_report")
  }

  @Test(arguments: [SARIFReport.Profile.full, .github])
  func `SARIF`(profile: SARIFReport.Profile) throws {
    let report = SARIFReport(try ManyFindingsTests.set.get(), profile: profile) { _ in nil }
    try Self.check(try WholeReport.bytes { sink in try report.write { try sink($0) } }, by: "sarif")
  }

  @Test func `code quality`() throws {
    let report = GitLabCodeQuality(try ManyFindingsTests.set.get())
    try Self.check(try WholeReport.bytes { sink in try report.write { try sink($0) } }, by: "code_quality")
  }

  @Test(arguments: JUnitSchema.allCases)
  func `JUnit XML`(dialect: JUnitSchema) throws {
    let report = ScanJUnit(try ManyFindingsTests.set.get(), threshold: .error, time: Timestamp(milliseconds: 0)).report
    let validator = try XMLSchemaValidator(schema: try Self.bytes("junit.xsd"))
    let errors = try validator.errors(in: try report.xml(dialect))
    #expect(errors.isEmpty, "\(errors.prefix(3))")
  }

  @Test func `the report of an audit, OSCAL and in-toto`() throws {
    let run = Self.run()
    try Self.check(try AuditReportJSON(run).bytes(), by: "dod_report")
    try Self.check(OSCALResults(run).bytes(), by: "oscal_assessment_results")
    try Self.check(try TestResultStatement(run, target: "shop").bytes, by: "test_result_statement")
  }

  @Test func `the page is well-formed, and stays small`() throws {
    let page = AuditPage(Self.run(), history: []).bytes()
    let outline = try PageOutline(page)
    #expect(page.count < 1 << 20 && outline.text.contains("100,000"))
    #expect(Set(outline.ids).count == outline.ids.count)
  }

  @Test func `the ledger verifies, and exports a line of JSON a row`() throws {
    let world = try LedgerWorld()
    #expect(try world.record(Self.run()).appeared == ManyFindings.count)
    #expect(try Ledger.verify(world.path()).isIntact)
    var lines = 0
    var rest: [UInt8] = []
    let verdict = try Ledger.open(world.path()).export { bytes in
      rest += bytes
      guard let end = rest.lastIndex(of: 0x0A) else { return }
      for line in rest[...end].split(separator: 0x0A) {
        lines += 1
        // All are written alike: the first ones are read, the others counted.
        if lines <= 100 { #expect((try? JSON.read(Array(line)))?["table"] != nil || lines == 1) }
      }
      rest = Array(rest[(end + 1)...])
    }
    #expect(verdict.isIntact && rest.isEmpty && lines == ManyFindings.count + 2)
  }
}
