import Formats
import Testing

@testable import Reports

/// A report reads back as what was put in, in a form that every consumer takes, whatever the texts hold.
@Suite struct JUnitReportTests {
  private static let hostile = [
    "\u{0}\u{1B}[31mred\u{7}", "]]>", "<a>&b;\"'", "\u{202E}gnp.exe", "\u{FFFE}\u{FFFF}", "é日本😀", "a\r\nb", "",
  ]

  private func report(_ cases: [JUnitCase]) -> JUnitReport {
    JUnitReport(name: "auditor", suites: [JUnitSuite(name: "scan.core", cases: cases)])
  }

  private func text(_ report: JUnitReport, _ schema: JUnitSchema = .jenkins) throws -> String {
    String(decoding: try report.xml(schema), as: UTF8.self)
  }

  @Test func looksLikeThis() throws {
    let suite = JUnitSuite(
      name: "scan.core",
      cases: [
        JUnitCase(
          className: "auditor.scan.debt", name: "debt in a.py", file: "a.py", outcome: .passed, milliseconds: 1_042),
        JUnitCase(
          className: "auditor.scan.path", name: "path in a.py", file: "a.py", line: 7,
          outcome: .failure(type: "path", message: "absolute path", body: "run: auditor scan a.py")),
        JUnitCase(
          className: "auditor.scan.x", name: "x in a.py", file: "a.py", outcome: .skipped(message: "waived: old")),
      ], properties: [JUnitProperty(name: "version", value: "1")], timestamp: "2026-03-01T12:00:00")
    let expected = """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="auditor" tests="3" failures="1" errors="0" time="1.042">
        <testsuite name="scan.core" tests="3" failures="1" errors="0" time="1.042" skipped="1" timestamp="2026-03-01T12:00:00" file="a.py">
          <properties>
            <property name="version" value="1"/>
          </properties>
          <testcase classname="auditor.scan.debt" name="debt in a.py" time="1.042"/>
          <testcase classname="auditor.scan.path" name="path in a.py" time="0.000">
            <failure type="path" message="absolute path">a.py:7
      run: auditor scan a.py</failure>
          </testcase>
          <testcase classname="auditor.scan.x" name="x in a.py" time="0.000">
            <skipped message="waived: old">a.py
      waived: old</skipped>
          </testcase>
        </testsuite>
      </testsuites>

      """
    #expect(try text(JUnitReport(name: "auditor", suites: [suite])) == expected)
  }

