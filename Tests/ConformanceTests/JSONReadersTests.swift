import Auditor
import Formats
import Testing

/// The scanner of JSON Lines and the reader of JSON against each other, on the texts of the JSON suite.
@Suite struct JSONReadersTests {
  @Test(
    .enabled(if: ConformanceSuite.folder != nil, "the folder with the conformance cases is not here"),
    arguments: ["cases.jsonl", "own.jsonl"])
  func `agree on every text`(file: String) throws {
    let folder = try #require(ConformanceSuite.folder)
    let rows = try JSONLines.read(try FileReader.read("\(folder)/formats/json/\(file)"))
    #expect(rows.count > 100)
    var scanner = JSONFieldScanner(keys: [])
    for row in rows {
      let text = try #require(Base64.decode(row["data_b64"]?.string ?? ""))
      // A text of several lines becomes one line: a blank is as good as a line feed, or as bad within a string.
      let line = text.map { $0 == 0x0A ? 0x20 : $0 }
      let isRead = (try? JSON.read(line)) != nil
      let found = scanner.scanLine(of: line.span, from: 0)
      #expect((found == .object || found == .otherValue) == isRead, "\(row["id"]?.string ?? "")")
    }
  }
}
