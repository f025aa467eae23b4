import Auditor
import Glibc
import Testing

/// The built binary against every suite that is done.
@Suite struct ConformanceTests {
  @Test(
    .enabled(if: ConformanceSuite.folder != nil, "the folder with the conformance cases is not here"),
    arguments: ConformanceSuite.done)
  func `holds`(suite: ConformanceSuite) throws {
    let folder = try #require(ConformanceSuite.folder)
    let command = try #require(
      suite.command(for: BuiltProgram.path), "suites.txt names '\(suite.name)', which has no runner")
    var limits = ChildProcess.Limits()
    limits.seconds = 900
    // Python must not leave its caches among the cases.
    let outcome = try ChildProcess.run(
      "env", ["--chdir", folder, "PYTHONDONTWRITEBYTECODE=1", "python3"] + command,
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"], limits: limits)
    let said = String(decoding: outcome.output + outcome.errorOutput, as: UTF8.self)
    #expect(outcome.status == 0, "\(said)")
  }

  @Test func `every suite in the list has a runner`() {
    #expect(!ConformanceSuite.done.isEmpty)
    for suite in ConformanceSuite.done { #expect(suite.command(for: "auditor") != nil, "\(suite.name)") }
  }
}

/// The `auditor` beside the test bundle.
enum BuiltProgram {
  static let path: String = {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let parts = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(separator: "/")
    return "/" + parts.dropLast().joined(separator: "/") + "/auditor"
  }()
}
