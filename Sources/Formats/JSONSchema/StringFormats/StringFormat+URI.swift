/// RFC 3986 (URI), RFC 3987 (IRI) and RFC 6570 (URI Template).
extension ByteScanner {
  /// A whole URI or IRI, or a reference to one.
  mutating func uri(isInternational: Bool, isReference: Bool) -> Bool {
    let start = offset
    let hasScheme = scheme()
    if !hasScheme {
      guard isReference else { return false }
      move(to: start)
    }
    if rest.starts(with: "//".utf8) {
      move(to: offset + 2)
      guard authority(isInternational) else { return false }
      guard isAtEnd || [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains(next) else { return false }
    } else if !hasScheme, hasColonInFirstSegment {
      return false
    }
    characters(isInternational, also: "/:@")
    if take("?") { characters(isInternational, also: "/:@?", isQuery: true) }
    if take("#") { characters(isInternational, also: "/:@?") }
    return isAtEnd
  }

  private mutating func scheme() -> Bool {
    guard let first = next, isLetter(first) else { return false }
    _ = takeWhile { isLetter($0) || isDigit($0) || "+-.".utf8.contains($0) }
    return take(":")
  }

  private var hasColonInFirstSegment: Bool {
    rest.prefix { !"/?#".utf8.contains($0) }.contains(UInt8(ascii: ":"))
  }

  private mutating func authority(_ isInternational: Bool) -> Bool {
    let start = offset
    characters(isInternational, also: ":")
    if !take("@") { move(to: start) }
    if take("[") {
      guard literal(), take("]") else { return false }
    } else {
      characters(isInternational, also: "")
    }
    if take(":") { _ = takeWhile(isDigit) }
    return true
  }

  private mutating func literal() -> Bool {
    if take("v") || take("V") {
      guard takeWhile(isHexDigit) > 0, take(".") else { return false }
      return takeWhile { ByteScanner.isUnreserved($0) || ByteScanner.isSubDelimiter($0) || $0 == UInt8(ascii: ":") } > 0
    }
    return ipv6()
  }

  /// Unreserved characters, sub-delimiters, percent triplets and some more, as many as there are.
  private mutating func characters(_ isInternational: Bool, also extra: String, isQuery: Bool = false) {
    while let byte = next {
      if ByteScanner.isUnreserved(byte) || ByteScanner.isSubDelimiter(byte) || extra.utf8.contains(byte) {
        skip()
      } else if byte == UInt8(ascii: "%") {
        guard triplet() else { return }
      } else {
        guard isInternational, takeScalar({ ByteScanner.isUniversal($0) || (isQuery && ByteScanner.isPrivate($0)) })
        else { return }
      }
    }
  }

  private mutating func triplet() -> Bool {
    let start = offset
    if take("%"), let high = next, isHexDigit(high) {
      skip()
      if let low = next, isHexDigit(low) {
        skip()
        return true
      }
    }
    move(to: start)
    return false
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || "-._~".utf8.contains(byte)
  }

  private static func isSubDelimiter(_ byte: UInt8) -> Bool { "!$&'()*+,;=".utf8.contains(byte) }

  /// `ucschar` of RFC 3987.
  private static func isUniversal(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xA0...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFEF: true
    case 0x10000...0xDFFFF: scalar.value & 0xFFFF <= 0xFFFD
    case 0xE1000...0xEFFFD: true
    default: false
    }
  }

  /// `iprivate` of RFC 3987.
  private static func isPrivate(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xE000...0xF8FF, 0xF0000...0xFFFFD, 0x100000...0x10FFFD: true
    default: false
    }
  }
}

extension ByteScanner {
  /// RFC 6570, section 2: literals and expressions.
  mutating func uriTemplate() -> Bool {
    while let byte = next {
      if byte == UInt8(ascii: "{") {
        guard expression() else { return false }
      } else if byte == UInt8(ascii: "%") {
        guard triplet() else { return false }
      } else if byte >= 0x80 {
        guard takeScalar({ ByteScanner.isUniversal($0) || ByteScanner.isPrivate($0) }) else { return false }
      } else if byte <= 0x20 || byte == 0x7F || "\"<>\\^`|}".utf8.contains(byte) {
        return false
      } else {
        skip()
      }
    }
    return true
  }

  private mutating func expression() -> Bool {
    guard take("{") else { return false }
    if let byte = next, "+#./;?&=,!@|".utf8.contains(byte) { skip() }
    repeat {
      guard variable() else { return false }
      if take(":") {
        guard let first = next, first >= UInt8(ascii: "1"), first <= UInt8(ascii: "9") else { return false }
        guard takeWhile(isDigit) <= 4 else { return false }
      } else {
        _ = take("*")
      }
    } while take(",")
    return take("}")
  }

  private mutating func variable() -> Bool {
    repeat {
      var count = 0
      while let byte = next {
        if isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") {
          skip()
        } else if byte != UInt8(ascii: "%") || !triplet() {
          break
        }
        count += 1
      }
      if count == 0 { return false }
    } while take(".")
    return true
  }
}
