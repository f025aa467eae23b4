import Formats
import Reports
import Testing

/// A summary is printed with everything that contradicts the file.
@Suite struct JUnitSummaryResultTests {
  private func result(schemaErrors: [FormatError]? = nil) throws -> JUnitSummaryResult {
    let document = "<testsuite tests='2' failures='0'><testcase time='0.5'/></testsuite>"
    return JUnitSummaryResult(
      path: "a.xml", summary: try JUnitSummary(Array(document.utf8)), schemaErrors: schemaErrors)
  }

  @Test func textNamesTheWrongTotal() throws {
    let expected = "a.xml: 1 tests, 0 failures, 0 errors, 0 skipped, 0.5 s\na.xml: declares 2 tests, has 1\n"
    #expect(String(decoding: try result().text(), as: UTF8.self) == expected)
  }

  @Test func jsonHasTheFieldsOfTheSuite() throws {
    let value = try JSON.read(try result().json())
    #expect(value["totals"]?["tests"]?.integer == 1)
    #expect(value["declared"]?["tests"]?.integer == 2)
    #expect(value["declared"]?["skipped"] == nil)
    #expect(value["consistent"]?.boolean == false)
    #expect(value["xsd"] == nil)
  }

  @Test func jsonSaysWhetherTheSchemaAgrees() throws {
    #expect(try JSON.read(try result(schemaErrors: []).json())["xsd"]?["valid"]?.boolean == true)
    let error = FormatError(.xml, .reported("no"))
    #expect(try JSON.read(try result(schemaErrors: [error]).json())["xsd"]?["valid"]?.boolean == false)
  }
}
