import Auditor
import Formats
import Reports

extension ConformanceSuite {
  /// JUnit XML documents: what they count, what they declare, and whether the two agree.
  static let junit = ConformanceSuite(name: "junit") { row, _, result in
    let document = Array(try row.requiredText("xml").utf8)
    try JUnitSummary(document).write(to: &result)
    guard let folder = schemaFolder else { return }
    result.key("xsd")
    result.beginObject()
    for (name, file) in [("junit-10", "jenkins-junit-10.xsd"), ("windyroad", "windyroad-junit.xsd")] {
      let schema = try XMLSchemaValidator(schema: FileReader.read("\(folder)/\(file)"))
      result.key(name)
      result.boolean(try schema.errors(in: document, limit: 1).isEmpty)
    }
    result.endObject()
  }

  /// The schemas are other people's and not part of auditor: verdicts by them are given where they are at hand.
  private static let schemaFolder = processEnvironment()["AUDITOR_JUNIT_XSD_DIR"]
}
