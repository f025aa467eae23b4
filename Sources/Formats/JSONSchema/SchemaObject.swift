/// One schema object while it is compiled: its keywords that mean something in its dialect, and what they became.
struct SchemaObject {
  let site: SchemaSite
  let dialect: SchemaDialect
  var instructions: [SchemaInstruction] = []
  /// It needs to know which items and properties its other keywords have looked at.
  var tracks = false
  private var keywords: [SchemaKeyword: Value] = [:]

  init(_ site: SchemaSite, dialect: SchemaDialect) {
    self.site = site
    self.dialect = dialect
    for member in site.value.members {
      if let keyword = SchemaKeyword.named[member.name], keyword.applies(in: dialect) {
        keywords[keyword] = member.value
      }
    }
    // Up to draft-07, a reference replaces the schema that holds it.
    if dialect.draft <= .draft07, let reference = keywords[.ref] { keywords = [.ref: reference] }
  }

  subscript(keyword: SchemaKeyword) -> Value? { keywords[keyword] }

  /// The place of a keyword's value, or of something inside it.
  func place(_ value: Value, _ keyword: SchemaKeyword, _ tokens: String...) -> SchemaSite {
    let path = tokens.map { "/" + JSONPointer.token($0) }.joined()
    return SchemaSite(
      value: value, resource: site.resource, pointer: "\(site.pointer)/\(keyword.rawValue)\(path)")
  }
}

extension SchemaCompiler {
  /// What a keyword's value must be, and is not.
  func misuse(
    _ keyword: SchemaKeyword, _ expected: String, _ value: Value, _ schema: SchemaObject
  ) -> FormatError {
    FormatError(
      .jsonSchema,
      .invalid(what: "'\(keyword.rawValue)' in \(registry.location(schema.site))", expected: expected),
      at: value.position)
  }

  /// A whole number of at least 0, or nil when the keyword is absent. Numbers beyond 64 bits are held at the largest.
  func count(_ keyword: SchemaKeyword, _ schema: SchemaObject) throws(FormatError) -> Int? {
    guard let value = schema[keyword] else { return nil }
    guard let number = value.number, number >= 0, let decimal = value.decimal, decimal.isWhole else {
      throw misuse(keyword, "a whole number of at least 0", value, schema)
    }
    return value.integer.map { Int($0) } ?? Int.max
  }

  /// An array of texts.
  func texts(_ value: Value, _ keyword: SchemaKeyword, _ schema: SchemaObject) throws(FormatError) -> [String] {
    let texts = value.elements.compactMap(\.string)
    guard value.kind == .array, texts.count == value.count else {
      throw misuse(keyword, "an array of property names", value, schema)
    }
    return texts
  }

  /// The members of an object.
  func members(
    _ keyword: SchemaKeyword, _ schema: SchemaObject
  ) throws(FormatError) -> [(name: String, value: Value)] {
    guard let value = schema[keyword] else { return [] }
    guard value.kind == .object else { throw misuse(keyword, "an object", value, schema) }
    return value.members.map { ($0.name, $0.value) }
  }

  /// The node of a keyword whose value is a schema, or nil when it is absent.
  mutating func child(_ keyword: SchemaKeyword, _ schema: SchemaObject) throws(FormatError) -> Int? {
    guard let value = schema[keyword] else { return nil }
    return try node(schema.place(value, keyword))
  }

  /// The nodes of a keyword whose value is an array of schemas, or nil when it is absent.
  mutating func children(_ keyword: SchemaKeyword, _ schema: SchemaObject) throws(FormatError) -> [Int]? {
    guard let value = schema[keyword] else { return nil }
    guard value.kind == .array else { throw misuse(keyword, "an array of schemas", value, schema) }
    var nodes: [Int] = []
    for (index, element) in value.elements.enumerated() {
      nodes.append(try node(schema.place(element, keyword, "\(index)")))
    }
    return nodes
  }
}
