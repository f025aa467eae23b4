internal import CLibXML2

/// Says whether documents are valid by an XML Schema (XSD 1.0), over libxml2.
///
/// The schema and the documents are bytes in memory. Nothing else is ever loaded: a schema that needs another file
/// (`xs:include`, `xs:import` with a location) is refused or lacks those parts, and `xsi:schemaLocation` hints in
/// documents are ignored.
@safe
public struct XMLSchemaValidator: ~Copyable {
  private let schema: xmlSchemaPtr
  /// The compiled schema points into it.
  private let source: XMLDocument

  /// Compiles a schema. Errors: it is no well-formed XML, has a document type declaration, or is no XSD.
  public init(schema bytes: [UInt8]) throws(FormatError) {
    let source = try XMLDocument(bytes)
    let complaints = XMLComplaints()
    guard let context = unsafe xmlSchemaNewDocParserCtxt(source.pointer) else { throw Self.outOfMemory }
    defer { unsafe xmlSchemaFreeParserCtxt(context) }
    unsafe xmlSchemaSetParserStructuredErrors(context, XMLComplaints.handler, complaints.context)
    guard let schema = unsafe withExtendedLifetime(complaints, { unsafe xmlSchemaParse(context) }) else {
      throw complaints.first(in: bytes) ?? FormatError(.xml, .reported("not an XML Schema"))
    }
    unsafe self.schema = unsafe schema
    self.source = source
  }

  deinit { unsafe xmlSchemaFree(schema) }

  /// What makes a document invalid, in document order; empty when it is valid.
  ///
  /// At most `limit` errors are returned. Throws when the document cannot be read at all (see `XMLReader`).
  public borrowing func errors(in bytes: [UInt8], limit: Int = 100) throws(FormatError) -> [FormatError] {
    let document = try XMLDocument(bytes)
    let complaints = XMLComplaints(limit: limit)
    guard let context = unsafe xmlSchemaNewValidCtxt(schema) else { throw Self.outOfMemory }
    defer { unsafe xmlSchemaFreeValidCtxt(context) }
    unsafe xmlSchemaSetValidStructuredErrors(context, XMLComplaints.handler, complaints.context)
    let result = withExtendedLifetime(complaints) { unsafe xmlSchemaValidateDoc(context, document.pointer) }
    let errors = complaints.all(in: bytes)
    if result != 0, errors.isEmpty {
      throw FormatError(.xml, .reported("the document could not be validated (libxml2 answers \(result))"))
    }
    return errors
  }

  private static var outOfMemory: FormatError { FormatError(.xml, .reported("cannot validate: out of memory")) }
}
