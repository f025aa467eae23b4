/// The one way to write a JSON value that producers and verifiers agree on, so that its digest means something.
///
/// UTF-8, members sorted by code point of their keys, no white space, only `"`, `\` and characters below U+0020
/// escaped, whole numbers in plain decimal. Other numbers are written as they stood.
public enum CanonicalJSON {
  /// The canonical bytes of a value.
  public static func bytes(of value: Value) -> [UInt8] {
    var output: [UInt8] = []
    append(value, to: &output)
    return output
  }

  /// The digest of the canonical bytes.
  public static func digest(of value: Value) -> Digest { SHA256.digest(bytes(of: value)) }

  /// The canonical bytes of a list of texts.
  public static func bytes(ofTexts texts: [String]) -> [UInt8] {
    var output: [UInt8] = [UInt8(ascii: "[")]
    for (index, text) in texts.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      quote(text.utf8, to: &output)
    }
    output.append(UInt8(ascii: "]"))
    return output
  }

  private static func append(_ value: Value, to output: inout [UInt8]) {
    switch value.kind {
    case .null: output += "null".utf8
    case .boolean: output += (value.boolean == true ? "true" : "false").utf8
    case .integer: output += String(value.integer ?? 0).utf8
    case .real: output += value.textBytes
    case .string: quote(value.textBytes, to: &output)
    case .array:
      output.append(UInt8(ascii: "["))
      for (index, element) in value.elements.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        append(element, to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object:
      output.append(UInt8(ascii: "{"))
      // The order of UTF-8 bytes is the order of code points.
      let members = value.members.sorted { $0.key.textBytes.lexicographicallyPrecedes($1.key.textBytes) }
      for (index, member) in members.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        quote(member.key.textBytes, to: &output)
        output.append(UInt8(ascii: ":"))
        append(member.value, to: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  private static func quote(_ text: some Sequence<UInt8>, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
      case 0x08: output += "\\b".utf8
      case 0x09: output += "\\t".utf8
      case 0x0A: output += "\\n".utf8
      case 0x0C: output += "\\f".utf8
      case 0x0D: output += "\\r".utf8
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        output += (byte < 0x10 ? "\\u000\(digits)" : "\\u00\(digits)").utf8
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
