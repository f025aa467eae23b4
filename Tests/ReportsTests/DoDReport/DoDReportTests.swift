import Formats
import Reports
import Rules
import Testing

@Suite("DoD reports")
struct DoDReportTests {
  @Test("are a superset of dod_report_v2, with the place of everything that is missing")
  func shape() throws {
    let report = DoDReport(
      time: Timestamp(milliseconds: 1_767_323_045_000), toolVersion: "1", gitHead: nil, phases: [try phase()],
      inputs: [InputRecord(path: "a", role: "dod", sha256: "00", byteCount: 3)], findings: [])
    let root = try JSON.read(report.bytes())
    #expect(root["schema_version"]?.string == "dod_report_v2")
    #expect(root["ts"]?.string == "2026-01-02T03:04:05Z")
    #expect(root["git_head"]?.string == "")
    #expect(root["summary"]?["PARTIAL"]?.integer == 1)
    #expect(root["inputs"]?[0]?["bytes"]?.integer == 3)
    let phase = try #require(root["phases"]?["P"])
    #expect(phase["verdict"]?.string == "PARTIAL")
    #expect(phase["meta"]?.members.map(\.name) == ["gate", "dod_file", "commit_sha_reachable"])
    #expect(
      phase["checks"]?["activity_chain"]?.members.map(\.name) == [
        "started", "completed", "verified", "order_ok", "latest_order_ok", "event_count", "proof_mode", "taxonomy_ok",
        "taxonomy_missing",
      ])
    #expect(phase["checks"]?["evidence"]?["exists"]?["/r/a"]?.boolean == false)
    #expect(phase["checks"]?["gate"]?["prereq_verdicts"]?["A"]?.string == "DESIGNED")
    #expect(
      phase["missing"]?.elements.map(\.text) == [
        "activity.completed", "activity.started", "activity.verified", "evidence.path_missing:/r/a",
        "gate.requires_not_proven:A", "metadata.commit_sha_unreachable",
      ])
    let evidence = try #require(phase["missing_details"]?[3])
    #expect(evidence["path"]?.string == "docs/DOD__P.md")
    #expect(evidence["line"]?.integer == 2)
  }

  @Test("print an error with what could not be judged")
  func error() throws {
    let item = Unevaluated(area: .dod, location: Location(path: "f", line: 2), message: "m")
    let root = try JSON.read(DoDReport.printed(error: "m", unevaluated: [item]))
    #expect(root["error"]?.string == "m")
    #expect(root["unevaluated"]?[0]?["location"]?.string == "f:2")
    #expect(root["results"]?.count == 0)
  }

  private func phase() throws -> PhaseResult {
    PhaseResult(
      judging: PhaseFacts(
        phaseID: "P", root: "/r", documentPath: "/r/docs/DOD__P.md",
        document: try DocumentFacts(Array("- **Gate**: G1\npath: a\n".utf8), path: "docs/DOD__P.md"), commit: .unnamed,
        activity: ActivityFacts(activity: PhaseActivity(), chain: [nil, nil, nil], feedPath: "feed"),
        evidence: EvidenceFacts(),
        registry: try PhaseRegistry(try YAML.readStream(Array("phases: {P: {requires: [A]}}".utf8)), path: "r"),
        registryArtifact: nil, policy: OperationalPolicy(isRequired: false)))
  }
}
