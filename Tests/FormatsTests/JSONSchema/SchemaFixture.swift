import Formats

/// A schema from JSON text, with a pattern engine that knows `^`, `$` and plain characters.
func compiled(
  _ text: String, resources: SchemaResources = SchemaResources(), assertsFormat: Bool = false
) throws -> JSONSchema {
  try JSONSchema(
    try JSON.read(Array(text.utf8)), resources: resources, patterns: plainPatterns,
    options: JSONSchema.Options(assertsFormat: assertsFormat))
}

func json(_ text: String) throws -> Value { try JSON.read(Array(text.utf8)) }

/// Validity by both ways of asking, which must agree.
func isValid(_ schema: JSONSchema, _ instance: String) throws -> Bool {
  let value = try json(instance)
  let isValid = schema.isValid(value)
  return schema.validate(value).isEmpty == isValid ? isValid : !isValid
}

/// The messages about an instance, one an error.
func messages(_ schema: JSONSchema, _ instance: String) throws -> [String] {
  schema.validate(try json(instance)).map(\.description)
}

let plainPatterns: PatternCompiler = { source throws(FormatError) in
  if source.contains("(?=") { throw FormatError(.regex, .unsupported(what: "'(?='", hint: "write it out")) }
  if source.contains("(") { throw FormatError(.regex, .unexpected(found: "'('", expected: "plain characters")) }
  return PlainPattern(source)
}

private struct PlainPattern: PatternMatching {
  let isAtStart: Bool
  let isAtEnd: Bool
  let text: [UInt8]

  init(_ source: String) {
    isAtStart = source.hasPrefix("^")
    isAtEnd = source.hasSuffix("$")
    text = source.utf8.filter { $0 != UInt8(ascii: "^") && $0 != UInt8(ascii: "$") }
  }

  func isFound(in utf8: Span<UInt8>) -> Bool {
    var bytes: [UInt8] = []
    for index in utf8.indices { bytes.append(utf8[index]) }
    guard bytes.count >= text.count else { return false }
    return (0...(bytes.count - text.count)).contains { start in
      (!isAtStart || start == 0) && (!isAtEnd || start + text.count == bytes.count)
        && bytes[start..<(start + text.count)].elementsEqual(text)
    }
  }
}
