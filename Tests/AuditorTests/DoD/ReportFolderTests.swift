import Auditor
import Testing

@Suite("Report folders")
struct ReportFolderTests {
  @Test("name reports by time, and write the latest too")
  func names() throws {
    let folder = try TemporaryFolder()
    let reports = try ReportFolder(of: Self.settings(folder.path + "/r/s"))
    let path = reports.reportPath(at: ReportTime(environment: ["SOURCE_DATE_EPOCH": "1767323045"]))
    #expect(path == folder.path + "/r/s/20260102T030405000000Z_dod.json")
    try reports.write([0x31], to: path)
    #expect(try FileReader.read(folder.path + "/r/s/dod_report.latest.json") == [0x31])
    #expect(reports.reportPath(at: ReportTime(environment: ["SOURCE_DATE_EPOCH": "1767323045"])) == path)
  }

  @Test("never give one name to two moments of the clock")
  func collisions() throws {
    let folder = try TemporaryFolder()
    let reports = try ReportFolder(of: Self.settings(folder.path))
    let now = ReportTime(environment: [:])
    let first = reports.reportPath(at: now)
    try reports.write([], to: first)
    #expect(reports.reportPath(at: now) != first)
  }

  private static func settings(_ reports: String) throws -> DoDSettings {
    try DoDSettings(root: "/srv/none", environment: ["DOD_REPORTS_DIR": reports], workingDirectory: "/")
  }
}
