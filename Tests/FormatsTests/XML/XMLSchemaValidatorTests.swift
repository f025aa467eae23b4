import Formats
import Testing

/// A document is judged by the schema that is given, and by nothing that either of them names.
@Suite struct XMLSchemaValidatorTests {
  private static let shelf = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:element name="shelf"><xs:complexType>
        <xs:sequence><xs:element name="book" maxOccurs="unbounded"><xs:complexType>
          <xs:attribute name="pages" type="xs:positiveInteger" use="required"/>
        </xs:complexType></xs:element></xs:sequence>
      </xs:complexType></xs:element>
    </xs:schema>
    """

  private func errors(_ source: String, limit: Int = 100) throws -> [FormatError] {
    try XMLSchemaValidator(schema: Array(Self.shelf.utf8)).errors(in: Array(source.utf8), limit: limit)
  }

  @Test func acceptsAValidDocument() throws {
    #expect(try errors("<shelf><book pages='1'/><book pages='2'/></shelf>").isEmpty)
  }

  @Test func locatesEachError() throws {
    let errors = try errors("<shelf>\n<book pages='0'/>\n<book/>\n<leaf/>\n</shelf>")
    #expect(errors.map(\.position.line) == [2, 3, 4])
    #expect(errors.first?.description.contains("pages") == true)
  }

  @Test func boundsTheErrors() throws {
    let many = "<shelf>" + String(repeating: "<book/>", count: 500) + "</shelf>"
    #expect(try errors(many).count == 100)
    #expect(try errors(many, limit: 3).count == 3)
  }

  @Test func ignoresTheSchemasThatADocumentNames() throws {
    let hint = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
    #expect(
      try errors("<shelf \(hint) xsi:noNamespaceSchemaLocation='http://x.invalid/a.xsd'><book pages='1'/></shelf>")
        .isEmpty)
    #expect(try errors("<shelf><book pages='1' \(hint) xsi:schemaLocation='urn:a /etc/passwd'/></shelf>").isEmpty)
    #expect(try errors("<shelf \(hint) xsi:noNamespaceSchemaLocation='a.xsd'><book/></shelf>").count == 1)
  }

  @Test func aDocumentThatCannotBeReadIsNeitherValidNorInvalid() {
    for source in ["", "<shelf>", "<!DOCTYPE shelf><shelf/>"] {
      #expect(throws: FormatError.self) { try errors(source) }
    }
  }

  @Test(arguments: [
    "", "<a/>", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:nope/></xs:schema>",
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='a' type='nope'/></xs:schema>",
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:include schemaLocation='/etc/passwd'/></xs:schema>",
    "<!DOCTYPE a><xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>",
  ])
  func refusesWhatIsNoSchema(source: String) {
    #expect(throws: FormatError.self) { _ = try XMLSchemaValidator(schema: Array(source.utf8)) }
  }

  @Test func judgesLongTextAndDeepTrees() throws {
    let schema =
      "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='a' type='xs:anyType'/></xs:schema>"
    let validator = try XMLSchemaValidator(schema: Array(schema.utf8))
    let long = String(repeating: "x", count: 11_000_000)
    #expect(try validator.errors(in: Array("<a>\(long)</a>".utf8)).isEmpty)
    let deep = String(repeating: "<a>", count: 900) + String(repeating: "</a>", count: 900)
    #expect(try validator.errors(in: Array(deep.utf8)).isEmpty)
  }
}
