import Formats
import Testing

/// JUnit documents are counted from their test cases; what they declare is compared, never believed.
@Suite struct JUnitSummaryTests {
  private func summary(_ source: String) throws -> JUnitSummary { try JUnitSummary(Array(source.utf8)) }

  @Test func countsEachKindOfTestCase() throws {
    let totals = try summary(
      """
      <testsuites><testcase name="outside"/><testsuite name="s"><testsuite>
      <testcase/><testcase><failure/><failure/></testcase><testcase><failure/><error/><skipped/></testcase>
      <testcase><skipped/></testcase><testcase status="notrun"/><testcase status="disabled"/><testcase status="run"/>
      <testcase><system-out><failure/></system-out><rerunFailure/></testcase>
      </testsuite></testsuite></testsuites>
      """
    ).totals
    #expect(totals.tests == 8)
    #expect(totals.failures == 2)
    #expect(totals.errors == 1)
    #expect(totals.skipped == 3)
  }

  @Test(arguments: [
    ("1,234.5", 1234.5), (" 2 ", 2), ("5E-1", 0.5), ("-.5", -0.5), ("1.", 1), ("", 0), ("fast", 0), ("nan", 0),
    ("inf", 0), ("0x10", 0),
    ("1e999", 0), ("1 2", 0), ("1e", 0), (".", 0), ("1_0", 0),
  ])
  func readsTimes(text: String, seconds: Double) throws {
    #expect(try summary("<testsuite><testcase time=\"\(text)\"/></testsuite>").totals.time == seconds)
  }

  @Test(
    arguments: [
      ("<testsuite tests=' 1 '><testcase/></testsuite>", 1, nil, true),
      ("<testsuite tests='2'><testcase/></testsuite>", 2, nil, false),
      ("<testsuite tests='-1' skipped='x'><testcase/></testsuite>", nil, nil, true),
      ("<testsuite skipped='1' disabled='2'/>", nil, 3, false),
      ("<testsuite disabled='2'/>", nil, nil, true),
      ("<testsuites tests='5'><testsuite tests='1'/></testsuites>", 5, nil, false),
      ("<testsuites tests='?'><testsuite tests='0'/><testsuite tests='0' skipped='0'/></testsuites>", 0, nil, true),
      ("<testsuites><testsuite tests='0'><testsuite tests='9'/></testsuite></testsuites>", 0, nil, true),
      ("<testsuites/>", nil, nil, true),
      ("<testsuite tests='99999999999999999999'/>", Int.max, nil, false),
    ] as [(String, Int?, Int?, Bool)])
  func readsClaims(source: String, tests: Int?, skipped: Int?, isConsistent: Bool) throws {
    let summary = try summary(source)
    #expect(summary.declared.tests == tests)
    #expect(summary.declared.skipped == skipped)
    #expect(summary.isConsistent == isConsistent)
  }

  @Test(arguments: ["<html/>", "<TestSuite/>", "<testcase/>", "<testsuite>", "<!DOCTYPE testsuite><testsuite/>"])
  func refusesOtherDocuments(source: String) {
    #expect(throws: FormatError.self) { try summary(source) }
  }

  @Test func knowsElementsByLocalName() throws {
    let totals = try summary("<j:testsuite xmlns:j='urn:j'><j:testcase j:time='1'/></j:testsuite>").totals
    #expect(totals.tests == 1 && totals.time == 0)
  }
}
