import Auditor
import Formats

extension ConformanceSuite {
  /// One instance a row, by a contract of a pack or by contracts that the row brings along.
  static let instances = ConformanceSuite(name: "instances") { row, options, result in
    let schema = try schema(row, options)
    let errors = schema.validate(try instance(row))
    result.member("valid", errors.isEmpty)
    result.member("failing", Set(errors.map(\.failingPointer)).sorted())
  }

  private static func schema(_ row: Value, _ options: ConformanceOptions) throws -> JSONSchema {
    if let texts = row["schemas"] {
      var schemas = PackSchemas(texts: texts.members.map { ($0.name, $0.value.text) })
      return try schemas.schema(at: try row.requiredText("schema_name"))
    }
    guard let root = options.pack else { throw MissingField(name: "--pack") }
    var schemas = try PackSchemas(root: root)
    return try schemas.schema(at: try row.requiredText("schema"))
  }

  private static func instance(_ row: Value) throws -> Value {
    if let text = row["instance_text"]?.string { return try JSON.read(Array(text.utf8)) }
    guard let instance = row["instance"] else { throw MissingField(name: "instance") }
    return instance
  }
}
