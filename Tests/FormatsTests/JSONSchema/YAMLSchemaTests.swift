import Formats
import Testing

@Suite("JSON Schema: over YAML")
struct YAMLSchemaTests {
  @Test("keys that are no strings are judged as the texts they would be in JSON")
  func keys() throws {
    let schema = try compiled(
      #"{"properties":{"1":{"type":"integer"}},"propertyNames":{"type":"string","maxLength":1}}"#)
    #expect(schema.isValid(try YAML.read(Array("1: 2\n".utf8))))
    #expect(!schema.isValid(try YAML.read(Array("1: a\n".utf8))))
    #expect(!schema.isValid(try YAML.read(Array("10: 2\n".utf8))))
  }

  @Test("numbers of YAML's own notations compare by value")
  func numbers() throws {
    let schema = try compiled(#"{"items":{"const":31},"uniqueItems":false}"#)
    #expect(schema.isValid(try YAML.read(Array("[0x1F, 0o37, 31.0, +31]\n".utf8))))
    let bounded = try JSONSchema(
      try YAML.read(Array("items: {maximum: 1.5, type: number}\n".utf8)), patterns: plainPatterns)
    #expect(bounded.isValid(try YAML.read(Array("[1.5, -.inf]\n".utf8))))
    #expect(!bounded.isValid(try YAML.read(Array("[.inf]\n".utf8))))
    #expect(!bounded.isValid(try YAML.read(Array("[.nan]\n".utf8))))
  }

  @Test("errors point into the YAML file")
  func positions() throws {
    let schema = try compiled(#"{"properties":{"a":{"items":{"type":"string"}}}}"#)
    let errors = schema.validate(try YAML.read(Array("a:\n  - x\n  - 7\n".utf8)))
    #expect(errors.map(\.description) == ["at /a/1 (3:5): expected string, found integer 7"])
  }
}
