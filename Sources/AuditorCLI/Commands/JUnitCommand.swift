import Auditor
import Formats
import Reports
import Rules

extension Command {
  /// Counts the test cases of a JUnit document and compares what it declares.
  static let junitSummarize = Command(
    ["junit", "summarize"], summary: "Count a JUnit XML file's test cases and check its declared totals",
    description: """
      Counts the test cases of a JUnit XML file of any producer and compares the totals that it declares. The exit \
      status is 1 when a declared total is wrong or, with --xsd, when the file is not valid; failed tests do not \
      change it. A file that is no JUnit XML, or has a document type declaration, gets no verdict (4).
      """,
    operands: .one("FILE"), flags: [.format(["text", "json"]), .json, xsd],
    examples: [
      Example("auditor junit summarize reports/junit.xml", "totals, and whether they are what the file declares"),
      Example("auditor junit summarize --json --xsd junit-10.xsd build/TEST-a.xml", "also by an XML Schema"),
    ]
  ) { arguments, console in
    let path = arguments.operands[0]
    let bytes = try FileReader.read(path)
    let schema = try arguments.value(xsd).map { (path: $0, bytes: try FileReader.read($0)) }
    let summary: JUnitSummary
    var schemaErrors: [FormatError]?
    do throws(FormatError) {
      summary = try JUnitSummary(bytes)
    } catch {
      console.complain("\(path):\(error)")
      return .noVerdict
    }
    if let schema {
      do throws(FormatError) {
        schemaErrors = try XMLSchemaValidator(schema: schema.bytes).errors(in: bytes)
      } catch {
        console.complain("\(schema.path):\(error)")
        return .noVerdict
      }
    }
    let isJSON = arguments.wantsJSON
    let result = JUnitSummaryResult(path: path, summary: summary, schemaErrors: schemaErrors)
    console.write(isJSON ? result.json() : result.text())
    return summary.isConsistent && schemaErrors?.isEmpty ?? true ? .clean : .findings
  }

  private static let xsd = Flag("xsd", .value("FILE"), help: "Also validate by this XML Schema; nothing else is loaded")
}
