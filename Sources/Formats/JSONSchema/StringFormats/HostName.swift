/// Host names: RFC 1123 section 2.1 with the A-labels of RFC 5890, and their international form (RFC 5890 to 5893).
enum HostName {
  private static let mostBytes = 253
  private static let mostLabelBytes = 63

  /// Labels of letters, digits and inner hyphens; what begins with `xn--` must stand for a valid U-label.
  static func isValid(_ text: ArraySlice<UInt8>) -> Bool {
    guard !text.isEmpty, text.count <= mostBytes else { return false }
    return text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      guard isPlainLabel(label) else { return false }
      return !isALabel(label) || decoded(label) != nil
    }
  }

  /// The same with U-labels, the four dots of RFC 3490, and the Bidi rule across the whole name.
  static func isValidInternational(_ text: ArraySlice<UInt8>) -> Bool {
    let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
    // Four bytes a scalar at most; longer text cannot become a short enough name.
    guard !scalars.isEmpty, text.count <= 4 * mostBytes else { return false }
    var bytes = -1
    var labels: [[Unicode.Scalar]] = []
    for label in scalars.split(omittingEmptySubsequences: false, whereSeparator: isDot) {
      guard let size = size(of: Array(label), &labels) else { return false }
      bytes += size + 1
    }
    guard bytes <= mostBytes else { return false }
    let isBidirectional = labels.contains { label in label.contains { BidiClass($0).isRightToLeft } }
    return !isBidirectional || labels.allSatisfy(BidiClass.isValidLabel)
  }

  /// The bytes of a valid label on the wire, or nil; its Unicode form joins `labels`.
  private static func size(of label: [Unicode.Scalar], _ labels: inout [[Unicode.Scalar]]) -> Int? {
    if label.allSatisfy(\.isASCII) {
      let bytes = label.map { UInt8(truncatingIfNeeded: $0.value) }[...]
      guard isPlainLabel(bytes) else { return nil }
      if isALabel(bytes) {
        guard let unicode = decoded(bytes) else { return nil }
        labels.append(unicode)
      } else {
        if hasReservedHyphens(label) { return nil }
        labels.append(label)
      }
      return bytes.count
    }
    guard isULabel(label), let encoded = Punycode.encode(label) else { return nil }
    labels.append(label)
    return encoded.count + 4 <= mostLabelBytes ? encoded.count + 4 : nil
  }

  private static func isDot(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || scalar == "\u{3002}" || scalar == "\u{FF0E}" || scalar == "\u{FF61}"
  }

  private static func isPlainLabel(_ label: ArraySlice<UInt8>) -> Bool {
    let hyphen = UInt8(ascii: "-")
    guard (1...mostLabelBytes).contains(label.count), label.first != hyphen, label.last != hyphen else { return false }
    return label.allSatisfy { isLetter($0) || isDigit($0) || $0 == hyphen }
  }

  private static func isALabel(_ label: ArraySlice<UInt8>) -> Bool {
    label.prefix(4).map { $0 | 0x20 } == Array("xn--".utf8)
  }

  private static func hasReservedHyphens(_ label: [Unicode.Scalar]) -> Bool {
    label.count >= 4 && label[2] == "-" && label[3] == "-"
  }

  /// The U-label behind an A-label, if the two stand for each other.
  private static func decoded(_ label: ArraySlice<UInt8>) -> [Unicode.Scalar]? {
    let encoded = label.dropFirst(4).map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
    guard let scalars = Punycode.decode(encoded), !scalars.allSatisfy(\.isASCII), isULabel(scalars),
      Punycode.encode(scalars) == encoded, isBidiValidAlone(scalars)
    else { return nil }
    return scalars
  }

  private static func isBidiValidAlone(_ label: [Unicode.Scalar]) -> Bool {
    !label.contains { BidiClass($0).isRightToLeft } || BidiClass.isValidLabel(label)
  }

  /// RFC 5891, section 4.2.
  private static func isULabel(_ label: [Unicode.Scalar]) -> Bool {
    guard let first = label.first, first != "-", label.last != "-", !hasReservedHyphens(label) else { return false }
    switch first.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return false
    default: return label.indices.allSatisfy { IDNACodePoint.isAllowed(label, at: $0) }
    }
  }
}
