extension SchemaError: CustomStringConvertible {
  /// `at /a/b (12:3): expected string, found integer 7`; what kept the closest branch from matching follows indented.
  public var description: String { lines(indent: "").joined(separator: "\n") }

  /// The sentence without its place.
  public var message: String { problem.description }

  private func lines(indent: String) -> [String] {
    let place = instancePointer.isEmpty ? "the top" : instancePointer
    return ["\(indent)at \(place) (\(instancePosition)): \(message)"]
      + branch.flatMap { $0.lines(indent: indent + "  ") }
  }
}

extension SchemaError.Problem: CustomStringConvertible {
  /// What is wrong, worded for people.
  public var description: String {
    switch self {
    case .wrongType(let expected, let found):
      "expected \(expected.joined(separator: " or ")), found \(found)"
    case .notConstant(let expected, let found): "expected \(expected), found \(found)"
    case .notListed(let allowed, let found): "expected \(oneOf(allowed)), found \(found)"
    case .tooSmall(let found, let limit, let isExclusive):
      "expected a number \(isExclusive ? "above" : "of at least") \(limit), found \(found)"
    case .tooLarge(let found, let limit, let isExclusive):
      "expected a number \(isExclusive ? "below" : "of at most") \(limit), found \(found)"
    case .notMultiple(let found, let divisor): "expected a multiple of \(divisor), found \(found)"
    case .patternMismatch(let found, let pattern): "expected a match of the pattern \(pattern), found \(found)"
    case .badFormat(let found, let format): "expected a string in the format \(format), found \(found)"
    case .equalItems(let first, let second): "expected different items, but items \(first) and \(second) are equal"
    case .missingProperty(let name): "the required property '\(name)' is missing"
    case .missingDependency(let name, let other): "the property '\(name)' is missing, which '\(other)' needs"
    case .unexpectedProperty(let name, let suggestion):
      "the property '\(name)' is not allowed here" + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
    case .forbiddenProperty(let name): "the property '\(name)' is not allowed here"
    case .unexpectedItem(let index): "no item is allowed here, the array has \(index) at most"
    case .badPropertyName(let name, let reason): "the property name '\(name)' is not allowed: \(reason)"
    case .notAllowed: "nothing is allowed here"
    case .noMatch(let keyword, let branches, let closest):
      "matches none of the \(branches) schemas of \(keyword)"
        + (closest.map { "; number \($0 + 1) comes closest:" } ?? "")
    case .severalMatches(let indexes):
      "matches the schemas \(indexes.map { "\($0 + 1)" }.joined(separator: ", ")) of oneOf, expected exactly one"
    case .forbidden: "matches the schema under not, which is forbidden"
    case .limitExceeded(let name, let limit):
      "the check was given up after \(limit) steps (limit '\(name)'); the schema refers to itself too often"
    default: sizes
    }
  }

  private var sizes: String {
    switch self {
    case .tooShort(let length, let minimum): "expected at least \(minimum) characters, found \(length)"
    case .tooLong(let length, let maximum): "expected at most \(maximum) characters, found \(length)"
    case .tooFewItems(let count, let minimum): "expected at least \(minimum) items, found \(count)"
    case .tooManyItems(let count, let maximum): "expected at most \(maximum) items, found \(count)"
    case .tooFewMatches(let count, let minimum):
      "expected at least \(minimum) items that match contains, found \(count)"
    case .tooManyMatches(let count, let maximum):
      "expected at most \(maximum) items that match contains, found \(count)"
    case .tooFewProperties(let count, let minimum): "expected at least \(minimum) properties, found \(count)"
    case .tooManyProperties(let count, let maximum): "expected at most \(maximum) properties, found \(count)"
    default: ""
    }
  }

  private func oneOf(_ allowed: [String]) -> String {
    let most = 12
    let shown = allowed.prefix(most).joined(separator: ", ")
    return allowed.count > most ? "one of \(shown), … (\(allowed.count) values)" : "one of \(shown)"
  }
}

extension Value {
  /// The value in a message: its type and, where it is short, what it says.
  var shown: String {
    switch kind {
    case .null: "null"
    case .boolean: "boolean \(text)"
    case .integer: "integer \(text)"
    case .real: "number \(text)"
    case .string: "string \(literal)"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// The value as JSON, cut where it is long.
  var literal: String {
    var writer = JSONWriter()
    writer.value(self)
    let most = 80
    let text = String(decoding: writer.bytes, as: UTF8.self).unicodeScalars
    guard text.count > most else { return String(text) }
    return String(String.UnicodeScalarView(text.prefix(most))) + "…"
  }
}
