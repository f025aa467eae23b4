import Auditor
import Formats
import Glibc
import Testing

/// What the built binary writes for other tools, held to the schemas that those tools publish.
@Suite struct ReportSchemaTests {
  @Test(
    .enabled(if: ConformanceSuite.folder != nil, "the folder with the published schemas is not here"),
    arguments: [
      ("sarif", "sarif/sarif-schema-2.1.0.json"), ("sarif-github", "sarif/sarif-schema-2.1.0.json"),
      ("gitlab", "gitlab/code-quality-report.schema.json"),
    ])
  func `validates`(format: String, schema: String) throws {
    let folder = try #require(ConformanceSuite.folder)
    let example = ConformanceSuite.packageRoot + "/examples/workspace"
    let report = try run(["scan", example, "--format", format, "--category", "a/b"])
    #expect(report.status == 1)
    let instance = "/tmp/auditor-\(format)-\(getpid()).json"
    try AtomicFile.write(report.output, to: instance)
    defer { unlink(instance) }
    let verdict = try run(["schema", "validate", "--schema", "\(folder)/formats/\(schema)", instance])
    #expect(verdict.status == 0, "\(String(decoding: verdict.output + verdict.errorOutput, as: UTF8.self))")
  }

  private func run(_ arguments: [String]) throws -> ChildProcess.Outcome {
    var limits = ChildProcess.Limits()
    limits.seconds = 120
    return try ChildProcess.run(
      BuiltProgram.path, arguments, environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"], limits: limits)
  }
}
