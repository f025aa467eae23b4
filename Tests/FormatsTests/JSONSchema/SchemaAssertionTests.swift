import Formats
import Testing

@Suite("JSON Schema: assertions")
struct SchemaAssertionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let schema: String
    let valid: [String]
    let invalid: [String]
    var testDescription: String { schema }

    init(_ schema: String, valid: [String], invalid: [String]) {
      self.schema = schema
      self.valid = valid
      self.invalid = invalid
    }
  }

  static let cases = [
    Case(
      #"{"type":"integer"}"#, valid: ["1", "1.0", "1e308", "98249283749234923498"],
      invalid: ["1.5", "\"1\"", "1.00000000000000000001"]),
    Case(#"{"type":["null","array"]}"#, valid: ["null", "[]"], invalid: ["{}", "0", "false"]),
    Case(
      #"{"maximum":9007199254740993}"#, valid: ["9007199254740993", "9007199254740992.5"],
      invalid: ["9007199254740994", "9007199254740993.5"]),
    Case(#"{"exclusiveMinimum":0.1}"#, valid: ["0.10000000000000000001"], invalid: ["0.1", "0.10", "1e-1"]),
    Case(#"{"minimum":-18446744073709551615}"#, valid: ["-18446744073709551615"], invalid: ["-18446744073709551616"]),
    Case(#"{"multipleOf":0.01}"#, valid: ["4.35", "0", "1e300", "-19.99"], invalid: ["4.355", "0.001"]),
    Case(#"{"multipleOf":0.5}"#, valid: ["1e308"], invalid: ["0.25"]),
    Case(#"{"multipleOf":3}"#, valid: ["9", "-9", "3e20"], invalid: ["10", "1e20", "9.5"]),
    Case(
      #"{"minLength":2,"maxLength":2}"#, valid: [#""ab""#, #""😀é""#, #""😀é""#, "7"], invalid: [#""é""#, #""abc""#]),
    Case(#"{"pattern":"b$"}"#, valid: [#""ab""#, "1"], invalid: [#""ba""#]),
    Case(
      #"{"const":{"a":[1,true],"b":null}}"#, valid: [#"{"b":null,"a":[1.0,true]}"#],
      invalid: [#"{"a":[1,1],"b":null}"#, #"{"a":[1,true]}"#]),
    Case(#"{"const":false}"#, valid: ["false"], invalid: ["0", "null"]),
    Case(
      #"{"enum":["a",1,[2],{"x":0}]}"#, valid: [#""a""#, "1.0", "[2.0]", #"{"x":-0}"#],
      invalid: [#""A""#, "true", "[]", #"{"x":false}"#]),
    Case(
      #"{"uniqueItems":true}"#, valid: ["[1,true]", "[[1],[true]]", #"["a","b"]"#, #""aa""#],
      invalid: ["[1,1.0]", #"[{"a":1,"b":2},{"b":2,"a":1}]"#, "[1,2,3,4,5,6,7,8,9,1]"]),
    Case(
      #"{"minProperties":1,"maxProperties":2}"#, valid: [#"{"a":1}"#, "[]"], invalid: ["{}", #"{"a":1,"b":1,"c":1}"#]),
    Case(#"{"required":["a","b"]}"#, valid: [#"{"b":1,"a":null}"#, "1"], invalid: [#"{"a":1}"#]),
    Case(#"{"dependentRequired":{"a":["b"]}}"#, valid: ["{}", #"{"b":1}"#, #"{"a":1,"b":1}"#], invalid: [#"{"a":1}"#]),
  ]

  @Test("accepts and refuses as the standard says", arguments: cases)
  func verdicts(_ test: Case) throws {
    let schema = try compiled(test.schema)
    for instance in test.valid { #expect(try isValid(schema, instance), "\(instance) is valid") }
    for instance in test.invalid { #expect(try !isValid(schema, instance), "\(instance) is invalid") }
  }

  @Test("counts required properties beyond one machine word")
  func manyRequired() throws {
    let names = (0..<100).map { "\"p\($0)\"" }
    let schema = try compiled(#"{"required":[\#(names.joined(separator: ","))]}"#)
    let members = names.map { "\($0):0" }
    #expect(try isValid(schema, "{\(members.joined(separator: ","))}"))
    #expect(try messages(schema, "{\(members.dropLast().joined(separator: ","))}").count == 1)
  }
}
