/// The canonical forms of run evidence, in ASCII (EVIDENCE_RULES section 1; `CanonicalJSON` is UTF-8): keys sorted by
/// code point, everything but printable ASCII escaped, whole numbers plain, other numbers in the shortest form that reads
/// back to the same double.
public enum ASCIIJSON {
  /// What stands between members, elements, keys and values.
  public enum Spacing: Sendable {
    /// `,` and `:`.
    case compact
    /// `, ` and `: `.
    case spaced
  }

  /// The form as ASCII bytes, without a line end. Of equal keys the last counts.
  ///
  /// - Parameter leavingOut: keys of the outermost object that are passed over.
  public static func bytes(_ value: Value, _ spacing: Spacing, leavingOut keys: Set<String> = []) -> [UInt8] {
    var form = Form(spacing)
    form.write(value, leavingOut: keys)
    return form.bytes
  }

  /// The digest of the form.
  public static func digest(_ value: Value, _ spacing: Spacing, leavingOut keys: Set<String> = []) -> Digest {
    SHA256.digest(bytes(value, spacing, leavingOut: keys))
  }

  private struct Form {
    private let comma: [UInt8]
    private let colon: [UInt8]
    private(set) var bytes: [UInt8] = []

    init(_ spacing: Spacing) {
      comma = Array((spacing == .compact ? "," : ", ").utf8)
      colon = Array((spacing == .compact ? ":" : ": ").utf8)
    }

    /// Recursion ends where the reader's own limit on nesting does.
    mutating func write(_ value: Value, leavingOut keys: Set<String> = []) {
      switch value.kind {
      case .null: bytes.append(contentsOf: "null".utf8)
      case .boolean: bytes.append(contentsOf: (value.boolean == true ? "true" : "false").utf8)
      case .integer: bytes.append(contentsOf: String(value.integer ?? 0).utf8)
      case .real: bytes.append(contentsOf: (value.wholeNumberText ?? shortest(value.number ?? .nan)).utf8)
      case .string: quote(value.text)
      case .array:
        bytes.append(UInt8(ascii: "["))
        for (index, element) in value.elements.enumerated() {
          if index > 0 { bytes.append(contentsOf: comma) }
          write(element)
        }
        bytes.append(UInt8(ascii: "]"))
      case .object: writeMembers(of: value, leavingOut: keys)
      }
    }

    private mutating func writeMembers(of value: Value, leavingOut keys: Set<String>) {
      var last: [[UInt8]: Value] = [:]
      for member in value.members where !keys.contains(member.name) { last[Array(member.name.utf8)] = member.value }
      bytes.append(UInt8(ascii: "{"))
      let sorted = last.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      for (index, member) in sorted.enumerated() {
        if index > 0 { bytes.append(contentsOf: comma) }
        quote(String(decoding: member.key, as: UTF8.self))
        bytes.append(contentsOf: colon)
        write(member.value)
      }
      bytes.append(UInt8(ascii: "}"))
    }

    private mutating func quote(_ text: String) {
      bytes.append(UInt8(ascii: "\""))
      for unit in text.utf16 {
        switch unit {
        case 0x22: bytes.append(contentsOf: "\\\"".utf8)
        case 0x5C: bytes.append(contentsOf: "\\\\".utf8)
        case 0x08: bytes.append(contentsOf: "\\b".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0C: bytes.append(contentsOf: "\\f".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0x20...0x7E: bytes.append(UInt8(unit))
        default:
          let digits = String(unit, radix: 16)
          bytes.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
        }
      }
      bytes.append(UInt8(ascii: "\""))
    }

    /// The shortest digits, with a point for numbers from 1e-4 to below 1e16 and an exponent of two digits or more for
    /// all others.
    private func shortest(_ number: Double) -> String {
      guard number.isFinite else { return "null" }
      let sign = number.sign == .minus ? "-" : ""
      if number == 0 { return sign + "0.0" }
      let (digits, point) = ASCIIJSON.digits(of: number.magnitude)
      switch point {
      case 17...: return sign + ASCIIJSON.scientific(digits, point - 1)
      case 1...16:
        let padded = digits + String(repeating: "0", count: max(0, point - digits.utf8.count))
        let fraction = padded.dropFirst(point)
        return sign + padded.prefix(point) + "." + (fraction.isEmpty ? "0" : fraction)
      case -3...0: return sign + "0." + String(repeating: "0", count: -point) + digits
      default: return sign + ASCIIJSON.scientific(digits, point - 1)
      }
    }
  }

  /// The shortest digits of a number above zero without zeros at either end, and where its point stands: the number is
  /// 0.DIGITS times ten to that power.
  private static func digits(of number: Double) -> (digits: String, point: Int) {
    let parts = "\(number)".split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = mantissa[0]
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    let exponent = parts.count > 1 ? Int(parts[1].hasPrefix("+") ? parts[1].dropFirst() : parts[1]) ?? 0 : 0
    let all = whole + fraction
    let leading = all.prefix { $0 == "0" }.count
    var digits = String(all.dropFirst(leading))
    while digits.hasSuffix("0") { digits.removeLast() }
    return (digits, whole.count - leading + exponent)
  }

  private static func scientific(_ digits: String, _ exponent: Int) -> String {
    let fraction = digits.dropFirst()
    let size = String(exponent.magnitude)
    return digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + "e" + (exponent < 0 ? "-" : "+")
      + (size.utf8.count < 2 ? "0" : "") + size
  }
}

extension Value {
  /// The text of a whole number beyond 64 bits as it was written; nil for any other number.
  var wholeNumberText: String? {
    guard kind == .real else { return nil }
    let text = text
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    guard let first = digits.first, (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(first),
      digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    // One that fits is a real because somebody said so (YAML's `!!float 1`).
    return Int64(text) == nil ? text : nil
  }
}

extension JSON {
  /// A value that is made and not read: what a writer writes, as a reader reads it.
  public static func made(_ write: (inout JSONWriter) -> Void) throws(FormatError) -> Value {
    var writer = JSONWriter()
    write(&writer)
    return try read(writer.takeBytes())
  }
}
