import Formats
import Testing

@Suite("JSON Schema: applicators")
struct SchemaApplicatorTests {
  static let cases = [
    SchemaAssertionTests.Case(
      #"{"properties":{"a":{"type":"integer"}},"patternProperties":{"^x":{"minimum":5}},"additionalProperties":false}"#,
      valid: [#"{"a":1,"x1":5}"#, "[]"], invalid: [#"{"a":"1"}"#, #"{"x1":4}"#, #"{"b":1}"#]),
    SchemaAssertionTests.Case(
      #"{"propertyNames":{"maxLength":2}}"#, valid: [#"{"ab":1}"#, "{}"], invalid: [#"{"abc":1}"#]),
    SchemaAssertionTests.Case(
      #"{"prefixItems":[{"type":"integer"}],"items":{"type":"string"}}"#, valid: ["[]", #"[1,"a"]"#],
      invalid: [#"["a"]"#, "[1,2]"]),
    SchemaAssertionTests.Case(
      #"{"contains":{"const":1},"minContains":2,"maxContains":3}"#, valid: ["[1,1]", "[1,0,1,1]", "{}"],
      invalid: ["[1]", "[1,1,1,1]"]),
    SchemaAssertionTests.Case(#"{"contains":true,"minContains":0}"#, valid: ["[]"], invalid: []),
    SchemaAssertionTests.Case(
      #"{"oneOf":[{"type":"integer"},{"minimum":2}]}"#, valid: ["1", "2.5"], invalid: ["3", "1.5"]),
    SchemaAssertionTests.Case(
      #"{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}"#,
      valid: [#"{"a":1,"b":1}"#, #"{"c":1}"#], invalid: [#"{"a":1}"#, "{}"]),
    SchemaAssertionTests.Case(#"{"not":{"type":"null"}}"#, valid: ["1"], invalid: ["null"]),
    SchemaAssertionTests.Case(
      #"{"dependentSchemas":{"a":{"properties":{"b":false}}}}"#, valid: [#"{"b":1}"#], invalid: [#"{"a":1,"b":1}"#]),
    SchemaAssertionTests.Case(
      #"{"anyOf":[{"properties":{"a":true},"required":["a"]},{"properties":{"b":true}}],"unevaluatedProperties":false}"#,
      valid: [#"{"a":1,"b":1}"#, #"{"b":1}"#], invalid: [#"{"a":1,"c":1}"#]),
    SchemaAssertionTests.Case(
      #"{"if":{"properties":{"a":{"const":1}},"required":["a"]},"unevaluatedProperties":false}"#,
      valid: [#"{"a":1}"#], invalid: [#"{"a":2}"#]),
    SchemaAssertionTests.Case(
      #"{"allOf":[{"unevaluatedProperties":{"type":"string"}}],"properties":{"a":true}}"#,
      valid: [#"{"a":"x"}"#], invalid: [#"{"a":1}"#]),
    SchemaAssertionTests.Case(
      #"{"prefixItems":[true],"contains":{"type":"string"},"unevaluatedItems":false}"#, valid: [#"[1,"a"]"#],
      invalid: [#"[1,"a",2]"#]),
    SchemaAssertionTests.Case("true", valid: ["1"], invalid: []),
    SchemaAssertionTests.Case("false", valid: [], invalid: ["1"]),
  ]

  @Test("accepts and refuses as the standard says", arguments: cases)
  func verdicts(_ test: SchemaAssertionTests.Case) throws {
    let schema = try compiled(test.schema)
    for instance in test.valid { #expect(try isValid(schema, instance), "\(instance) is valid") }
    for instance in test.invalid { #expect(try !isValid(schema, instance), "\(instance) is invalid") }
  }

  @Test("marks more items than a machine word has bits")
  func manyItems() throws {
    let schema = try compiled(#"{"contains":{"const":1},"minContains":200,"unevaluatedItems":false}"#)
    let ones = Array(repeating: "1", count: 200).joined(separator: ",")
    #expect(try isValid(schema, "[\(ones)]"))
    #expect(try !isValid(schema, "[\(ones),2]"))
  }
}
