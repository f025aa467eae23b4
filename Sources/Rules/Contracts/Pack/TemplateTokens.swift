/// What a path template is made of, as the contract lint sees it: `{name}` with letters, digits and `_` is a token, any
/// other brace is stray (LINT_RULES section 3).
package struct TemplateTokens: Sendable, Equatable {
  /// The names of the tokens in the order of their first use.
  package let names: [String]
  /// There is a brace that belongs to no token.
  package let hasStrayBrace: Bool

  /// Takes a template apart.
  package init(_ template: String) {
    let bytes = Array(template.utf8)
    var names: [String] = []
    var hasStrayBrace = false
    var index = 0
    while index < bytes.count {
      if let end = Self.tokenEnd(bytes, from: index) {
        let name = String(decoding: bytes[(index + 1)..<(end - 1)], as: UTF8.self)
        if !names.contains(name) { names.append(name) }
        index = end
      } else {
        if bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "}") { hasStrayBrace = true }
        index += 1
      }
    }
    self.names = names
    self.hasStrayBrace = hasStrayBrace
  }

  /// One past the token that begins here, or nil when none does.
  private static func tokenEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    guard bytes[start] == UInt8(ascii: "{") else { return nil }
    var end = start + 1
    while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
    guard end > start + 1, end < bytes.count, bytes[end] == UInt8(ascii: "}") else { return nil }
    return end + 1
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
