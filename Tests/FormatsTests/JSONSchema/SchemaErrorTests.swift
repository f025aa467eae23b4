import Formats
import Testing

@Suite("JSON Schema: what is said of mistakes")
struct SchemaErrorTests {
  @Test("an error names the place in the instance, what was expected and what stands there")
  func located() throws {
    let schema = try compiled(
      #"{"properties":{"a":{"items":{"type":"string"}},"kind":{"enum":["x","y"]}},"additionalProperties":false}"#)
    let text = "{\n  \"a\": [\"s\", 7],\n  \"knid\": 1,\n  \"kind\": \"z\"\n}"
    #expect(
      try messages(schema, text) == [
        "at /a/1 (2:14): expected string, found integer 7",
        "at /knid (3:3): the property 'knid' is not allowed here; did you mean 'kind'?",
        #"at /kind (4:11): expected one of "x", "y", found string "z""#,
      ])
    let error = try #require(schema.validate(try json(text)).first)
    #expect(error.instancePointer == "/a/1")
    #expect(error.schemaLocation == "#/properties/a/items")
    #expect(error.problem == .wrongType(expected: ["string"], found: "integer 7"))
  }

  @Test("of many branches, the one that was meant explains itself")
  func closestBranch() throws {
    let schema = try compiled(
      #"""
      {"oneOf":[{"properties":{"kind":{"const":"a"},"n":{"type":"integer"}},"required":["kind"]},
                {"properties":{"kind":{"const":"b"},"w":{"type":"string"}},"required":["kind","w"]},
                {"type":"null"}]}
      """#)
    #expect(
      try messages(schema, #"{"kind":"b","n":1,"w":2}"#) == [
        """
        at the top (1:1): matches none of the 3 schemas of oneOf; number 2 comes closest:
          at /w (1:23): expected string, found integer 2
        """
      ])
  }

  @Test("where every branch wants another type, the types are said at once")
  func types() throws {
    let schema = try compiled(#"{"anyOf":[{"type":"string"},{"type":"null"}]}"#)
    #expect(try messages(schema, "7") == ["at the top (1:1): expected string or null, found integer 7"])
  }

  @Test("a broken part of a schema is not also reported as unevaluated")
  func noEcho() throws {
    let schema = try compiled(#"{"allOf":[{"properties":{"a":{"type":"string"}}}],"unevaluatedProperties":false}"#)
    #expect(try messages(schema, #"{"a":1}"#) == ["at /a (1:6): expected string, found integer 1"])
  }

  @Test("branches inside branches are told by their innermost mistake, however deep they nest")
  func nestedBranches() throws {
    let schema = try compiled(
      ##"{"anyOf":[{"type":"object","required":["v"]},{"type":"object","properties":{"n":{"$ref":"#"}},"required":["n"]}]}"##
    )
    let nested = String(repeating: #"{"n":"#, count: 400) + "{}" + String(repeating: "}", count: 400)
    let lines = try messages(schema, nested).flatMap { $0.split(separator: "\n") }
    #expect(lines.count <= 8)
    #expect(lines.last?.hasSuffix("(1:2001): the required property 'v' is missing") == true)
  }

  @Test("errors are bounded in number")
  func bounded() throws {
    let schema = try compiled(#"{"items":{"type":"string"}}"#)
    let instance = "[" + Array(repeating: "1", count: 2 * JSONSchema.errorLimit).joined(separator: ",") + "]"
    #expect(try messages(schema, instance).count == JSONSchema.errorLimit)
  }

  static let unusable = [
    (#"{"type":"strin"}"#, "'type' in #"),
    (#"{"properties":{"a":{"minLength":-1}}}"#, "'minLength' in #/properties/a"),
    (#"{"required":"a"}"#, "'required' in #"),
    (#"{"multipleOf":0}"#, "a number above 0"),
    (#"{"items":[{}]}"#, "a schema at #/items"),
    (#"{"allOf":{}}"#, "an array of schemas"),
    (#"{"pattern":"a(b"}"#, "pattern 'a(b'"),
    (##"{"$ref":"#/$defs/a"}"##, "#/$defs/a"),
    (#"{"$ref":"other.json"}"#, "other.json"),
    (#"{"$id":"https://a.test/x","$ref":"other.json"}"#, "https://a.test/other.json"),
    (##"{"$ref":"#nowhere"}"##, "#nowhere"),
    (##"{"$ref":"#"}"##, "without end"),
    (
      ##"{"$defs":{"a":{"allOf":[{"$ref":"#/$defs/b"}]},"b":{"$ref":"#/$defs/a"}},"items":{"$ref":"#/$defs/a"}}"##,
      "without end"
    ),
    (#"{"$id":"https://a.test/#part"}"#, "$id"),
    ("[]", "a schema at #"),
  ]

  @Test("a schema that cannot be used is refused, with what is wrong in it", arguments: unusable)
  func refused(_ text: String, _ expected: String) throws {
    let error = #expect(throws: FormatError.self) { try compiled(text) }
    #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
  }

  @Test("what multiplies itself or nests without end is given up, not followed")
  func hostile() throws {
    let doubling = try compiled(
      ##"{"$defs":{"n":{"allOf":[{"properties":{"a":{"$ref":"#/$defs/n"}}},{"properties":{"a":{"$ref":"#/$defs/n"}}}]}},"$ref":"#/$defs/n"}"##
    )
    let nested = String(repeating: #"{"a":"#, count: 60) + "1" + String(repeating: "}", count: 60)
    #expect(try messages(doubling, nested).first?.contains("limit 'schema steps'") == true)
    let endless = try compiled(##"{"anyOf":[{"type":"null"},{"$ref":"#"}]}"##)
    #expect(try messages(endless, "1").first?.contains("limit 'schema nesting'") == true)
    #expect(try isValid(endless, "null"))
  }

  @Test("instances as deep as readers allow are checked to the bottom")
  func deep() throws {
    let schema = try compiled(##"{"type":["array","integer"],"items":{"$ref":"#"},"maxItems":1}"##)
    let depth = SourceLimits.depth - 1
    let open = String(repeating: "[", count: depth)
    let close = String(repeating: "]", count: depth)
    #expect(try isValid(schema, "\(open)1\(close)"))
    #expect(try !isValid(schema, "\(open)null\(close)"))
  }

  @Test(
    "the value that fails is the container where having a member or an item at all is wrong",
    arguments: [
      (#"{"additionalProperties":false}"#, #"{"a":1}"#, ""),
      (#"{"additionalProperties":{"type":"null"}}"#, #"{"a":1}"#, "/a"),
      (#"{"properties":{"a":false}}"#, #"{"a":1}"#, "/a"), (#"{"propertyNames":{"maxLength":1}}"#, #"{"ab":1}"#, ""),
      (#"{"required":["a"]}"#, "{}", ""), (#"{"prefixItems":[true],"items":false}"#, "[1,2]", ""),
      (#"{"prefixItems":[false]}"#, "[1]", "/0"), (#"{"unevaluatedProperties":false}"#, #"{"a":1}"#, ""),
      (#"{"unevaluatedItems":false}"#, "[1]", ""),
      (#"{"properties":{"a":{"anyOf":[false,false]}}}"#, #"{"a":1}"#, "/a"),
    ])
  func failingPlace(schema: String, instance: String, place: String) throws {
    #expect(try compiled(schema).validate(try json(instance)).map(\.failingPointer) == [place])
  }
}
