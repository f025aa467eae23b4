import Formats
import Testing

@Suite("JSON Schema: references and dialects")
struct SchemaReferenceTests {
  @Test("follows pointers, anchors and identifiers")
  func local() throws {
    let schema = try compiled(
      #"""
      {"$id":"https://a.test/root.json",
       "properties":{"p":{"$ref":"#/$defs/x~1y/properties/%25"},"n":{"$ref":"#name"},"i":{"$ref":"inner.json"}},
       "$defs":{"x/y":{"properties":{"%":{"type":"integer"}}},"b":{"$anchor":"name","type":"string"},
                "c":{"$id":"inner.json","$defs":{"d":{"type":"null"}},"$ref":"#/$defs/d"}}}
      """#)
    #expect(try isValid(schema, #"{"p":1,"n":"a","i":null}"#))
    for instance in [#"{"p":"1"}"#, #"{"n":1}"#, #"{"i":1}"#] { #expect(try !isValid(schema, instance)) }
  }

  @Test("asks only the given resources, and only for what is referred to")
  func remote() throws {
    var resources = SchemaResources()
    resources.add(try json(#"{"$defs":{"s":{"type":"string"}}}"#), uri: "https://a.test/defs.json#")
    resources.add(prefix: "https://b.test/") { uri in
      uri == "https://b.test/n.json" ? try json(#"{"type":"integer"}"#) : nil
    }
    let schema = try compiled(
      #"{"prefixItems":[{"$ref":"https://a.test/defs.json#/$defs/s"},{"$ref":"https://b.test/x/../n.json"}]}"#,
      resources: resources)
    #expect(try isValid(schema, #"["a",1]"#))
    #expect(try !isValid(schema, #"[1,1]"#))
    #expect(try !isValid(schema, #"["a","a"]"#))
    #expect(throws: FormatError.self) {
      try compiled(#"{"$ref":"https://b.test/absent.json"}"#, resources: resources)
    }
  }

  @Test("a dynamic reference leads to the outermost anchor of its name")
  func dynamic() throws {
    let tree =
      ##""$defs":{"tree":{"$id":"tree","$dynamicAnchor":"node","properties":{"kids":{"items":{"$dynamicRef":"#node"}}}}}"##
    let strict = try compiled(
      #"{"$id":"https://a.test/strict","$dynamicAnchor":"node","$ref":"tree","unevaluatedProperties":false,\#(tree)}"#)
    #expect(try isValid(strict, #"{"kids":[{"kids":[]}]}"#))
    #expect(try !isValid(strict, #"{"kids":[{"kidz":[]}]}"#))
    let loose = try compiled(#"{"$id":"https://a.test/loose","$ref":"tree",\#(tree)}"#)
    #expect(try isValid(loose, #"{"kids":[{"kidz":[]}]}"#))
  }

  @Test("a schema is a valid instance of its draft's metaschema, offline", arguments: SchemaDraft.allCases)
  func metaschemas(_ draft: SchemaDraft) throws {
    let metaschema = try compiled(#"{"$schema":"\#(draft.rawValue)","$ref":"\#(draft.rawValue)"}"#)
    #expect(try isValid(metaschema, #"{"type":"object","properties":{"a":{"minLength":1}}}"#))
    #expect(try !isValid(metaschema, #"{"properties":{"a":{"minLength":-1}}}"#))
    #expect(try !isValid(metaschema, #"{"type":"objekt"}"#))
  }

  @Test("older drafts keep their meaning")
  func drafts() throws {
    let seven = try compiled(
      #"""
      {"$schema":"http://json-schema.org/draft-07/schema#","definitions":{"s":{"$id":"#s","type":"string"}},
       "items":[{"$ref":"#s","maxLength":1}],"additionalItems":false,"dependentRequired":{"a":["b"]}}
      """#)
    #expect(try isValid(seven, #"["long"]"#))
    #expect(try !isValid(seven, #"["a","b"]"#))
    #expect(try isValid(seven, #"{"a":1}"#))
    let four = try compiled(
      #"{"$schema":"http://json-schema.org/draft-04/schema#","type":"integer","minimum":3,"exclusiveMinimum":true}"#)
    #expect(try isValid(four, "4"))
    #expect(try !isValid(four, "3"))
    #expect(try !isValid(four, "4.0"))
    let recursive = try compiled(
      #"""
      {"$schema":"https://json-schema.org/draft/2019-09/schema","$id":"https://a.test/r","$recursiveAnchor":true,
       "anyOf":[{"type":"integer"},{"$ref":"o"}],
       "$defs":{"o":{"$id":"o","$recursiveAnchor":true,"type":"object","additionalProperties":{"$recursiveRef":"#"}}}}
      """#)
    #expect(try isValid(recursive, #"{"a":{"b":1}}"#))
    #expect(try !isValid(recursive, #"{"a":{"b":"x"}}"#))
  }

  @Test("a metaschema's vocabularies switch keywords off, and formats on")
  func vocabularies() throws {
    let vocabulary = "https://json-schema.org/draft/2020-12/vocab"
    var resources = SchemaResources()
    resources.add(
      try json(#"{"$vocabulary":{"\#(vocabulary)/core":true,"\#(vocabulary)/format-assertion":false}}"#),
      uri: "https://a.test/formats")
    resources.add(try json(#"{"$vocabulary":{"https://a.test/unheard-of":true}}"#), uri: "https://a.test/foreign")
    let formats = try compiled(
      #"{"$schema":"https://a.test/formats","minLength":99,"format":"ipv4"}"#, resources: resources)
    #expect(try isValid(formats, #""127.0.0.1""#))
    #expect(try !isValid(formats, #""127.0.0""#))
    #expect(throws: FormatError.self) { try compiled(#"{"$schema":"https://a.test/foreign"}"#, resources: resources) }
    #expect(throws: FormatError.self) { try compiled(#"{"$schema":"https://a.test/absent"}"#, resources: resources) }
  }
}