  @Test func compatAddsFileAndLine() throws {
    let report = report([JUnitCase(className: "c", name: "n", file: "a", line: 3, outcome: .passed)])
    #expect(
      try text(report, .compat).contains("<testcase classname=\"c\" name=\"n\" file=\"a\" line=\"3\" time=\"0.000\"/>"))
    #expect(try !text(report, .jenkins).contains("line="))
  }

  @Test func antSaysAllThatItsSuitesHaveTo() throws {
    let expected = """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
        <testsuite name="scan.core" tests="1" failures="0" errors="0" time="0.000" skipped="0" package="auditor" id="0" hostname="localhost" timestamp="1970-01-01T00:00:00">
          <properties/>
          <testcase classname="c" name="n" time="0.000"/>
          <system-out/>
          <system-err/>
        </testsuite>
      </testsuites>

      """
    let passed = JUnitCase(className: "c", name: "n", file: "a", line: 3, outcome: .passed)
    #expect(try text(report([passed]), .ant) == expected)
  }

  @Test func aSuiteOfSeveralFilesNamesNone() throws {
    let cases = ["a", "b"].map { JUnitCase(className: "c", name: $0, file: $0, outcome: .passed) }
    #expect(try !text(report(cases)).contains("file="))
  }

  @Test func totalsAgreeWithTheCases() throws {
    let outcomes: [JUnitOutcome] = [
      .passed, .failure(type: "t", message: "m", body: "b"), .error(type: "t", message: "m", body: "b"),
      .skipped(message: "m"),
      .error(type: "t", message: "m", body: ""),
    ]
    let suites = (0..<3).map { number in
      JUnitSuite(
        name: "\(number)",
        cases: outcomes.map { JUnitCase(className: "c", name: "n", outcome: $0, milliseconds: 10) })
    }
    let summary = try JUnitSummary(try JUnitReport(name: "r", suites: suites).xml())
    #expect(summary.isConsistent)
    #expect(summary.declared.tests == 15 && summary.declared.errors == 6 && summary.declared.skipped == 3)
    #expect(abs(summary.totals.time - 0.15) < 1e-9)
  }

  @Test(arguments: JUnitSchema.allCases) func anyTextMakesAValidDocument(schema: JUnitSchema) throws {
    let cases = Self.hostile.flatMap { text in
      [
        JUnitCase(
          className: text, name: text, file: text, line: 1, outcome: .failure(type: text, message: text, body: text)),
        JUnitCase(className: text, name: text, outcome: .skipped(message: text)),
      ]
    }
    let suite = JUnitSuite(name: "\u{0}", cases: cases, properties: [JUnitProperty(name: "\u{1}", value: "]]>\u{2}")])
    let document = try JUnitReport(name: "<\u{3}>", suites: [suite]).xml(schema)
    let validator = try XMLSchemaValidator(schema: Array(Self.shape(schema).utf8))
    #expect(try validator.errors(in: document).isEmpty)
    #expect(try JUnitSummary(document).totals.tests == cases.count)
  }

  @Test func keepsALongMessageWholeInTheText() throws {
    let line = String(repeating: "é<", count: 400_000)
    let document = try report([
      JUnitCase(className: line, name: line, outcome: .failure(type: line, message: line, body: "body"))
    ]).xml()
    var reader = try XMLReader(document)
    var texts: [String] = []
    while let event = try reader.next() {
      if case .text(let text) = event, text.utf8.count > 100 { texts.append(text) }
      if case .start(let element) = event, let message = element["message"] {
        #expect(message.utf8.count < 70_000)
        #expect(line.hasPrefix(message.dropLast()) && message.hasSuffix("…"))
      }
    }
    #expect(texts == [line + "\nbody"])
  }

  @Test func streamsTheBytesThatItWouldGather() throws {
    let report = report((0..<5_000).map { JUnitCase(className: "c", name: "\($0)", outcome: .passed) })
    let chunks = Chunks()
    try report.write { chunks.all.append($0) }
    #expect(chunks.all.count > 1)
    #expect(try Array(chunks.all.joined()) == report.xml())
  }

  @Test(arguments: [(0, "0.000"), (7, "0.007"), (61_500, "61.500"), (1_234_567, "1234.567"), (-5, "0.000")])
  func writesDecimalSeconds(milliseconds: Int, text: String) {
    #expect(JUnitCounts.seconds(milliseconds) == text)
  }

  private final class Chunks {
    var all: [[UInt8]] = []
  }

  /// The elements and attributes that each dialect keeps to.
  private static func shape(_ schema: JUnitSchema) -> String {
    func attributes(_ names: String, _ use: String = "optional") -> String {
      names.split(separator: " ").map { "<xs:attribute name='\($0)' type='xs:string' use='\(use)'/>" }.joined()
    }
    let counts = "name tests failures errors time"
    let suite =
      schema == .ant
      ? attributes(counts + " package id timestamp hostname", "required") + attributes("skipped")
      : attributes(counts + " skipped timestamp file")
    let closing = schema == .ant ? "<xs:element name='system-out'/><xs:element name='system-err'/>" : ""
    return """
      <xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>
      <xs:complexType name='text'><xs:simpleContent><xs:extension base='xs:string'>\(attributes("type message"))</xs:extension>
      </xs:simpleContent></xs:complexType>
      <xs:element name='testsuites'><xs:complexType><xs:sequence><xs:element name='testsuite' maxOccurs='unbounded'>
        <xs:complexType><xs:sequence>
          <xs:element name='properties' minOccurs='\(schema == .ant ? 1 : 0)'><xs:complexType><xs:sequence>
            <xs:element name='property' minOccurs='0' maxOccurs='unbounded'><xs:complexType>\(attributes("name value"))</xs:complexType></xs:element>
          </xs:sequence></xs:complexType></xs:element>
          <xs:element name='testcase' minOccurs='0' maxOccurs='unbounded'><xs:complexType><xs:choice minOccurs='0'>
            <xs:element name='failure' type='text'/><xs:element name='error' type='text'/><xs:element name='skipped' type='text'/>
          </xs:choice>\(attributes("classname name time" + (schema == .compat ? " file line" : "")))</xs:complexType></xs:element>
          \(closing)
        </xs:sequence>\(suite)</xs:complexType>
      </xs:element></xs:sequence>\(schema == .ant ? "" : attributes(counts))</xs:complexType></xs:element>
      </xs:schema>
      """
  }
}
