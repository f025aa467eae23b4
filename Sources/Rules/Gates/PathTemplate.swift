/// A path with `{name}` places that pins fill in.
package struct PathTemplate: Sendable, Equatable {
  /// As the gate map writes it.
  package let text: String

  /// A template; any text is one.
  package init(_ text: String) {
    self.text = text
  }

  /// The path with every `{name}` for which there is a pin replaced by the pin's text, in one pass: what a pin brings
  /// in is not replaced again. Nil when a brace is left, for then the path cannot be named yet.
  package func filled(with pins: GatePins) -> String? {
    let source = Array(text.utf8)
    var filled: [UInt8] = []
    var index = 0
    while index < source.count {
      if source[index] == UInt8(ascii: "{"), let end = source[(index + 1)...].firstIndex(where: Self.isBrace),
        source[end] == UInt8(ascii: "}"), let value = pins[source[(index + 1)..<end]]
      {
        filled.append(contentsOf: value.utf8)
        index = end + 1
      } else {
        filled.append(source[index])
        index += 1
      }
    }
    guard !filled.contains(where: Self.isBrace) else { return nil }
    return String(decoding: filled, as: UTF8.self)
  }

  private static func isBrace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") }
}

/// What the `{name}` places of templates stand for in one run.
package struct GatePins: Sendable, Equatable {
  private var values: [[UInt8]: String] = [:]

  /// No pins.
  package init() {}

  /// Pins from name and text; of two with one name the last.
  package init(_ pairs: [(name: String, text: String)]) {
    for pair in pairs { values[Array(pair.name.utf8)] = pair.text }
  }

  /// The text for a name, given as UTF-8.
  subscript(name: ArraySlice<UInt8>) -> String? { values[Array(name)] }
}
