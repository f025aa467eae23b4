package import Formats

/// The identity of a plan: SHA-256 of its canonical form (BUNDLE_RULES section 10).
package enum PlanDigest {
  /// What stands for a member that is absent or empty.
  private enum Default {
    case null
    case emptyList
    case emptyObject
  }

  /// The members that enter, sorted, each with what replaces it.
  private static let members: [(key: String, whenEmpty: Default)] = [
    ("apply_preflight_profile", .null), ("controls", .emptyObject), ("lanes", .emptyObject), ("plan_id", .null),
    ("profiles", .emptyList), ("registry_id", .null), ("schema_versions", .emptyObject),
  ]

  /// The digest in lower-case hexadecimal of a plan that is an object.
  package static func digest(of plan: Value) -> String { SHA256.digest(canonicalForm(of: plan)).hex }

  /// The bytes that are hashed.
  static func canonicalForm(of plan: Value) -> [UInt8] {
    var text: [UInt8] = [UInt8(ascii: "{")]
    for (index, member) in members.enumerated() {
      if index > 0 { text += ", ".utf8 }
      PlanText.append(text: member.key, to: &text)
      text += ": ".utf8
      let value = plan[member.key]
      switch member.whenEmpty {
      case .null:
        if let value { PlanText.append(value, to: &text) } else { text += "null".utf8 }
      case .emptyList: append(value, orElse: "[]", to: &text)
      case .emptyObject: append(value, orElse: "{}", to: &text)
      }
    }
    text.append(UInt8(ascii: "}"))
    return text
  }

  private static func append(_ value: Value?, orElse empty: String, to text: inout [UInt8]) {
    if let value, !value.isEmptyOrFalse { PlanText.append(value, to: &text) } else { text += empty.utf8 }
  }
}

extension Value {
  /// `null`, `false`, `0`, `""`, and containers without content.
  fileprivate var isEmptyOrFalse: Bool {
    switch kind {
    case .null: true
    case .boolean: boolean == false
    case .integer, .real: number == 0
    case .string: textBytes.isEmpty
    case .array, .object: count == 0
    }
  }
}

/// JSON in one spelling: members sorted by code point at every depth, `", "` and `": "` between, ASCII only.
enum PlanText {
  static func append(_ value: Value, to text: inout [UInt8]) {
    switch value.kind {
    case .null: text += "null".utf8
    case .boolean: text += (value.boolean == true ? "true" : "false").utf8
    case .integer: text += "\(value.integer ?? 0)".utf8
    // An integer of more than 64 bits as it is written; for other numbers no form is agreed on.
    case .real: text += value.textBytes
    case .string: append(text: value.text, to: &text)
    case .array:
      text.append(UInt8(ascii: "["))
      for (index, element) in value.elements.enumerated() {
        if index > 0 { text += ", ".utf8 }
        append(element, to: &text)
      }
      text.append(UInt8(ascii: "]"))
    case .object:
      text.append(UInt8(ascii: "{"))
      // The order of code points is that of the bytes of UTF-8.
      let members = value.lastMembers.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      for (index, member) in members.enumerated() {
        if index > 0 { text += ", ".utf8 }
        append(text: member.name, to: &text)
        text += ": ".utf8
        append(member.value, to: &text)
      }
      text.append(UInt8(ascii: "}"))
    }
  }

  static func append(text string: String, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\"".utf8
      case "\\": text += "\\\\".utf8
      case "\n": text += "\\n".utf8
      case "\r": text += "\\r".utf8
      case "\t": text += "\\t".utf8
      case "\u{8}": text += "\\b".utf8
      case "\u{C}": text += "\\f".utf8
      case " "..."~": text.append(UInt8(truncatingIfNeeded: scalar.value))
      default:
        for unit in UTF16.encode(scalar) ?? UTF16.EncodedScalar() {
          let digits = String(unit, radix: 16)
          text += "\\u".utf8
          text += repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count)
          text += digits.utf8
        }
      }
    }
    text.append(UInt8(ascii: "\""))
  }
}
