import Auditor
import Formats
import Scanning

extension ConformanceSuite {
  /// JSON Schema: one schema and its instances a row.
  static let jsonSchema = ConformanceSuite(name: "json-schema") { row, options, result in
    guard let root = row["schema"] else { throw MissingField(name: "schema") }
    let schema = try JSONSchema(
      root, resources: try SchemaLibrary.resources(files: [], folders: options.remotes),
      patterns: SchemaPattern.compiler,
      options: JSONSchema.Options(assertsFormat: row["assert_format"]?.boolean ?? false))
    let verdicts = row["instances"]?.elements.map { schema.isValid($0) } ?? []
    result.key("valid")
    result.beginArray()
    for verdict in verdicts { result.boolean(verdict) }
    result.endArray()
  }
}
