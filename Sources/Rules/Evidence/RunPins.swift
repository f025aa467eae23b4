package import Formats

/// What the tokens of a run stand for.
package struct RunPins: Sendable {
  private var values: [RunToken: Value] = [:]

  /// The pins of an object: members named like tokens that are not null.
  package init(_ object: Value) {
    for token in RunToken.allCases { values[token] = object.member(token.rawValue) }
  }

  /// The same with another value for a token.
  func with(_ token: RunToken, _ text: String) throws(FormatError) -> RunPins {
    var pins = self
    pins.values[token] = try JSON.made { $0.string(text) }
    return pins
  }

  /// The text that a token stands for; nil when it stands for nothing.
  package func text(_ token: RunToken) -> String? {
    values[token].map { value in value.integer.map(String.init) ?? value.text }
  }

  /// Writes a token's value as a member: numbers as numbers. One that stands for nothing is left out.
  func write(_ token: RunToken, to json: inout JSONWriter) {
    guard let value = values[token] else { return }
    json.key(token.rawValue)
    if let number = value.integer { json.integer(number) } else { json.value(value) }
  }

  /// Whether an object names the same values.
  func agree(with object: Value, on tokens: [RunToken]) -> Bool {
    tokens.allSatisfy { token in
      guard let value = values[token], let other = object[token.rawValue] else { return false }
      return value.equals(other)
    }
  }
}
