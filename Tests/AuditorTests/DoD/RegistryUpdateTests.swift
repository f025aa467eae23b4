import Auditor
import Formats
import Rules
import Testing

@Suite("Registry updates")
struct RegistryUpdateTests {
  @Test("touch only the lines that change", arguments: ["\n", "\r\n"])
  func positioned(lineEnd: String) throws {
    let world = try DoDWorld()
    let before = [
      "# the registry", "phases:", "  A:  # first", "    verdict: PARTIAL", "    owner: someone", "  P:",
      "    verdict: 'DESIGNED'   # for now", "    requires:", "    note: |", "      two", "      lines",
      "  Z: {verdict: X}", "",
    ]
    try world.registry(before.joined(separator: lineEnd))
    try update(world, scoped: "P")
    var expected = before
    expected[6] = "    verdict: PROVEN   # for now"
    expected[7] = "    requires: []"
    let after = try world.registryText().split(separator: lineEnd, omittingEmptySubsequences: false).map(String.init)
    #expect(Array(after.prefix(11)) == Array(expected.prefix(11)))
    #expect(Array(after.suffix(2)) == Array(expected.suffix(2)))
    #expect(after.count == before.count + 3)
    let entry = try #require(try YAML.read(Array(try world.registryText().utf8))["phases"]?["P"])
    #expect(entry["evidence_path"]?.string == "observability/reports/dod_checker/r.json")
    #expect(entry["last_verified_ts"]?.string == "2026-01-02T03:04:05Z")
    #expect(entry["commit_sha"]?.string?.utf8.count == 40)
  }

  @Test(
    "keep what they do not know, in any style",
    arguments: [
      "", "# only a comment", "other: [1, 2]", "phases:", "phases: {}", "phases:\n  P:\n",
      "phases:\n  P: {verdict: DESIGNED, x: 1.5}\n", #"{"phases": {"A": {"requires": ["B"]}}, "v": 3}"#,
      "phases:\n    A:\n        requires:\n        - B\n",
    ])
  func styles(text: String) throws {
    let world = try DoDWorld()
    try world.registry(text)
    try update(world, scoped: nil)
    let before = try YAML.readStream(Array(text.utf8)).documents.first
    let after = try YAML.read(Array(try world.registryText().utf8))
    #expect(after["phases"]?["P"]?["verdict"]?.string == "PROVEN")
    #expect(after["phases"]?["P"]?["requires"]?.kind == .array)
    #expect(after["other"]?.count == before?["other"]?.count)
    #expect(after["phases"]?["A"]?["requires"]?[0]?.string == before?["phases"]?["A"]?["requires"]?[0]?.string)
    #expect(after["phases"]?["P"]?["x"]?.number == before?["phases"]?["P"]?["x"]?.number)
  }

  @Test("refuse a phase without an entry and a report outside of the root, and write nothing")
  func refused() throws {
    let world = try DoDWorld()
    try world.registry("phases:\n  A: {}\n")
    #expect(throws: DoDError.phaseNotRegistered("P")) { try update(world, scoped: "P") }
    #expect(throws: DoDError.reportOutsideRoot) {
      try RegistryUpdate(settings: try world.settings(), reportPath: "/elsewhere/r.json", scopedPhase: nil)
    }
    #expect(try world.registryText() == "phases:\n  A: {}\n")
  }

  private func update(_ world: DoDWorld, scoped: String?) throws {
    let settings = try world.settings()
    try RegistryUpdate(settings: settings, reportPath: settings.reports + "/r.json", scopedPhase: scoped)
      .write(
        try world.judged(.phase("P")).phases, at: ReportTime(environment: ["SOURCE_DATE_EPOCH": "1767323045"]))
  }
}
